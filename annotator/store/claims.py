"""Claims over the corpus, and the judgements on them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Literal, NamedTuple

from annotator.model import Claim, Judgement, SegmentKind, Tagging
from annotator.store import catalogue, corrections
from annotator.store.articles import tagging, text_of
from annotator.store.codec import judgement_from_body, read_body, read_judgement
from annotator.store.connection import Connection, Row
from annotator.store.corrections import KnownClaim
from annotator.store.ordering import Ordering

BATCH = 500
JUDGEMENT = "state.body, state.actor, state.target, state.event, state.at"
DECISION = "state.target, state.body, state.actor, state.event, state.at"

WITH_UNSEEN = (
    f"SELECT article FROM catalogue WHERE {corrections.WALK_LENGTH} > coalesce("
    "(SELECT seen FROM progress WHERE progress.article = catalogue.article"
    " AND reviewer = :reviewer), 0)"
)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with what a list of claims shows of it."""

    claim: Claim
    article_id: str
    text: str
    segment_kind: SegmentKind
    speaker: str | None
    position: int
    """Place among the claims of its tagging, from 0."""
    superseded: bool = False
    """Whether the current tagging no longer has it and nobody's corrections make it."""
    corrected: bool = False
    """Whether only somebody's corrections make it, or made it once."""


class JudgementRow(NamedTuple):
    """A judgement with the event that made it."""

    judgement: Judgement
    reviewer: str
    claim_id: str
    event_id: str
    at: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A settled answer on a claim with the event that made it."""

    answer: Judgement
    """Its labels, spans and note."""
    by: str
    claim_id: str
    event_id: str
    at: str
    speaker: str | None
    kind: str | None
    reason: str | None
    judgements: frozenset[str]
    """Ids of the `judge` events it was made from."""
    contested: bool
    """Whether another decision stands that its author had not seen."""


def claim(file: Connection, claim_id: str) -> ClaimRow | None:
    """Return a claim of any tagging or correction, or None."""
    found = file.row(
        "SELECT articles.id, tagging, superseded, corrected FROM claims"
        " JOIN articles ON articles.number = claims.article WHERE claims.id = ?",
        (claim_id,),
    )
    if found is None:
        return None
    article_id, number, superseded, corrected = found
    text = text_of(file, article_id)
    if corrected:
        (known_one,) = (one for one in known(file, article_id) if one.claim.id == claim_id)
        row = _row(text, known_one.claim, known_one.tagging, known_one.position)
        return replace(row, superseded=known_one.superseded, corrected=True)
    owner = catalogue.tagging(file, number)
    for position, one in enumerate(owner.claims):
        if one.id == claim_id:
            return replace(_row(text, one, owner, position), superseded=bool(superseded))
    return None


def known(file: Connection, article_id: str) -> Iterator[KnownClaim]:
    """Yield every claim of an article that anybody can have judged, each once."""
    found = catalogue.taggings(file, article_id)
    if found:
        own = corrections.everybodys(file, found[-1][1])
        yield from corrections.known_claims(file, found, own)


def ids_starting(file: Connection, prefix: str, limit: int) -> list[str]:
    """Return at most `limit` ids of claims that start with some hex digits, sorted."""
    # The end of the range is the first text that cannot start with the prefix.
    rows = file.rows(
        "SELECT id FROM claims WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
        (prefix, prefix + "g", limit),
    )
    return [identity for (identity,) in rows]


def claims(file: Connection, article_id: str | None, walk_only: bool) -> Iterator[ClaimRow]:
    """Yield the claims of one article or of all, in the order of the list and of the walk."""
    for one in _article_ids(file) if article_id is None else (article_id,):
        text, current = text_of(file, one), tagging(file, one)
        for position, found in enumerate(current.claims):
            if found.walk or not walk_only:
                yield _row(text, found, current, position)


def next_unseen(
    file: Connection,
    reviewer: str,
    article_id: str,
    claim_id: str | None,
    step: int,
    ordering: Ordering,
) -> tuple[str, str] | None:
    """Return (article id, claim id) of the next claim of the walk the reviewer has not judged.

    It starts after (with a negative step: before) the given claim or, where that is None or not
    in the article, at the article's first (last) claim, and does not start over at the end.
    """
    number = file.value("SELECT number FROM articles WHERE id = ?", (article_id,))
    if number is None:
        return None
    forward = step > 0
    found = _unseen_in(file, reviewer, number, claim_id, forward)
    if found is None:
        number = _unseen_article(file, reviewer, number, forward, ordering)
        found = None if number is None else _unseen_in(file, reviewer, number, None, forward)
    if found is None:
        return None
    return file.value("SELECT id FROM articles WHERE number = ?", (number,)), found


def judgements(
    file: Connection, article_id: str, reviewer: str | None = None
) -> Iterator[JudgementRow]:
    """Yield the judgements on an article's claims, superseded ones too, by claim and reviewer."""
    by_reviewer = "" if reviewer is None else "AND state.actor = ?"
    rows = file.rows(
        f"SELECT {JUDGEMENT} FROM claims"
        " CROSS JOIN state ON state.kind = 'judge' AND state.target = claims.id"
        " WHERE claims.article = (SELECT number FROM articles WHERE id = ?)"
        f" AND state.body <> '{{}}' {by_reviewer} ORDER BY claims.position, state.actor",
        (article_id,) if reviewer is None else (article_id, reviewer),
    )
    yield from map(_judgement, rows)


