"""What corrections look up in a tagging, worked out once however often it is corrected."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from annotator.model import Attribution, Claim, Segment, Span, Tagging


class Lookup:
    """A tagging, indexed by ids and by segments."""

    def __init__(self, tagging: Tagging) -> None:
        self.tagging = tagging

    @cached_property
    def by_id(self) -> dict[str, list[int]]:
        """Id of an attribution → its index; more than one if it is listed more than once."""
        found: dict[str, list[int]] = {}
        for index, one in enumerate(self.tagging.attributions):
            found.setdefault(one.id(self.tagging.article_id), []).append(index)
        return found

    @cached_property
    def starts(self) -> list[int]:
        """Where each segment starts."""
        return [segment.start for segment in self.tagging.segments]

    @cached_property
    def segment_index(self) -> dict[Segment, int]:
        """Segment → its index."""
        return {segment: index for index, segment in enumerate(self.tagging.segments)}

    @cached_property
    def claims(self) -> list[list[Claim]]:
        """The claims of each segment."""
        found: list[list[Claim]] = [[] for _ in self.tagging.segments]
        for claim in self.tagging.claims:
            found[claim.segment].append(claim)
        return found

    @cached_property
    def listing(self) -> dict[int, set[int]]:
        """Index of an attribution → the segments whose claims list it."""
        found: dict[int, set[int]] = {}
        for claim in self.tagging.claims:
            for one in claim.attributions:
                found.setdefault(one, set()).add(claim.segment)
        return found

    @cached_property
    def _touching(self) -> list[list[int]]:
        """For each segment the attributions of which any words are in it."""
        found: list[list[int]] = [[] for _ in self.tagging.segments]
        for number, one in enumerate(self.tagging.attributions):
            for index in self.segments_at(words(one)):
                found[index].append(number)
        return found

    def attributions_in(self, segments: Iterable[Segment]) -> set[int]:
        """Return the indices of the attributions of which any words are in some segments."""
        spans = [(segment.start, segment.end) for segment in segments]
        return {number for index in self.segments_at(spans) for number in self._touching[index]}

    def segments_at(self, spans: Iterable[Span]) -> set[int]:
        """Return the indices of the segments that share a place with any span."""
        return touched(self.tagging.segments, self.starts, spans)


def words(attribution: Attribution) -> tuple[Span, ...]:
    """Return all words of an attribution."""
    return attribution.content + attribution.cue + attribution.source


def touched(segments: Sequence[Segment], starts: Sequence[int], spans: Iterable[Span]) -> set[int]:
    """Return the indices of the segments, that start there, with which any span shares a place."""
    found = set()
    for start, end in spans:
        index = max(0, bisect_right(starts, start) - 1)
        while index < len(segments) and starts[index] < end:
            if start < segments[index].end:
                found.add(index)
            index += 1
    return found
