"""Reading the queue of claims that wait for a decision, a page at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from annotator.store import blind, log
from annotator.store.connection import Connection
from annotator.store.disputes import Status

Order = Literal["worst", "article"]

COLUMNS = (
    "disputes.claim, articles.id, disputes.axes, disputes.spans, disputes.status,"
    ' troubled.claims, disputes.article, claims."start", claims."end", disputes.position'
)
# CROSS JOIN makes SQLite go through the tables in this order, and so through the queue in its own.
WAITING = "troubled.waiting > 0 AND disputes.status <> 'settled'"
WHERE_IT_IS = (
    "CROSS JOIN articles ON articles.number = disputes.article CROSS JOIN claims"
    " ON claims.article = disputes.article AND claims.position = disputes.position"
)
# As a tagging has its claims, which those that corrections make are not among. With a page's
# limit SQLite sorts only the articles on it.
WALK_ORDER = 'claims."start", -claims."end", disputes.position'
IN_ARTICLE_ORDER = (
    f"SELECT {COLUMNS} FROM troubled"
    f" CROSS JOIN disputes ON disputes.article = troubled.article {WHERE_IT_IS}"
    f" WHERE {WAITING} AND {{condition}} ORDER BY troubled.article, {WALK_ORDER} LIMIT :limit"
)
WORST_FIRST = (
    f"SELECT {COLUMNS} FROM troubled"
    f" CROSS JOIN disputes ON disputes.article = troubled.article {WHERE_IT_IS}"
    f" WHERE {WAITING} AND {{condition}}"
    f" ORDER BY -troubled.claims, troubled.article, {WALK_ORDER} LIMIT :limit"
)
SAME_ARTICLE = f"troubled.article = :article AND ({WALK_ORDER}) > (:start, -:end, :position)"
LATER_ARTICLE = "troubled.article > :article"
BETTER_ARTICLE = (
    "-troubled.claims >= -:claims AND (troubled.claims < :claims OR troubled.article > :article)"
)


class Place(NamedTuple):
    """Where a row of the queue stands; the next page starts after it."""

    claims: int
    """How many disputed claims its article has, settled ones too: so deciding changes no order."""
    article: int
    start: int
    end: int
    position: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim that waits for a decision."""

    claim_id: str
    article_id: str
    axes: tuple[str, ...]
    """The axes on which finished judgements differ, in the order of the scheme."""
    spans: bool
    """Whether the marked words differ."""
    status: Status
    """`open`: not decided; `stale`, `contested`: decided, but it has to be looked at again."""
    place: Place


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows of the queue are wanted."""

    axis: str | None = None
    """Only claims whose answers differ on this axis."""
    without: str | None = None
    """Only claims that this person has not judged, so that they may decide them."""
    words: bool = False
    """Only claims on which the marked words differ."""


EVERYTHING = Filter()
FEW = 1000
"""So many claims are counted in less than a person can notice, whatever is asked of them."""


class Queue:
    """The claims of a project that wait for a decision, as far as a reviewer may see them."""

    def __init__(self, file: Connection) -> None:
        self._file = file

    def count(self, reviewer: str, wanted: Filter = EVERYTHING) -> int:
        """Return how many claims the reviewer may see in the queue."""
        conditions, values = self._conditions(reviewer, wanted)
        if not conditions:
            return self._all()
        condition = " AND ".join(["status <> 'settled'", *conditions])
        query = f"SELECT count(*) FROM disputes WHERE {condition}"
        found: int = self._file.value(query, values)
        return found

    def known_count(self, reviewer: str, wanted: Filter = EVERYTHING) -> int | None:
        """Return what `count` does; None where each of many claims would have to be looked at."""
        conditions, _ = self._conditions(reviewer, wanted)
        return self.count(reviewer, wanted) if not conditions or self._all() <= FEW else None

    def page(
        self,
        reviewer: str,
        order: Order = "worst",
        after: Place | None = None,
        limit: int = 50,
        wanted: Filter = EVERYTHING,
    ) -> list[Disagreement]:
        """Return the next claims of the queue after a place, that the reviewer may see.

        By article, those with the most such claims first or in the order of the list; each is
        gone through to its end before the next one comes. `after` is the place of the last row of
        the page before.
        """
        conditions, values = self._conditions(reviewer, wanted)
        query = WORST_FIRST if order == "worst" else IN_ARTICLE_ORDER
        if after is None:
            return self._rows(query, conditions, {**values, "limit": limit})
        values |= after._asdict()
        begun = [SAME_ARTICLE, *conditions]
        found = self._rows(IN_ARTICLE_ORDER, begun, {**values, "limit": limit})
        beyond = BETTER_ARTICLE if order == "worst" else LATER_ARTICLE
        rest = {**values, "limit": limit - len(found)}
        return found + self._rows(query, [beyond, *conditions], rest)

    def _all(self) -> int:
        return self._file.value("SELECT sum(waiting) FROM troubled") or 0

    def _conditions(self, reviewer: str, wanted: Filter) -> tuple[list[str], dict[str, Any]]:
        conditions: list[str] = []
        values: dict[str, Any] = {}
        if wanted.axis is not None:
            conditions.append("EXISTS (SELECT 1 FROM json_each(disputes.axes) WHERE value = :axis)")
            values["axis"] = wanted.axis
        if wanted.words:
            conditions.append("disputes.spans")
        if wanted.without is not None:
            conditions.append(
                "NOT EXISTS (SELECT 1 FROM state WHERE kind = 'judge' AND target = disputes.claim"
                " AND actor = :without AND body <> '{}')"
            )
            values["without"] = wanted.without
        if not blind.sees_all(self._file, reviewer):
            conditions.append(blind.HAS_ANSWERED.format(claim="disputes.claim"))
            values |= blind.answering(log.scheme(self._file), reviewer)
        return conditions, values

    def _rows(
        self, query: str, conditions: list[str], values: dict[str, Any]
    ) -> list[Disagreement]:
        condition = " AND ".join(conditions) or "true"
        rows = self._file.rows(query.format(condition=condition), values)
        return [
            Disagreement(
                claim, article_id, tuple(json.loads(axes)), bool(spans), status, Place(*at)
            )
            for claim, article_id, axes, spans, status, *at in rows
        ]
