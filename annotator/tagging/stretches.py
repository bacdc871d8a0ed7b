"""Cuts what is too long: sentences nobody could read, and texts as long as books.

Some of the work on a text looks from each of its statements to all others. Done stretch by
stretch, the time it takes grows with the length of the text and no faster.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.model import Attribution, Segment, Span

from .graphemes import cut, interior
from .layout import Block

LONGEST_SEGMENT = 1000
"""A segment has no more characters than this and one word."""
ENOUGH = 40_000
"""From so many characters on a stretch ends with its paragraph: most articles are one stretch."""
MOST = 60_000
"""With so many characters it ends within a paragraph."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text with its blocks and segments, whose offsets count from its start."""

    start: int
    end: int
    blocks: tuple[Block, ...]
    segments: tuple[Segment, ...]


def capped(text: str, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments, those that are far too long cut, at white space where there is some."""
    if all(segment.end - segment.start <= LONGEST_SEGMENT for segment in segments):
        return tuple(segments)
    inside = interior(text)
    found: list[Segment] = []
    for segment in segments:
        start = segment.start
        while segment.end - start > LONGEST_SEGMENT:
            gap = cut(text, inside, _gap(text, start))
            if gap is None or not start < gap[0] <= gap[1] < segment.end:
                break
            found.append(replace(segment, start=start, end=gap[0]))
            start = gap[1]
        found.append(replace(segment, start=start))
    return tuple(found)


def _gap(text: str, start: int) -> int:
    """Return where the last word that fits into a segment ends."""
    last = start + LONGEST_SEGMENT
    halfway = start + LONGEST_SEGMENT // 2
    return next((at for at in range(last, halfway, -1) if text[at].isspace()), last)


def stretches(text: str, blocks: Sequence[Block], segments: Sequence[Segment]) -> Iterator[Stretch]:
    """Yield the stretches of a text, in order; together they are the text."""
    openings = {block.start for block in blocks}
    first, start, at = 0, 0, 0
    for n, segment in enumerate(segments):
        length = segment.start - start
        if length > MOST or (length > ENOUGH and segment.start in openings):
            while at < len(blocks) and blocks[at].end <= start:
                at += 1
            yield _stretch(blocks[at:], segments[first:n], start, segment.start)
            first, start = n, segment.start
    yield _stretch(blocks[at:], segments[first:], start, len(text))


def _stretch(blocks: Sequence[Block], segments: Sequence[Segment], start: int, end: int) -> Stretch:
    own = [block for block in blocks if block.start < end and start < block.end]
    parts = (
        replace(b, start=max(b.start, start) - start, end=min(b.end, end) - start) for b in own
    )
    moved = (replace(s, start=s.start - start, end=s.end - start) for s in segments)
    return Stretch(start, end, tuple(parts), tuple(moved))


def placed(attribution: Attribution, start: int) -> Attribution:
    """Return an attribution of a stretch with its offsets counted from the text's start."""
    if not start:
        return attribution
    return replace(
        attribution,
        content=_placed(attribution.content, start),
        cue=_placed(attribution.cue, start),
        source=_placed(attribution.source, start),
    )


def _placed(spans: Sequence[Span], start: int) -> tuple[Span, ...]:
    return tuple((first + start, last + start) for first, last in spans)
