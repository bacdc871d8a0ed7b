"""The claims on a reviewer's walk of one article: the machine's, or as they corrected it."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from annotator.model import Span
from annotator.store.connection import Connection

OWN = (
    "SELECT 1 FROM corrected WHERE corrected.article = {article} AND corrected.reviewer = :reviewer"
)
WALK = f"""
SELECT position, id, "start", "end" FROM claims
WHERE article = :article AND walk AND NOT EXISTS ({OWN.format(article=":article")})
UNION ALL
SELECT corrected.position, claims.id, claims."start", claims."end"
FROM corrected CROSS JOIN claims ON claims.id = corrected.id
WHERE corrected.article = :article AND corrected.reviewer = :reviewer AND corrected.walk
ORDER BY 3, 1
"""

NEAR = 16
"""Among so many claims that start before a sentence is the one that ends nearest to it."""


class Stop(NamedTuple):
    """A claim on the walk."""

    position: int
    claim_id: str
    start: int
    end: int


class Stops:
    """The claims of a reviewer's walk of an article, to be found by their place in the text."""

    def __init__(self, file: Connection, reviewer: str, article: int) -> None:
        rows = file.rows(WALK, {"article": article, "reviewer": reviewer})
        self.stops = [Stop(*row) for row in rows]
        self._starts = [stop.start for stop in self.stops]

    def of(self, sentence: Span) -> list[Stop]:
        """Return the claims in a sentence; where it has none, the nearest one of the article."""
        first = bisect_left(self._starts, sentence[0])
        beyond = bisect_left(self._starts, sentence[1], first)
        if first < beyond:
            return self.stops[first:beyond]
        return nearest(self.stops[max(0, first - NEAR) : first + 1], sentence)[:1]


def nearest(stops: list[Stop], span: Span) -> list[Stop]:
    """Return claims by their distance to a stretch of the text, of those as near the shortest."""
    start, end = span
    return sorted(
        stops,
        key=lambda one: (max(one.start - start, 0) + max(end - one.end, 0), one.end - one.start),
    )
