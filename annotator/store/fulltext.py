"""Where words stand, by the full-text index: sentences of articles, and notes on claims."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from annotator.scheme import Scheme
from annotator.store import blind
from annotator.store.connection import Connection
from annotator.store.index import NOTE, place_of, row_of
from annotator.store.walks import OWN
from annotator.store.words import Query

BATCH = 500

# CROSS JOIN keeps the order of the tables: from the notes found to what they are about. Claims that
# the reviewer's tagging of the article does not have are left out: they have no place in its order.
NOTES = f"""
SELECT claims.article, coalesce(corrected.position, claims.position), claims.id, articles.id,
    events.actor, {NOTE.format(body="events.body")}
FROM notes_index
CROSS JOIN events ON events.number = notes_index.rowid
CROSS JOIN state ON state.kind = events.kind AND state.target = events.target
    AND state.actor = events.actor AND state.event = events.id
CROSS JOIN claims ON claims.id = events.target
CROSS JOIN articles ON articles.number = claims.article
LEFT JOIN corrected ON corrected.reviewer = :reviewer AND corrected.id = claims.id
WHERE notes_index MATCH :match AND {{visible}} AND (corrected.id IS NOT NULL OR NOT (
    claims.superseded OR claims.corrected OR EXISTS ({OWN.format(article="claims.article")})
))
ORDER BY notes_index.rowid DESC
"""


class Noted(NamedTuple):
    """A note that has the words, and the claim it is on."""

    article: int
    """Number of the article; with `position`, where the claim is in the order of the list."""
    position: int
    claim_id: str
    article_id: str
    author: str
    note: str


def sentences_with(
    file: Connection, query: Query, article: int, forward: bool, at_once: int = BATCH
) -> Iterator[tuple[int, list[int]]]:
    """Yield (article number, starts of the sentences that match), from an article on or back.

    `at_once` is how many sentences are wanted before the first is looked at.
    """
    edge = row_of(article, 0) - 1 if forward else row_of(article + 1, 0)
    rows = _rows_from(file, query, edge, forward, at_once)
    for number, group in groupby(map(place_of, rows), key=lambda place: place[0]):
        yield number, sorted(start for _, start in group)


def sentences_in(file: Connection, query: Query, article: int) -> list[int]:
    """Return the starts of the sentences of one article that match."""
    rows = file.rows(
        "SELECT rowid FROM sentences_index WHERE sentences_index MATCH ?"
        " AND rowid BETWEEN ? AND ? ORDER BY rowid",
        (query.match, row_of(article, 0), row_of(article + 1, 0) - 1),
    )
    return [place_of(row)[1] for (row,) in rows]


def _rows_from(
    file: Connection, query: Query, row: int, forward: bool, limit: int
) -> Iterator[int]:
    sign, order = (">", "ASC") if forward else ("<", "DESC")
    while rows := file.rows(
        f"SELECT rowid FROM sentences_index WHERE sentences_index MATCH ? AND rowid {sign} ?"
        f" ORDER BY rowid {order} LIMIT ?",
        (query.match, row, limit),
    ):
        yield from (found for (found,) in rows)
        row = rows[-1][0]
        # Each query puts together again all that begins like the last word.
        limit *= 2


def sentence_ends(file: Connection, article: int) -> dict[int, int]:
    """Return start → end of the sentences of an article's current tagging."""
    segments: str = file.value(
        "SELECT segments FROM catalogue JOIN taggings ON taggings.number = catalogue.tagging"
        " WHERE catalogue.article = ?",
        (article,),
    )
    return {one["start"]: one["end"] for one in json.loads(segments)}


def notes_with(file: Connection, scheme: Scheme, reviewer: str, query: Query) -> list[Noted]:
    """Return the notes that match and that the reviewer may see, the newest first."""
    visible = "true"
    if not blind.sees_all(file, reviewer):
        visible = f"(state.actor = :reviewer OR {blind.HAS_ANSWERED.format(claim='claims.id')})"
    values = {"match": query.match, **blind.answering(scheme, reviewer)}
    rows = file.rows(NOTES.format(visible=visible), values)
    return [Noted(*row)._replace(note=row[-1].strip("\n")) for row in rows]
