"""Joins reports and quotations into attributions: extent, kind, and what is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from annotator.model import AttributionKind, Segment, Span, merge_spans

from .drafts import Draft
from .letters import Letters
from .quotations import Quotation, touching
from .reports import Report
from .uncued import resumed, uncued

ITEM = re.compile(r"\s*(?:[-–—•▪*·]|\d{1,2}[.)])\s+")
EDGES = ',;:«»“”"–—'
# Only contents that reach into the same so many characters are compared.
CELL = 500


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
    letters = Letters(text)
    for report in reports:
        content = _items(text, segments, report) if report.onward else _widen(report, quotations)
        if content:
            drafts.append(_draft(text, letters, content, quotations, report))
    drafts = resumed(text, quotations, _without_doubles(letters, drafts))
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
    held = touching(quotations, anchor[0], max(anchor[1], anchor[0] + 1))
    holding = [q for q in held if q.holds(*anchor)]
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
    text: str,
    letters: Letters,
    content: tuple[Span, ...],
    quotations: Sequence[Quotation],
    report: Report,
) -> Draft:
    anchor = _anchor(report)
    counted = [
        q
        for q in touching(quotations, content[0][0], content[-1][1])
        if not q.holds(*anchor) or not report.cue or _set_in(q, report)
    ]
    quoted = merge_spans(span for q in counted for span in q.content)
    inside, whole = letters.shared(content, quoted), letters.count(content)
    kind: AttributionKind = "direct" if inside == whole else "mixed"
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


def _set_in(q: Quotation, report: Report) -> bool:
    """« Je pars, dit-elle. Demain. »: a cue set into the quotation that is its content."""
    return bool(report.content) and report.content[0][0] <= q.content[0][0] < report.cue[0][0]


def _trim(text: str, start: int, end: int) -> Span:
    """Drop white space, marks and commas at the edges."""
    while start < end and (text[start].isspace() or text[start] in EDGES):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in EDGES):
        end -= 1
    return start, end


def _without_doubles(letters: Letters, drafts: Sequence[Draft]) -> list[Draft]:
    """Of two drafts with nearly the same content keep the one that names more."""
    kept: list[Draft] = []
    near: dict[int, list[tuple[tuple[Span, ...], int]]] = {}
    ranked = sorted(drafts, key=lambda d: (not d.source, not d.cue))
    for draft in ranked:
        content = merge_spans(draft.content)
        size = letters.count(content)
        if not size:
            continue
        cells = range(content[0][0] // CELL, content[-1][1] // CELL + 1)
        others = chain.from_iterable(near.get(cell, ()) for cell in cells)
        shared = ((letters.shared(content, other), known) for other, known in others)
        if not any(both > 0.8 * (size + known - both) for both, known in shared):
            kept.append(draft)
            for cell in cells:
                near.setdefault(cell, []).append((content, size))
    return kept
