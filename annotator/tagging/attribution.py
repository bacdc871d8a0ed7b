"""Joins reports and quotations into attributions: extent, kind, and what is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from annotator.model import AttributionKind, Segment, Span, merge_spans

from .drafts import Draft
from .quotations import Quotation, touching
from .reports import Report
from .uncued import resumed, uncued

ITEM = re.compile(r"\s*(?:[-–—•▪*·]|\d{1,2}[.)])\s+")
EDGES = ',;:«»“”"–—'


def assemble(
    text: str,
    segments: Sequence[Segment],
    quotations: Sequence[Quotation],
    reports: Iterable[Report],
    fixed: Iterable[Draft] = (),
    parsed: bool = True,
) -> list[Draft]:
    """Return the drafts of an article in text order.

    `fixed` are drafts that layout alone gives: embedded posts and interview answers. Where no
    parser looked for reports (`parsed` false), shorter quotations count as speech.
    """
    drafts = list(fixed)
    for report in reports:
        content = _items(text, segments, report) if report.onward else _widen(report, quotations)
        if content:
            drafts.append(_draft(text, content, quotations, report))
    drafts = resumed(text, quotations, _without_doubles(text, drafts))
    drafts += uncued(text, segments, quotations, drafts, parsed)
    return sorted(drafts, key=lambda d: (d.start, -d.end))


def _items(text: str, segments: Sequence[Segment], report: Report) -> tuple[Span, ...]:
    """Return the list items behind the sentence of a report."""
    spans: list[Span] = []
    for segment in segments:
        if segment.start <= report.cue[0][0]:
            continue
        item = ITEM.match(text, segment.start, segment.end)
        if item is None:
            break
        spans.append(_trim(text, item.end(), segment.end))
    return tuple(span for span in spans if span[0] < span[1])


def _widen(report: Report, quotations: Sequence[Quotation]) -> tuple[Span, ...]:
    """Stretch contents over quotations they reach into; keep them in the one that holds the cue."""
    anchor = _anchor(report)
    holding = [q for q in quotations if q.holds(*anchor)]
    spans: list[Span] = []
    for start, end in report.content:
        for q in holding:
            start, end = max(start, q.content[0][0]), min(end, q.content[-1][1])
        for q in touching(quotations, start, end):
            if q in holding:
                continue
            if start <= q.content[0][0] and q.end > end:
                spans += [span for span in q.content if span[1] > end]
                end = min(q.end, q.content[0][1])
            elif q.start < start < q.end <= end:
                # The clause begins inside a quotation (« qu'il « [part] »): keep its words.
                start = min(start, q.content[0][0])
        if start < end:
            spans.append((start, end))
    return merge_spans(spans)


def _anchor(report: Report) -> Span:
    """Return the place from which a report is told: its cue, else its source, else its content."""
    return min(report.cue or report.source or report.content, default=(0, 0))


def _draft(
    text: str, content: tuple[Span, ...], quotations: Sequence[Quotation], report: Report
) -> Draft:
    letters = {i for s, e in content for i in range(s, e) if text[i].isalnum()}
    anchor = _anchor(report)
    quoted: set[int] = set()
    for q in quotations:
        if not q.holds(*anchor) or not report.cue:
            quoted |= {i for s, e in q.content for i in range(s, e)}
    inside = letters & quoted
    kind: AttributionKind = "direct" if letters and inside == letters else "mixed"
    if not inside:
        kind = "indirect"
    return Draft(
        content=tuple(span for span in (_trim(text, *s) for s in content) if span[0] < span[1]),
        kind=kind,
        cue=merge_spans(report.cue),
        source=merge_spans(report.source),
        rule=report.rule,
        via=report.via,
    )


def _trim(text: str, start: int, end: int) -> Span:
    """Drop white space, marks and commas at the edges."""
    while start < end and (text[start].isspace() or text[start] in EDGES):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in EDGES):
        end -= 1
    return start, end


def _letters(text: str, draft: Draft) -> frozenset[int]:
    return frozenset(i for s, e in draft.content for i in range(s, e) if text[i].isalnum())


def _without_doubles(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Of two drafts with nearly the same content keep the one that names more."""
    kept: list[tuple[frozenset[int], Draft]] = []
    ranked = sorted(drafts, key=lambda d: (not d.source, not d.cue))
    for draft in ranked:
        letters = _letters(text, draft)
        if letters and not any(len(letters & k) > 0.8 * len(letters | k) for k, _ in kept):
            kept.append((letters, draft))
    return [draft for _, draft in kept]
