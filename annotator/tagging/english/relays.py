"""Finds who only passes a source's words on in an English sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.model import Span

from ..reports import Report
from ..sentence import Sentence, Word
from ..speaker_words import speaker_words
from .sources import mention

CITED = frozenset(("cited", "quoted"))
CITING = frozenset(("citing", "quoting"))
SPEAKING = ("person", "organisation", "anonymous")


def relayed(sentence: Sentence, reports: Sequence[Report]) -> list[Report]:
    """Return the reports with each relayer told from the source, and none of the relaying itself.

    "A source cited by X said P": the source alone; "X, citing a source, said P": the source cited.
    """
    found = [_told(sentence, report) for report in reports]
    return [
        report for report in found
        if report.via or not any(_passes_on(sentence, report, other) for other in found)
    ]  # fmt: skip


def _told(sentence: Sentence, report: Report) -> Report:
    cue = sentence.within(*report.cue[0]) if report.cue else []
    if not report.source or any(w.lower in CITED | CITING for w in cue):
        return report
    for word in sentence.words:
        beside = _beside(sentence, report.source, word)
        if word.lower in CITED and beside:
            return _cited(sentence, report, word)
        if word.lower in CITING and (beside or _hangs(sentence, report, word)):
            return _citing(sentence, report, word)
    return report


def _passes_on(sentence: Sentence, report: Report, other: Report) -> bool:
    """Tell whether a report only says that another one's source was cited."""
    cue = sentence.within(*report.cue[0]) if report.cue else []
    citing = any(w.lower in CITED | CITING for w in cue)
    return citing and bool(other.via) and report.content in (other.source, other.content)


def _beside(sentence: Sentence, source: Sequence[Span], word: Word) -> bool:
    """Tell whether a participle stands in a source or, behind a comma, right after it."""
    start, end = source[0][0], source[-1][1]
    between = sentence.text[end : word.start]
    return start < word.start and not any(c.isalnum() for c in between)


def _cited(sentence: Sentence, report: Report, word: Word) -> Report:
    nouns = [n for by in sentence.children(word, "agent") for n in sentence.children(by, "pobj")]
    rest = [w for w in sentence.within(report.source[0][0], word.start) if w.pos != "PUNCT"]
    relayer = mention(sentence, nouns[0], word) if nouns else ()
    if not relayer or not rest:
        return report
    return replace(report, source=((report.source[0][0], rest[-1].end),), via=relayer[0])


def _hangs(sentence: Sentence, report: Report, word: Word) -> bool:
    """Tell whether "citing" belongs to a report's source or to the words that report."""
    anchors = [*report.source, *report.cue]
    return any(s <= above.start < e for above in sentence.ancestors(word) for s, e in anchors)


def _citing(sentence: Sentence, report: Report, word: Word) -> Report:
    for noun in sentence.children(word, "dobj"):
        if speaker_words("en").kind(noun.text) in SPEAKING:
            rest = [w for w in sentence.words if report.source[0][0] <= w.start < word.start]
            outlet = [w for w in rest if w.end <= report.source[-1][1] and w.pos != "PUNCT"]
            via = (report.source[0][0], outlet[-1].end if outlet else report.source[-1][1])
            return replace(report, source=mention(sentence, noun, word), via=via)
    return report
