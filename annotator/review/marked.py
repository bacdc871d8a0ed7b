"""Agreement on marked words: spans matched pairwise, and characters as units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import combinations, pairwise

from annotator.model import Span
from annotator.review.agreement import Counts, Undefined

Marks = tuple[tuple[str, Span], ...]
"""(label, span) pairs of one person on one claim."""


class SpanPairs:
    """Pairwise F1 over marked spans, averaged over pairs of people (Hripcsak & Rothschild 2005).

    Nobody counts the words that nobody marked, so there is no correction for chance. A pair's F1
    is 2 * matched / (spans of the one + spans of the other), each span matched at most once and
    only with one of the same label.
    """

    def __init__(self, people: int, label: str | None = None) -> None:
        self.pairs = tuple(combinations(range(people), 2))
        self.label = label
        """The only label counted; None for all."""
        self.width = 2 + 3 * len(self.pairs)

    def row(self, marks: Sequence[Marks | None]) -> list[int]:
        """Return a claim's counts: marked at all, pairs, and exact, overlapping, all by pair."""
        counts = [0, 0]
        wanted = [None if some is None else self._wanted(some) for some in marks]
        for first, second in self.pairs:
            one, other = wanted[first], wanted[second]
            if (not one and not other) or one is None or other is None:
                counts += [0, 0, 0]
                continue
            counts[0] = 1
            counts[1] += 1
            overlap = overlapping(one, other) if one and other else 0
            counts += [len(one & other), overlap, len(one) + len(other)]
        return counts

    def size(self, counts: Counts) -> tuple[int, int]:
        """Return how many claims, and pairs of judgements on them, have words marked."""
        return counts[0], counts[1]

    def exact(self, counts: Counts) -> float:
        """F1 where two spans match if they begin and end at the same places."""
        return self._mean(counts[2::3], counts[4::3])

    def overlap(self, counts: Counts) -> float:
        """F1 where two spans match if they share a character, as many as can be matched."""
        return self._mean(counts[3::3], counts[4::3])

    def _wanted(self, marks: Marks) -> frozenset[tuple[str, Span]]:
        return frozenset(one for one in marks if self.label in (None, one[0]))

    def _mean(self, matched: Counts, marked: Counts) -> float:
        values = [2 * some / every for some, every in zip(matched, marked, strict=True) if every]
        if not values:
            raise Undefined("nobody marked any words where two judged")
        return sum(values) / len(values)


def overlapping(one: Set[tuple[str, Span]], other: Set[tuple[str, Span]]) -> int:
    """Return how many spans of two people can be matched one to one, same label, overlapping.

    The span that ends first is matched with the free one that ends first among those it overlaps:
    whatever else that one could be matched with, any later one could be too, so no choice of
    partners matches more.
    """
    sides = (one, other)
    queue = sorted(
        (end, start, label, side)
        for side, spans in enumerate(sides)
        for label, (start, end) in spans
    )
    free = [dict.fromkeys(entry[:3] for entry in queue if entry[3] == side) for side in (0, 1)]
    matched = 0
    for end, start, label, side in queue:
        if (end, start, label) not in free[side]:
            continue
        del free[side][end, start, label]
        partner = next(
            (one for one in free[1 - side] if one[2] == label and one[1] < end and start < one[0]),
            None,
        )
        if partner:
            del free[1 - side][partner]
            matched += 1
    return matched


def stretches(
    marks: Sequence[Marks | None], extent: Span
) -> Iterator[tuple[int, tuple[tuple[str, ...] | None, ...]]]:
    """Yield (length, each person's labels there) of a claim's stretches of characters.

    Within a stretch nothing changes; () is "none", None a person who did not judge the claim.
    What lies outside the claim's extent is left out.
    """
    start, end = extent
    edges = {start, end}
    for some in marks:
        for _, span in some or ():
            edges.update(edge for edge in span if start < edge < end)
    for left, right in pairwise(sorted(edges)):
        yield right - left, tuple(None if some is None else _on(some, left) for some in marks)


def _on(marks: Marks, place: int) -> tuple[str, ...]:
    return tuple(sorted({label for label, (start, end) in marks if start <= place < end}))
