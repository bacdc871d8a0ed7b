"""How far everybody is with what they were given, and how far the overlap of their work is.

A file knows what has come back: what colleagues did since they last handed in is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotator.store.connection import Connection
from annotator.store.corrections import WALK_LENGTH

# Everybody's articles with the claims on their walk there and how many of them they have seen.
SHARES = f"""
WITH given AS (
    SELECT DISTINCT events.target AS person, one.value AS article
    FROM events, json_each(events.body, '$.articles') AS one
    WHERE events.kind = 'assign' AND events.target IN
        (SELECT target FROM state WHERE kind = 'assign')
),
shares AS (
    SELECT person, articles.number AS article, coalesce(seen, 0) AS seen,
        {WALK_LENGTH.replace(":reviewer", "person")} AS claims
    FROM given CROSS JOIN articles ON articles.id = given.article
    CROSS JOIN catalogue ON catalogue.article = articles.number
    LEFT JOIN progress ON progress.article = articles.number AND progress.reviewer = person
)
"""


@dataclass(frozen=True, slots=True)
class Returned:
    """What of a person's share has come back."""

    person: str
    articles: int
    claims: int
    """Claims on the walk of these articles."""
    judged: int
    """Of these claims, how many the person has judged or begun."""
    finished: int
    """Articles of which the person has judged or begun every claim."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """The articles that were given to so many people."""

    people: int
    articles: int
    finished: int
    """Of these articles, how many have every claim judged or begun by all these people."""


def returned(file: Connection) -> list[Returned]:
    """Return how far everybody is with what they were given, by name."""
    rows = file.rows(
        f"{SHARES} SELECT person, count(*), sum(claims), sum(seen), sum(seen >= claims)"
        " FROM shares GROUP BY person ORDER BY person"
    )
    return [Returned(*row) for row in rows]


def overlaps(file: Connection) -> list[Overlap]:
    """Return how far the articles are that were given to one person, to two, and so on."""
    rows = file.rows(
        f"{SHARES} SELECT people, count(*), sum(finished) FROM (SELECT count(*) AS people,"
        " min(seen >= claims) AS finished FROM shares GROUP BY article)"
        " GROUP BY people ORDER BY people"
    )
    return [Overlap(*row) for row in rows]
