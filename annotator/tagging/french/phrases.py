"""French reporting without a reporting verb: « selon X », hearsay, nouns of speech, colons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from annotator.model import Span

from ..quotations import Quotation
from ..reports import Report
from ..sentence import Sentence, Word
from ..speaker_words import speaker_words
from .cues import CLITICS
from .extents import trim_end
from .lexicon import lexicon
from .mentions import NOMINAL, mention

# « selon mon expérience »: the speaker of the sentence, not somebody else.
OWN = re.compile(
    r"(?:mon|ma|mes|notre|nos|moi|nous)\b(?! (?:informations|sources|confrères))", re.I
)
LINKS = frozenset(
    "mais et or car donc ainsi ensuite toutefois cependant enfin puis alors ailleurs par en outre"
    " de plus même pourtant néanmoins".split()
)
VOICELESS = frozenset("qui que quoi ce cela ça laquelle lequel lesquels lesquelles dont".split())
PRONOUNS = frozenset("lui elle eux elles moi nous vous".split())


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words = [re.escape(word) + r"(?!\w)" for word in lexicon().data["prepositions"][kind]]
    if kind == "strict":
        of = lexicon().data["prepositions"]["of"]
        words += [re.escape(word) + r" (?:(?:de|du|des)(?!\w)|d')" for word in of]
    longest = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(longest) + ")", re.I)


def according_to(sentence: Sentence, quotations: Sequence[Quotation]) -> list[Report]:
    """« Selon X, P », « P, selon X », « Pour X, P »."""
    found = []
    for kind in ("strict", "loose"):
        for match in _pattern(kind).finditer(sentence.text, sentence.start, sentence.end):
            report = _according(sentence, match.span(), kind == "loose", quotations)
            if report is not None:
                found.append(report)
    return found


def _according(
    sentence: Sentence, cue: Span, loose: bool, quotations: Sequence[Quotation]
) -> Report | None:
    head = governed(sentence, cue[1])
    if head is None or not _speaks(sentence, head, loose, cue):
        return None
    source = _before_subject(sentence, mention(sentence, head, start=cue[1]))
    if source is None or source[0] < cue[1] or OWN.match(sentence.text, source[0]):
        return None
    content = _worded(sentence, head, cue, source, quotations)
    content = content or _scope(sentence, cue, source, loose, quotations)
    if not content:
        return None
    return Report(content, (cue,), (source,), "according to a source")


def _before_subject(sentence: Sentence, source: Span | None) -> Span | None:
    """« Selon Yvon Brac, la digue tiendra »: what stands before the verb is no apposition."""
    comma = sentence.text.rfind(",", *source) if source else -1
    if source is None or comma < 0:
        return source
    ahead = [w for w in sentence.words if w.start >= source[1]][:4]
    verb = next((w for w in ahead if w.lower not in CLITICS and w.pos != "ADV"), None)
    goes_on = verb is not None and verb.pos in ("VERB", "AUX") and not verb.has("VerbForm=Part")
    return (source[0], comma) if goes_on else source


def _worded(
    sentence: Sentence, head: Word, cue: Span, source: Span, quotations: Sequence[Quotation]
) -> tuple[Span, ...]:
    """« selon ses propres termes, « Q » »: only the quotation beside it is somebody's words."""
    worded = lexicon().data["prepositions"]["worded"]
    said = sentence.text[slice(*cue)].lower() == "dixit"
    if not said and head.lower not in worded and head.lower.rstrip("s") not in worded:
        return ()
    for q in quotations:
        if not q.depth and q.start >= source[1] and not wordy(sentence, source[1], q.start):
            return q.content
    for q in quotations:
        if not q.depth and q.end <= cue[0] and not wordy(sentence, q.end, cue[0]):
            return q.content
    return ()


def governed(sentence: Sentence, at: int) -> Word | None:
    """Return the head of the noun phrase after a preposition."""
    following = [w for w in sentence.words if w.start >= at]
    for word in following[:6]:
        if word.pos in NOMINAL and word.pos != "NUM":
            return _head(sentence, word, at)
        if word.pos in ("VERB", "AUX", "PUNCT", "SCONJ") and word.text not in ('"', "("):
            return None
    return None


