"""One article as a reviewer reads it: what each character is and where each claim begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.model import Article, Claim, Judgement, Segment, Span, Tagging
from annotator.review.walk import Walk
from annotator.scheme import Scheme
from annotator.tui.corrected import Corrections

if TYPE_CHECKING:
    from annotator.review.corrections import Superseded

# What a character of the text is part of, from the widest to the closest look.
REPORT, QUOTE, SOURCE, CUE = range(1, 5)
ROLES = ("", "report", "quote", "source", "cue")
UNSEEN, UNSURE = "·", "?"
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LINE_END = re.compile(r"\n")
_RUNS = re.compile(rb"(.)\1*", re.DOTALL)


class Page:
    """An article and its tagging, indexed by segment; knows no widths and no colours.

    Claims that were judged and that the tagging does not have any more stand beside its own.
    """

    def __init__(
        self, article: Article, tagging: Tagging, superseded: Sequence[Superseded] = ()
    ) -> None:
        self.article = article
        self.tagging = tagging
        self.article_id = tagging.article_id
        self.text = article.text
        self.segments = tagging.segments
        self.superseded = {one.claim.id: one for one in superseded}
        self.corrections = Corrections()
        self._painted = (-1, b"")
        self._starts = [segment.start for segment in self.segments]
        claims = self._with_superseded()
        self.walk = Walk(replace(tagging, claims=claims))
        self._spans = self._spans_by_segment()
        self._claims: defaultdict[int, list[Claim]] = defaultdict(list)
        for claim in claims:
            self._claims[claim.segment].append(claim)
        self.gaps = self._gaps()

    def claims(self, segment: int) -> list[Claim]:
        """Return the claims of a segment by where they start, off the walk too."""
        return sorted(self._claims[segment], key=lambda claim: claim.start)

    def roles(self, segment: int) -> bytes:
        """Return one role number for each character of a segment; the closest look wins."""
        if self._painted[0] != segment:
            self._painted = segment, self._paint(segment)
        return self._painted[1]

    def _paint(self, segment: int) -> bytes:
        piece = self.segments[segment]
        painted = bytearray(piece.end - piece.start)
        for role, (start, end) in sorted(self._spans[segment], key=_painting_order):
            first, last = max(start, piece.start), min(end, piece.end)
            if first >= last:  # it ends in the space before the segment
                continue
            painted[first - piece.start : last - piece.start] = bytes([role]) * (last - first)
        return bytes(painted)

    def segment_at(self, offset: int) -> int:
        """Return the segment that an offset is in, or the last one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def claim_at(self, offset: int) -> Claim | None:
        """Return the closest claim of the walk at an offset, else the first of its segment."""
        claims = [claim for claim in self.claims(self.segment_at(offset)) if claim.walk]
        around = [claim for claim in claims if claim.start <= offset < claim.end]
        if around:
            return min(around, key=lambda claim: claim.end - claim.start)
        return claims[0] if claims else None

    def successor(self, claim: Claim) -> Claim | None:
        """Return the claim that has most of the words of one that is superseded, and few others."""

        def shared(one: Claim) -> tuple[int, int]:
            return min(one.end, claim.end) - max(one.start, claim.start), one.start - one.end

        return max(self.superseded[claim.id].successors, key=shared, default=None)

    def place(self, claim: Claim) -> str:
        """Return where a claim is on the walk: "3 of 27", or "beside 3 of 27"."""
        number = min(self.walk.place(claim) + 1, len(self.walk))
        return f"{number} of {len(self.walk)}" if claim.walk else f"beside {number}"

    def _with_superseded(self) -> tuple[Claim, ...]:
        """Return all claims, those that are superseded after the others of their segment."""
        gone = [
            replace(
                one.claim, segment=self.segment_at(one.claim.start), attributions=(), walk=False
            )
            for one in self.superseded.values()
        ]
        if not gone:
            return self.tagging.claims
        return tuple(sorted((*self.tagging.claims, *gone), key=lambda claim: claim.segment))

    def _spans_by_segment(self) -> defaultdict[int, list[tuple[int, Span]]]:
        """Collect the marked spans that each segment has a part of."""
        found: defaultdict[int, list[tuple[int, Span]]] = defaultdict(list)
        for role, span in _marked(self.tagging):
            for number in range(self.segment_at(span[0]), self.segment_at(span[1] - 1) + 1):
                found[number].append((role, span))
        return found

    def _gaps(self) -> list[bool]:
        """Say for each segment whether a blank line stands before it."""
        pairs = list(pairwise(self.segments))
        between = [self.text[before.end : here.start] for before, here in pairs]
        ends = sum("\n" in space for space in between)
        blank = sum(bool(_BLANK_LINE.search(space)) for space in between)
        # Where few lines are blank, each line is a paragraph.
        paragraph = _BLANK_LINE if blank * 2 > ends else _LINE_END
        return [False] * bool(self.segments) + [
            _apart(before, here, bool(paragraph.search(space)))
            for (before, here), space in zip(pairs, between, strict=True)
        ]


def _apart(before: Segment, here: Segment, new_paragraph: bool) -> bool:
    """Whether two neighbours are set apart: paragraphs, headlines, posts; not lines of a post."""
    kinds = {before.kind, here.kind}
    if "headline" in kinds or ("post" in kinds and "sentence" in kinds):
        return len(kinds) == 2 or new_paragraph
    return new_paragraph and (before.kind == "byline" or "post" not in kinds)


def runs(roles: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, role) of each stretch of characters with the same role."""
    for match in _RUNS.finditer(roles):
        yield match.start(), match.end(), match.group(1)[0]


def letters(scheme: Scheme, judgement: Judgement | None) -> str:
    """Return a judgement as the letters of its labels; the dot says that an answer is missing.

    "v": verified; "vp?": verified, partisan framing, unsure; "·p": begun, not finished.
    """
    if judgement is None:
        return UNSEEN
    signs = ""
    for axis in scheme.axes:
        chosen = judgement.labels.get(axis.id, ())
        signs += "".join(_letter(scheme, label) for label in chosen)
        if not axis.many and not chosen:
            signs += UNSEEN
    return signs + (UNSURE if judgement.unsure else "")


def _letter(scheme: Scheme, label_id: str) -> str:
    """Return the letter of a label: its key, or where that is no character its initial."""
    try:
        label = scheme.label(label_id)
    except KeyError:  # judged under a scheme that had more labels
        return label_id[:1]
    return label.key if len(label.key) == 1 and label.key.isprintable() else label.name[:1]


def _marked(tagging: Tagging) -> Iterator[tuple[int, Span]]:
    for attribution in tagging.attributions:
        content = REPORT if attribution.kind == "indirect" else QUOTE
        yield from ((content, span) for span in attribution.content)
        yield from ((SOURCE, span) for span in attribution.source)
        yield from ((CUE, span) for span in attribution.cue)


def _painting_order(marked: tuple[int, Span]) -> tuple[int, int]:
    """Contents from the outermost in, then sources, then cues."""
    role, (start, end) = marked
    return max(role, QUOTE), start - end
