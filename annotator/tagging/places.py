"""Which of many segments lie at a place of the text, found without looking at them all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from annotator.model import Segment


def crossed(segments: Sequence[Segment], start: int, end: int) -> Sequence[Segment]:
    """Return the segments that share a character with a stretch; they are in order."""
    first = bisect_right(segments, start, key=lambda s: s.end)
    return segments[first : bisect_left(segments, end, key=lambda s: s.start)]


def beginning(segments: Sequence[Segment], start: int, end: int) -> Sequence[Segment]:
    """Return the segments that begin at or after `start` and before `end`."""
    first = bisect_left(segments, start, key=lambda s: s.start)
    return segments[first : max(first, bisect_left(segments, end, key=lambda s: s.start))]