def _head(sentence: Sentence, word: Word, at: int) -> Word:
    top = word
    for head in sentence.ancestors(word):
        if head.start < at or top.dep not in ("flat:name", "amod", "nmod", "det", "fixed", "appos"):
            break
        if head.index < word.index or (
            sentence.words[word.index].pos in NOMINAL and head.pos not in NOMINAL
        ):
            break
        top = head
    return top


def _speaks(sentence: Sentence, head: Word, loose: bool, cue: Span) -> bool:
    silent = lexicon().data["prepositions"]["silent"]
    if head.lower in silent or head.lower.rstrip("s") in silent:
        return False
    if loose:
        return _speaker_like(sentence, head, cue)
    return head.lower not in VOICELESS


def _speaker_like(sentence: Sentence, head: Word, cue: Span) -> bool:
    """« Pour X, » opens a sentence or clause, and X is a name or a word for people."""
    before = sentence.text[sentence.start : cue[0]].rstrip()
    opens = not before or before[-1] in ",;:" or before.lower().endswith(("mais", "et", "or"))
    span = mention(sentence, head)
    if not opens or span is None:
        return False
    closes = sentence.text[span[1] : span[1] + 1] == ","
    feasts = lexicon().data["prepositions"]["feasts"]
    following = sentence.after(head)
    titled = following is not None and following.text[:1].isupper() and head.pos == "NOUN"
    named = (head.text[:1].isupper() and head.text not in feasts) or titled
    human = named or head.lower in PRONOUNS or speaker_noun(head)
    later = sentence.text.find(",", span[1], span[1] + 60)
    return human and (closes or (speaker_noun(head) and later > 0))


def speaker_noun(word: Word) -> bool:
    """Tell whether a noun names people or bodies that speak."""
    return speaker_words("fr").kind(word.lower) in ("person", "organisation", "outlet")


def _scope(
    sentence: Sentence, cue: Span, source: Span, loose: bool, quotations: Sequence[Quotation]
) -> tuple[Span, ...]:
    """Return what a « selon X » covers: the clause it stands in, on both sides of it."""
    left = _left(sentence, cue[0])
    after, resumed = _after_source(sentence, source[1])
    right = _right(sentence, after, quotations)
    if sentence.text[cue[0]].isupper():
        # « … regretté Selon X, P »: a full stop is missing.
        left = cue[0]
    before = (left, trim_end(sentence, left, cue[0]))
    behind = (after, trim_end(sentence, after, right))
    if not wordy(sentence, *before):
        return (behind,) if wordy(sentence, *behind) else ()
    set_in = sentence.text[: cue[0]].rstrip().endswith(",")
    if not set_in or not resumed or not wordy(sentence, *behind):
        return (before,)
    opened = sentence.text[left : cue[0]].split()
    if opened[-1].rstrip(",").lower() in ("qui", "que", "qu'", "et", "mais", "dont"):
        # « des retards qui, selon X, pourraient… »: only what follows is X's.
        return (behind,)
    return (before, behind) if not _according_ahead(sentence, after, right) else (before,)


def _according_ahead(sentence: Sentence, start: int, end: int) -> bool:
    """« P selon X, Q selon Y »: what follows X has a source of its own."""
    return _pattern("strict").search(sentence.text, start, end) is not None