def judgements_on(file: Connection, claim_id: str) -> Iterator[JudgementRow]:
    """Yield the judgements on one claim, by reviewer."""
    rows = file.rows(
        f"SELECT {JUDGEMENT} FROM state WHERE kind = 'judge' AND target = ? AND body <> '{{}}'"
        " ORDER BY actor",
        (claim_id,),
    )
    yield from map(_judgement, rows)


def notes(
    file: Connection, article_id: str, reviewer: str, kind: Literal["skip", "flag"]
) -> dict[str, str]:
    """Return claim id → the note of a reviewer's mark on an article's claims.

    The body of such an event is {"note": text}, where the text may be empty; {} takes the mark off.
    """
    rows = file.rows(
        "SELECT state.target, coalesce(json_extract(state.body, '$.note'), '') FROM claims"
        " CROSS JOIN state ON state.kind = ? AND state.target = claims.id AND state.actor = ?"
        " WHERE claims.article = (SELECT number FROM articles WHERE id = ?)"
        " AND state.body <> '{}' AND EXISTS (SELECT 1 FROM state WHERE kind = ?)",
        (kind, reviewer, article_id, kind),
    )
    return dict(rows)


def decisions(file: Connection, article_id: str) -> Iterator[DecisionRow]:
    """Yield the decision that stands on each of an article's claims: the last in the log.

    The body of a `decide` event is that of a judgement with `speaker`, `kind`, `reason` and the
    ids of the `judgements` and the earlier `decisions` it saw; an empty one settles nothing.
    """
    rows = file.rows(
        f"SELECT {DECISION} FROM claims"
        " CROSS JOIN state ON state.kind = 'decide' AND state.target = claims.id"
        " WHERE claims.article = (SELECT number FROM articles WHERE id = ?)"
        " ORDER BY claims.position, state.seq, state.event",
        (article_id,),
    )
    for _, group in groupby(rows, key=itemgetter(0)):
        if (found := _decision(list(group))) is not None:
            yield found


def decision(file: Connection, claim_id: str) -> DecisionRow | None:
    """Return the decision that stands on a claim, or None."""
    rows = file.rows(
        f"SELECT {DECISION} FROM state WHERE kind = 'decide' AND target = ? ORDER BY seq, event",
        (claim_id,),
    )
    return _decision(rows) if rows else None


def judgement(file: Connection, reviewer: str, claim_id: str) -> Judgement | None:
    """Return a reviewer's judgement on a claim; None where there is none or it is withdrawn."""
    body = file.value(
        "SELECT body FROM state WHERE kind = 'judge' AND target = ? AND actor = ?",
        (claim_id, reviewer),
    )
    return read_judgement(body) if body and body != "{}" else None


def _judgement(row: Row) -> JudgementRow:
    body, *rest = row
    return JudgementRow(read_judgement(body), *rest)


def _decision(rows: Sequence[Row]) -> DecisionRow | None:
    """Return what the decisions on one claim, oldest first, come to; None if nothing is settled."""
    *earlier, (claim_id, last, actor, event_id, at) = rows
    if last == "{}":
        return None
    body = read_body(last)
    seen = body.get("decisions", ())
    return DecisionRow(
        judgement_from_body(body),
        actor,
        claim_id,
        event_id,
        at,
        body.get("speaker"),
        body.get("kind"),
        body.get("reason"),
        frozenset(body.get("judgements", ())),
        any(row[1] != "{}" and row[3] not in seen for row in earlier),
    )


def _row(text: str, one: Claim, tagging: Tagging, position: int) -> ClaimRow:
    return ClaimRow(
        one,
        tagging.article_id,
        text[one.start : one.end],
        tagging.segments[one.segment].kind,
        catalogue.speaker(tagging, one),
        position,
    )


def _article_ids(file: Connection) -> Iterator[str]:
    last = 0
    while rows := file.rows(
        "SELECT article, id FROM catalogue WHERE article > ? ORDER BY article LIMIT ?",
        (last, BATCH),
    ):
        yield from (identity for _, identity in rows)
        last = rows[-1][0]


def _unseen_in(
    file: Connection, reviewer: str, number: int, claim_id: str | None, forward: bool
) -> str | None:
    values = {"article": number, "reviewer": reviewer, "claim": claim_id}
    own = "corrected WHERE article = :article AND reviewer = :reviewer"
    walk = "claims WHERE article = :article"
    if file.row(f"SELECT 1 FROM {own} LIMIT 1", values):
        walk = own
    place = file.value(f"SELECT position FROM {walk} AND id = :claim", values)
    sign, order = (">", "ASC") if forward else ("<", "DESC")
    beyond = "" if place is None else f"AND position {sign} :place"
    found: str | None = file.value(
        f"SELECT id FROM {walk} {beyond} AND walk AND NOT EXISTS"
        " (SELECT 1 FROM state WHERE state.kind = 'judge' AND state.target = id"
        "  AND state.actor = :reviewer AND state.body <> '{}')"
        f" ORDER BY position {order} LIMIT 1",
        values | {"place": place},
    )
    return found


def _unseen_article(
    file: Connection, reviewer: str, number: int, forward: bool, ordering: Ordering
) -> int | None:
    if ordering.added:
        sign, order = (">", "ASC") if forward else ("<", "DESC")
        found: int | None = file.value(
            f"{WITH_UNSEEN} AND article {sign} :number ORDER BY article {order} LIMIT 1",
            {"number": number, "reviewer": reviewer},
        )
        return found
    for some in ordering.beyond(number, forward):
        rows = file.rows(
            f"{WITH_UNSEEN} AND article IN (SELECT value FROM json_each(:some))",
            {"some": json.dumps(some), "reviewer": reviewer},
        )
        unseen = {one for (one,) in rows}
        if unseen:
            return next(one for one in some if one in unseen)
    return None
