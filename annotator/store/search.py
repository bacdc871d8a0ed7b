"""The claims that a filter finds, with what is shown of each: its words and where they stand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from annotator.model import Span, Voice
from annotator.scheme import Scheme
from annotator.store.articles import text_of
from annotator.store.connection import Connection
from annotator.store.filters import ClaimFilter
from annotator.store.matching import BEGINNING, OWN_TAG, Found, Matching
from annotator.store.words import Query, hits, parse_query

CLAIMS = f"""
SELECT claims.id, claims."start", claims."end", {OWN_TAG.format(tag="voice")},
    {OWN_TAG.format(tag="speaker")}
FROM json_each(:ids) AS one CROSS JOIN claims ON claims.id = one.value
LEFT JOIN corrected ON corrected.reviewer = :reviewer AND corrected.id = claims.id
"""


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that was found."""

    claim_id: str
    article_id: str
    title: str
    """The article's."""
    voice: Voice
    speaker: str | None
    text: str
    """The sentence, or the note, that has the words searched for; without words, the claim."""
    hits: tuple[Span, ...]
    """Where the words stand in it."""
    claim: Span | None
    """Where the claim stands in it; None where that is elsewhere."""
    author: str | None
    """Who wrote the note; None where the text is the article's."""
    place: tuple[int, int]
    """Where it is in the order of the list: the next page starts after it."""


def search(
    file: Connection,
    scheme: Scheme,
    reviewer: str,
    wanted: ClaimFilter,
    limit: int,
    after: Match | None,
) -> Iterator[Match]:
    """Yield the claims that are wanted, in the order of the list, after another one."""
    place = BEGINNING if after is None else after.place
    found = Matching(file, scheme, reviewer, wanted).after(place, at_once=limit)
    query = parse_query(wanted.words)
    for article, group in groupby(islice(found, limit), key=lambda one: one.article):
        yield from _in_article(file, reviewer, query, article, list(group))


def _in_article(
    file: Connection, reviewer: str, query: Query, article: int, found: Sequence[Found]
) -> Iterator[Match]:
    title: str = file.value("SELECT title FROM catalogue WHERE article = ?", (article,))
    whole = text_of(file, found[0].article_id)
    ids = json.dumps([one.claim_id for one in found])
    rows = file.rows(CLAIMS, {"ids": ids, "reviewer": reviewer})
    claims = {identity: rest for identity, *rest in rows}
    for one in found:
        start, end, voice, speaker = claims[one.claim_id]
        first, last = one.sentence or (start, end)
        author, text = one.note or (None, whole[first:last])
        inside = (start - first, end - first) if first <= start and end <= last else None
        yield Match(
            one.claim_id,
            one.article_id,
            title,
            voice,
            speaker,
            text,
            hits(text, query),
            inside if author is None else None,
            author,
            one.place,
        )
