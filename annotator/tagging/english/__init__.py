"""The rules of English reported speech."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ..quotations import Quotation
from ..reports import Report, Rules
from ..sentence import Sentence
from .cues import cues
from .lexicon import lexicon
from .nouns import adjective_reports, noun_reports
from .phrases import according_to, colon, hearsay
from .quoting import announced, governed
from .relays import relayed
from .verbal import verbal

WORD = re.compile(r"[a-z]+")


class English:
    """Finds reports in English sentences."""

    language = "en"
    joins = True

    def may_report(self, text: str) -> bool:
        """Tell whether a sentence holds a word of the lexicon."""
        return not lexicon().gate.isdisjoint(WORD.findall(text.lower()))

    def reports(self, sentence: Sentence, quotations: Sequence[Quotation]) -> list[Report]:
        """Return the reports of one sentence, none from inside a quotation or another report."""
        outer = [q for q in quotations if not q.depth]
        told = (verbal(sentence, cue, outer) for cue in cues(sentence, outer))
        found = [report for report in told if report is not None]
        found += according_to(sentence, outer)
        found += hearsay(sentence, outer)
        found += noun_reports(sentence, outer)
        found += adjective_reports(sentence, outer)
        found += colon(sentence, outer)
        for q in outer:
            if not _taken(q, found):
                found = _with(found, announced(sentence, q) or governed(sentence, q))
        return relayed(sentence, _outermost(found))


def _taken(q: Quotation, found: Sequence[Report]) -> bool:
    return any(s < q.end and q.start < e for r in found for s, e in r.content)


def _with(found: Sequence[Report], more: Sequence[Report]) -> list[Report]:
    """Add reports of quotations; one whose verb reports already goes on with what it says.

    `He claims that P, but "Q"`.
    """
    reports = list(found)
    for report in more:
        same = [
            n for n, other in enumerate(reports)
            if report.cue and other.cue and set(report.cue) & set(other.cue)
            and other.source and other.content[-1][1] <= report.content[0][0]
        ]  # fmt: skip
        if same:
            other = reports[same[0]]
            start, end = other.content[-1][0], report.content[0][0]
            content = (*other.content[:-1], (start, end), *report.content)
            reports[same[0]] = replace(other, content=content)
        else:
            reports.append(report)
    return reports


def _outermost(found: Sequence[Report]) -> list[Report]:
    """Drop what is reported inside the content of another report."""
    return [
        report for report in found
        if not any(
            report.cue and start <= report.cue[0][0] < end
            for other in found if other is not report
            for start, end in other.content
        )
    ]  # fmt: skip


@cache
def rules() -> Rules:
    """Return the English rules."""
    return English()