def wordy(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch holds more than linking words."""
    return any(w not in LINKS for w in re.findall(r"[\w']+", sentence.text[start:end].lower()))


def _left(sentence: Sentence, at: int) -> int:
    """Return where the clause before an offset begins: after « ; », « : » or « selon Y, »."""
    before = sentence.text[sentence.start : at]
    marks = [m.end() for m in re.finditer(r"[;:]\s", before)]
    marks += [m.end() for m in re.finditer(_pattern("strict").pattern + r"[^,]*,", before, re.I)]
    return sentence.start + max(marks, default=0)


def _after_source(sentence: Sentence, at: int) -> tuple[int, bool]:
    """Skip what still describes the source, up to the comma; tell whether there is a comma."""
    rest = sentence.text[at : sentence.end]
    described = re.match(r"(?:\s+(?!\")[^,;:\"]*)?,\s*", rest)
    if not described:
        return at, False
    at += described.end()
    following = next((w for w in sentence.words if w.start >= at), None)
    if following is not None and (
        following.has("VerbForm=Part") or following.lower.endswith(("qui", "é", "ée", "és", "ées"))
    ):
        # « selon le rapport, publié mardi, P »
        more = re.match(r"[^,;:\"]*,\s*(?=\w|\")", sentence.text[at : sentence.end])
        at += more.end() if more else 0
    return at, True


def _right(sentence: Sentence, at: int, quotations: Sequence[Quotation]) -> int:
    for word in sentence.words:
        if word.start < at or any(q.start < word.start < q.end for q in quotations):
            continue
        if word.text in ";:":
            return word.start
    return sentence.end


def hearsay(sentence: Sentence) -> list[Report]:
    """« Il paraît que P »: a cue without a source."""
    found = []
    for clause in lexicon().data["hearsay"]["clauses"]:
        pattern = rf"(?<!\w){clause}\b[^,;:.\"]{{0,40}}?\s(que\s|qu')"
        for match in re.finditer(pattern, sentence.text[sentence.start : sentence.end], re.I):
            start = sentence.start + match.end()
            cue = (sentence.start + match.start(), sentence.start + match.start(1))
            end = trim_end(sentence, start, sentence.end)
            found.append(Report(((start, end),), (cue,), (), "hearsay"))
    return found


def own_view(sentence: Sentence) -> list[Report]:
    """« à l'en croire, P », « à ses yeux, P »: the source is a clitic or possessive."""
    found = []
    for pattern in lexicon().data["prepositions"]["own"]:
        for match in re.finditer(pattern, sentence.text[sentence.start : sentence.end], re.I):
            cue = (sentence.start + match.start(), sentence.start + match.end())
            source = (sentence.start + match.start(1), sentence.start + match.end(1))
            content = _scope(sentence, cue, (cue[1], cue[1]), False, ())
            if content:
                found.append(Report(content, (cue,), (source,), "according to a source"))
    return found


LEARNT = re.compile(r"\bappr(?:is|end|enait)\b", re.I)


def from_sources(sentence: Sentence) -> list[Report]:
    """« De source policière, P », « P, de sources concordantes »."""
    found = []
    for word in sentence.words:
        cue = sentence.before(word)
        if word.lower not in ("source", "sources") or cue is None or cue.lower != "de":
            continue
        source = mention(sentence, word, start=word.start)
        before = sentence.before(cue)
        set_off = before is None or before.text == ","
        if source is None or not set_off:
            continue
        span = (cue.start, cue.end)
        content = _scope(sentence, span, source, False, ())
        if content:
            found.append(Report(content, (span,), (source,), "according to a source"))
    return found


def learnt_from(sentence: Sentence, report: Report) -> Report:
    """« P, a-t-on appris de source policière »: the source is not « on » but who told it.

    « P, a appris Radio Vague auprès du parquet »: the radio only relays.
    """
    if not report.source:
        return report
    one = sentence.text[slice(*report.source[0])].lower() == "on"
    learnt = report.cue and LEARNT.search(sentence.text, *report.cue[-1]) is not None
    if not one and not learnt:
        return report
    for word in sentence.words:
        before = sentence.before(word)
        if before is None or word.start < report.cue[-1][1]:
            continue
        told = before.lower == "de" and word.lower in ("source", "sources")
        asked = before.lower in ("auprès", "part") and word.lower in ("de", "du", "des", "d'")
        head = word if told else governed(sentence, word.end) if asked else None
        source = mention(sentence, head, start=word.start) if head is not None else None
        if source is not None:
            return replace(report, source=(source,), via=None if one else report.source[0])
    return report
