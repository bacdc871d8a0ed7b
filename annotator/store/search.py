"""Full-text search: where words stand in articles, claims and notes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from annotator.model import Span
from annotator.scheme import Scheme
from annotator.store import blind
from annotator.store.articles import text_of
from annotator.store.connection import Connection
from annotator.store.index import NOTE, place_of, row_of
from annotator.store.walks import Stops, nearest
from annotator.store.words import Query, hits, parse_query

BATCH = 500

# CROSS JOIN keeps the order of the tables: from the notes found to what they are about.
NOTES = f"""
SELECT notes_index.rowid, events.actor, {NOTE.format(body="events.body")},
    claims.id, claims."start", articles.id
FROM notes_index
CROSS JOIN events ON events.number = notes_index.rowid
CROSS JOIN state ON state.kind = events.kind AND state.target = events.target
    AND state.actor = events.actor AND state.event = events.id
CROSS JOIN claims ON claims.id = events.target
CROSS JOIN articles ON articles.number = claims.article
WHERE notes_index MATCH :match AND notes_index.rowid < :before AND {{visible}}
ORDER BY notes_index.rowid DESC LIMIT :limit
"""
LAST_ROW = 2**62


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence or a note with the words that were searched for."""

    article_id: str
    claim_id: str | None
    """The claim that the note is on, or the one on the walk that is nearest to the words."""
    start: int
    """Where in the article the sentence starts, or the claim that the note is on."""
    text: str
    """The sentence or the note."""
    hits: tuple[Span, ...]
    """Where the words stand in it."""
    author: str | None
    """Who wrote the note; None for a sentence."""
    row: int
    """Where it is in the index: the next page starts after it."""


def search(
    file: Connection, scheme: Scheme, reviewer: str, text: str, limit: int, after: Match | None
) -> list[Match]:
    """Return what matches, after another match: first notes, the newest first, then sentences.

    The sentences are in the order of the list. Of colleagues' notes those are found that the
    reviewer may see.
    """
    query = parse_query(text)
    if not query.phrases:
        return []
    found: list[Match] = []
    last = -1
    if after is None or after.author is not None:
        before = LAST_ROW if after is None else after.row
        found += _notes(file, scheme, reviewer, query, limit, before)
    else:
        last = after.row
    return found + _sentences(file, reviewer, query, limit - len(found), last)


def count(file: Connection, text: str) -> int:
    """Return how many sentences match."""
    query = parse_query(text)
    if not query.phrases:
        return 0
    found: int = file.value(
        "SELECT count(*) FROM sentences_index WHERE sentences_index MATCH ?", (query.match,)
    )
    return found


def sentences_with(
    file: Connection, query: Query, article: int, forward: bool
) -> Iterator[tuple[int, list[int]]]:
    """Yield (article number, starts of the sentences that match), from an article on or back."""
    edge = row_of(article, 0) - 1 if forward else row_of(article + 1, 0)
    rows = _rows_from(file, query, edge, forward)
    for number, group in groupby(map(place_of, rows), key=lambda place: place[0]):
        yield number, sorted(start for _, start in group)


def _rows_from(file: Connection, query: Query, row: int, forward: bool) -> Iterator[int]:
    sign, order = (">", "ASC") if forward else ("<", "DESC")
    while rows := file.rows(
        f"SELECT rowid FROM sentences_index WHERE sentences_index MATCH ? AND rowid {sign} ?"
        f" ORDER BY rowid {order} LIMIT ?",
        (query.match, row, BATCH),
    ):
        yield from (found for (found,) in rows)
        row = rows[-1][0]


def sentence_ends(file: Connection, article: int) -> dict[int, int]:
    """Return start → end of the sentences of an article's current tagging."""
    segments: str = file.value(
        "SELECT segments FROM catalogue JOIN taggings ON taggings.number = catalogue.tagging"
        " WHERE catalogue.article = ?",
        (article,),
    )
    return {one["start"]: one["end"] for one in json.loads(segments)}


def _sentences(file: Connection, reviewer: str, query: Query, limit: int, last: int) -> list[Match]:
    rows = file.rows(
        "SELECT rowid FROM sentences_index WHERE sentences_index MATCH ? AND rowid > ?"
        " ORDER BY rowid LIMIT ?",
        (query.match, last, limit),
    )
    found: list[Match] = []
    places = (place_of(row) for (row,) in rows)
    for article, group in groupby(places, key=lambda place: place[0]):
        starts = [start for _, start in group]
        found += _in_article(file, reviewer, query, article, starts)
    return found


def _in_article(
    file: Connection, reviewer: str, query: Query, article: int, starts: list[int]
) -> Iterator[Match]:
    article_id: str = file.value("SELECT id FROM articles WHERE number = ?", (article,))
    whole = text_of(file, article_id)
    ends = sentence_ends(file, article)
    stops = Stops(file, reviewer, article)
    for start in starts:
        text = whole[start : ends[start]]
        spans = hits(text, query)
        first = (start + spans[0][0], start + spans[0][1])
        claims = nearest(stops.of((start, ends[start])), first)
        claim_id = claims[0].claim_id if claims else None
        yield Match(article_id, claim_id, start, text, spans, None, row_of(article, start))


def _notes(
    file: Connection, scheme: Scheme, reviewer: str, query: Query, limit: int, before: int
) -> Iterator[Match]:
    values: dict[str, Any] = {"match": query.match, "before": before, "limit": limit}
    visible = "true"
    if not blind.sees_all(file, reviewer):
        visible = f"(state.actor = :reviewer OR {blind.HAS_ANSWERED.format(claim='claims.id')})"
        values |= blind.answering(scheme, reviewer)
    for row, author, note, claim_id, start, article_id in file.rows(
        NOTES.format(visible=visible), values
    ):
        text = note.strip("\n")
        yield Match(article_id, claim_id, start, text, hits(text, query), author, row)
