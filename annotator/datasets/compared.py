"""The answers of a dataset that agreement is computed from: those in the records themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.datasets.records import Record
from annotator.review.ratings import Rating
from annotator.review.report import Report, agreement
from annotator.scheme import Scheme

MOST = 20_000
"""Answers compared at most, so that a large dataset is written in little memory."""


class Compared:
    """Ratings taken from claims, article by article until there are enough.

    Articles come in the order of their ids, which are hashes: the first ones are drawn at random.
    """

    def __init__(self, scheme: Scheme) -> None:
        self.articles = 0
        """Articles that were compared."""
        self.left_out = 0
        """Articles after these."""
        self._scheme = scheme
        self._ratings: list[Rating] = []

    def add(self, claims: Sequence[Record]) -> None:
        """Take the answers on an article's claims in."""
        if len(self._ratings) >= MOST:
            self.left_out += 1
            return
        self.articles += 1
        for claim in claims:
            if not claim["superseded"]:
                self._ratings += self._ratings_of(claim)

    def report(self) -> Report:
        """Return every figure of agreement."""
        return agreement(self._ratings, self._scheme)

    def _ratings_of(self, claim: Record) -> Iterator[Rating]:
        """Yield the finished answers on a claim: those with a label on each single-valued axis."""
        for one in claim["judgements"]:
            labels = one["labels"]
            if all(axis.many or labels[axis.id] for axis in self._scheme.axes):
                yield Rating(
                    claim["article_id"],
                    claim["claim_id"],
                    one["reviewer"],
                    {
                        axis.id: tuple(labels[axis.id]) if axis.many else (labels[axis.id],)
                        for axis in self._scheme.axes
                    },
                    tuple(
                        (label, (start, end))
                        for label, spans in one["spans"].items()
                        for start, end in spans
                    ),
                    (claim["start"], claim["end"]),
                )
