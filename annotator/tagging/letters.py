"""Counts the letters and digits of a text between any two places, at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from annotator.model import Span


class Letters:
    """The letters and digits of one text; spans are sorted and do not overlap."""

    def __init__(self, text: str) -> None:
        self._before = list(accumulate(map(str.isalnum, text), initial=0))

    def count(self, spans: Sequence[Span]) -> int:
        """Return how many there are in some spans."""
        return sum(self._before[end] - self._before[start] for start, end in spans)

    def shared(self, ones: Sequence[Span], others: Sequence[Span]) -> int:
        """Return how many lie both in some spans and in others."""
        if not ones or not others or ones[-1][1] <= others[0][0] or others[-1][1] <= ones[0][0]:
            return 0
        both = ((max(one[0], other[0]), min(one[1], other[1])) for one in ones for other in others)
        return self.count([span for span in both if span[0] < span[1]])
