"""Reading the queue of claims that wait for a decision, a page at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from annotator.scheme import Scheme
from annotator.store import blind
from annotator.store.connection import Connection
from annotator.store.unsettled import Status

Order = Literal["worst", "article"]

COLUMNS = (
    "unsettled.claim, articles.id, unsettled.axes, unsettled.spans, unsettled.status,"
    " troubled.claims, unsettled.article, unsettled.position"
)
# CROSS JOIN makes SQLite go through the tables in this order, and so through the queue in its own.
ARTICLE = "CROSS JOIN articles ON articles.number = unsettled.article"
IN_ARTICLE_ORDER = (
    f"SELECT {COLUMNS} FROM unsettled"
    f" CROSS JOIN troubled ON troubled.article = unsettled.article {ARTICLE}"
    " WHERE {condition} ORDER BY unsettled.article, unsettled.position LIMIT :limit"
)
WORST_FIRST = (
    f"SELECT {COLUMNS} FROM troubled"
    f" CROSS JOIN unsettled ON unsettled.article = troubled.article {ARTICLE}"
    " WHERE {condition}"
    " ORDER BY -troubled.claims, troubled.article, unsettled.position LIMIT :limit"
)
SAME_ARTICLE = "unsettled.article = :article AND unsettled.position > :position"
LATER_ARTICLE = "unsettled.article > :article"
BETTER_ARTICLE = (
    "-troubled.claims >= -:claims AND (troubled.claims < :claims OR troubled.article > :article)"
)
# An article that was begun gets better while its claims are settled; it must not come again.
NOT_AGAIN = "troubled.article <> :article"


class Place(NamedTuple):
    """Where a row of the queue stands; the next page starts after it."""

    claims: int
    """How many rows its article had when the reader came to it."""
    article: int
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


def count(file: Connection, scheme: Scheme, reviewer: str, wanted: Filter) -> int:
    """Return how many claims the reviewer may see in the queue."""
    conditions, values = _conditions(file, scheme, reviewer, wanted)
    if not conditions:
        return file.value("SELECT sum(claims) FROM troubled") or 0
    found: int = file.value(
        f"SELECT count(*) FROM unsettled WHERE {' AND '.join(conditions)}", values
    )
    return found


def page(
    file: Connection,
    scheme: Scheme,
    reviewer: str,
    order: Order,
    after: Place | None,
    limit: int,
    wanted: Filter,
) -> list[Disagreement]:
    """Return the next claims of the queue after a place, that the reviewer may see.

    Each article is gone through to its end before the next one comes.
    """
    conditions, values = _conditions(file, scheme, reviewer, wanted)
    query = WORST_FIRST if order == "worst" else IN_ARTICLE_ORDER
    if after is None:
        return _rows(file, query, conditions, {**values, "limit": limit})
    values |= after._asdict()
    found = _rows(
        file, IN_ARTICLE_ORDER, [SAME_ARTICLE, *conditions], {**values, "limit": limit}, after
    )
    beyond = [BETTER_ARTICLE, NOT_AGAIN] if order == "worst" else [LATER_ARTICLE]
    rest = {**values, "limit": limit - len(found)}
    return found + _rows(file, query, [*beyond, *conditions], rest)


def _conditions(
    file: Connection, scheme: Scheme, reviewer: str, wanted: Filter
) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = []
    values: dict[str, Any] = {}
    if wanted.axis is not None:
        conditions.append("EXISTS (SELECT 1 FROM json_each(unsettled.axes) WHERE value = :axis)")
        values["axis"] = wanted.axis
    if wanted.without is not None:
        conditions.append(
            "NOT EXISTS (SELECT 1 FROM state WHERE kind = 'judge' AND target = unsettled.claim"
            " AND actor = :without AND body <> '{}')"
        )
        values["without"] = wanted.without
    if not blind.sees_all(file, reviewer):
        conditions.append(blind.HAS_ANSWERED.format(claim="unsettled.claim"))
        values |= blind.answering(scheme, reviewer)
    return conditions, values


def _rows(
    file: Connection,
    query: str,
    conditions: list[str],
    values: dict[str, Any],
    begun: Place | None = None,
) -> list[Disagreement]:
    condition = " AND ".join(conditions) or "true"
    rows = file.rows(query.format(condition=condition), values)
    return [
        Disagreement(
            claim,
            article_id,
            tuple(json.loads(axes)),
            bool(spans),
            status,
            Place(begun.claims if begun else claims, article, position),
        )
        for claim, article_id, axes, spans, status, claims, article, position in rows
    ]
