"""What was judged and the words marked in it, as far as one may see it: food for own word lists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from annotator.model import Span
from annotator.scheme import Scheme
from annotator.store import blind
from annotator.store.codec import read_body
from annotator.store.connection import Connection, Row

ANY_MARKED = "SELECT 1 FROM state WHERE kind = 'judge' AND instr(body, '\"spans\"') LIMIT 1"

# CROSS JOIN keeps the order of the tables: from the judgements to the rest.
JUDGED = """
SELECT claims.article, catalogue.language, state.actor, claims."start", claims."end", state.body
FROM state CROSS JOIN claims ON claims.id = state.target
CROSS JOIN catalogue ON catalogue.article = claims.article
WHERE state.kind = 'judge' AND instr(state.body, '"labels"') AND {visible}
ORDER BY claims.article, state.actor, claims."start"
"""

Marks = tuple[tuple[str, Span], ...]


class Judged(NamedTuple):
    """A stretch of text that somebody judged, and the words they marked in it."""

    language: str
    text: str
    marks: Marks
    """(label id, span within the text) pairs."""


def judged(file: Connection, scheme: Scheme, reviewer: str) -> Iterator[Judged]:
    """Yield what was judged, by the reviewer and by colleagues where the reviewer may see it.

    Claims of one person that overlap make one stretch, so that no word counts twice. Nothing is
    yielded where nobody marked any words.
    """
    if file.row(ANY_MARKED) is None:
        return
    visible, values = "true", {}
    if not blind.sees_all(file, reviewer):
        visible = f"(state.actor = :reviewer OR {blind.HAS_ANSWERED.format(claim='claims.id')})"
        values = blind.answering(scheme, reviewer)
    rows = file.rows(JUDGED.format(visible=visible), values)
    for article, of_article in groupby(rows, itemgetter(0)):
        text: str = file.value("SELECT text FROM articles WHERE number = ?", (article,))
        for _, own in groupby(of_article, itemgetter(2)):
            yield from _stretches(text, own)


def _stretches(text: str, rows: Iterator[Row]) -> Iterator[Judged]:
    """Yield the stretches of one person in one article, given their claims by where they start."""
    start = end = 0
    language = ""
    marks: list[tuple[str, Span]] = []
    for _, language, _, first, last, body in rows:
        if first >= end:
            if end > start:
                yield _judged(language, text, start, end, marks)
            start, end, marks = first, last, []
        end = max(end, last)
        marks += _marks(body)
    yield _judged(language, text, start, end, marks)


def _judged(
    language: str, text: str, start: int, end: int, marks: list[tuple[str, Span]]
) -> Judged:
    inside = tuple((label, (one - start, other - start)) for label, (one, other) in marks)
    return Judged(language, text[start:end], inside)


def _marks(body: str) -> Iterator[tuple[str, Span]]:
    if '"spans"' in body:
        spans: dict[str, Any] = read_body(body)["spans"]
        yield from ((label, (start, end)) for label, some in spans.items() for start, end in some)
