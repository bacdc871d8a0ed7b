"""Reporting verbs beside quotations."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model import Span

from ..quotations import Quotation
from ..reports import Report
from ..sentence import Sentence, Word
from .cues import Cue, quoted
from .lexicon import lexicon
from .sources import FINITE, NOMINAL, VERBS, mention, speaker

# What may stand between a quotation and the subject or verb that takes it.
JOINTS = ("PUNCT", "ADV")
COLON = "clause + colon"
# What speech ends with, inside its marks.
CLOSING = ",.!?"
# So many words and marks between quotation marks are speech, fewer are a title or a loan word.
LEAST_WORDS = 10
# Verbs that quote nobody unless a colon follows.
BEING = frozenset(("am", "are", "be", "been", "being", "is", "was", "were", "'s", "'re"))


def quoting(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """Return the report of the quotations a verb takes, None where it takes none."""
    source, before = _before(sentence, cue, quotations)
    end = max(cue.group[-1].end, *(e for _, e in source)) if source else cue.group[-1].end
    after = [
        q for q in quotations
        if q.start >= end
        and (_follows(sentence, cue, end, q) or (before and _resumes(sentence, end, q)))
    ]  # fmt: skip
    taken = [*before, *after[:1]]
    if not taken:
        return None
    content = tuple(span for q in taken for span in q.content)
    rule = "quotation + verb after it" if before else "verb + quotation after it"
    return Report(content, cue.spans, source, rule)


def ends_before(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> bool:
    """Tell whether quoted speech, not just a title, ends right before a verb and its subject."""
    for q in _before(sentence, cue, quotations)[1]:
        words = sentence.within(q.start, q.end)
        finite = any(w.tag in FINITE for w in words)
        opens = q.start <= sentence.start and sentence.text[q.end - 2] in CLOSING
        return opens or finite or len(words) >= LEAST_WORDS
    return False


def _before(
    sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]
) -> tuple[tuple[Span, ...], list[Quotation]]:
    """Return a verb's source and the quotation that ends right before both."""
    noun = speaker(sentence, cue.verb, cue.passive)
    noun = None if noun is not None and quoted(noun, quotations) else noun
    start = cue.group[0].start
    ended = [q for q in quotations if q.end <= start][-1:]
    named = mention(sentence, noun, cue.verb, quotations) if noun else ()
    for q in ended:
        inverted = noun or _inverted(sentence, cue, quotations)
        told = named or (mention(sentence, inverted, cue.verb, quotations) if inverted else ())
        loose = [
            w for w in sentence.within(q.end, start)
            if w.pos not in JOINTS and not any(s <= w.start < e for s, e in told)
        ]  # fmt: skip
        if not loose and not any(s < q.start for s, _ in told):
            return told, ended
        between = _between(sentence, q.end, start)
        if between and sentence.text[q.end - 2] in CLOSING:
            return between, ended
    return named, []


def _between(sentence: Sentence, start: int, end: int) -> tuple[Span, ...]:
    """Return the noun phrase, whatever the tree says, that fills the words before a verb.

    `"Q," Orla Finn, the harbour's new director, told the Courier`.
    """
    words = sentence.within(start, end)
    while words and words[0].pos in JOINTS:
        words.pop(0)
    while words and words[-1].pos in JOINTS:
        words.pop()
    opens = words and words[0].pos in (*NOMINAL, "DET", "ADJ", "NUM")
    finite = any(w.tag in FINITE for w in words)
    return ((words[0].start, words[-1].end),) if opens and not finite else ()


def _follows(sentence: Sentence, cue: Cue, start: int, q: Quotation) -> bool:
    """Tell whether a quotation follows its verb: at once, or after a comma or colon."""
    words = sentence.within(start, q.start)
    if all(w.pos in JOINTS or w.text in '",:' for w in words):
        return True
    between = sentence.text[start : q.start].rstrip(" '\"")
    if not between.endswith((",", ":")):
        return False
    return not any(w.pos in VERBS and w.index > cue.verb.index for w in words)


def _resumes(sentence: Sentence, start: int, q: Quotation) -> bool:
    """Tell whether a quotation goes on with the sentence that an earlier one has begun."""
    between = sentence.text[start : q.start].rstrip(" '\"")
    return between.endswith(",") and sentence.text[q.content[0][0]].islower()


def _inverted(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Word | None:
    """Return the head of the noun phrase right after an inverted verb."""
    at = sentence.after(cue.group[-1])
    if at is None or at.pos not in (*NOMINAL, "DET", "ADJ"):
        return None
    while at.head > cue.verb.index and at.head != at.index:
        at = sentence.words[at.head]
    return None if quoted(at, quotations) else at


def governed(sentence: Sentence, q: Quotation) -> list[Report]:
    """Return the report of words quoted within a clause: its subject says them."""
    words = sentence.within(q.start, q.end)
    if q.start < sentence.start or len(words) < LEAST_WORDS:
        return []
    heads = [w for w in words if w.dep != "punct" and sentence.words[w.head] not in words]
    above = [v for w in heads[:1] for v in sentence.ancestors(w) if v not in words]
    colon = sentence.text[sentence.start : q.start].rstrip().endswith(":")
    verbs = [v for v in above if v.pos in VERBS and (colon or v.lower not in BEING)]
    for verb in sorted(verbs, key=_silent):
        noun = speaker(sentence, verb, bool(sentence.children(verb, "auxpass")))
        if noun is not None and noun not in words:
            cue, source = ((verb.start, verb.end),), mention(sentence, noun, verb)
            return [Report(q.content, cue, source, "words quoted in a clause")]
    return []


def announced(sentence: Sentence, q: Quotation) -> list[Report]:
    """Return the report of the quotation behind a clause and its colon: its subject says it."""
    ahead = sentence.text[sentence.start : q.start].rstrip()
    words = [w for w in sentence.within(sentence.start, q.start) if w.pos != "PUNCT"]
    if not ahead.endswith(":") or not words or sentence.text[q.content[0][0]].islower():
        return []
    if words[0].text == "For":
        # "For Orla Finn, the answer is simple: Q"
        holders = sentence.children(words[0], "pobj")
        source = mention(sentence, holders[0], words[0]) if holders else ()
        if source and holders[0].pos == "PROPN":
            return [Report(q.content, ((words[0].start, words[0].end),), source, COLON)]
    above = [v for v in (words[-1], *sentence.ancestors(words[-1])) if v.pos in VERBS]
    for verb in sorted(reversed(above), key=_silent):
        noun = speaker(sentence, verb, bool(sentence.children(verb, "auxpass")))
        if noun is not None and noun.end <= q.start:
            return [Report(q.content, (), mention(sentence, noun, verb), COLON)]
    return []


def _silent(verb: Word) -> bool:
    return verb.lower not in lexicon().verbs
