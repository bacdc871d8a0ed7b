"""Reporting verbs beside quotations."""

from __future__ import annotations

from collections.abc import Sequence

from ..quotations import Quotation
from ..reports import Report
from ..sentence import Sentence, Word
from .cues import Cue, quoted
from .sources import FINITE, NOMINAL, VERBS, mention, speaker

# What may stand between a quotation and the subject or verb that takes it.
JOINTS = ("PUNCT", "ADV")
# So many words and marks between quotation marks are speech, fewer are a title or a loan word.
LEAST_WORDS = 10


def quoting(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """Return the report of the quotations a verb takes, None where it takes none."""
    noun, before = _before(sentence, cue, quotations)
    source = mention(sentence, noun, cue.verb, quotations) if noun else ()
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
        return q.start < sentence.start or finite or len(words) >= LEAST_WORDS
    return False


def _before(
    sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]
) -> tuple[Word | None, list[Quotation]]:
    """Return the head of a verb's source and the quotation that ends right before both."""
    noun = speaker(sentence, cue.verb, cue.passive)
    noun = None if noun is not None and quoted(noun, quotations) else noun
    start = cue.group[0].start
    ended = [q for q in quotations if q.end <= start][-1:]
    inverted = noun or _inverted(sentence, cue, quotations)
    source = mention(sentence, inverted, cue.verb, quotations) if inverted else ()
    for q in ended:
        loose = [
            w for w in sentence.within(q.end, start)
            if w.pos not in JOINTS and not any(s <= w.start < e for s, e in source)
        ]  # fmt: skip
        if not loose and not any(s < q.start for s, _ in source):
            return inverted, ended
    return noun, []


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
    for verb in (v for v in above if v.pos in VERBS):
        noun = speaker(sentence, verb, bool(sentence.children(verb, "auxpass")))
        if noun is not None and noun not in words:
            cue, source = ((verb.start, verb.end),), mention(sentence, noun, verb)
            return [Report(q.content, cue, source, "words quoted in a clause")]
    return []
