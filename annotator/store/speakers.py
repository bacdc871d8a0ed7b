"""Who speaks in the corpus, and what they say, by the speaker's exact name."""

from __future__ import annotations

from typing import NamedTuple

from annotator.model import Voice
from annotator.store.connection import Connection
from annotator.store.words import words


class Speaker(NamedTuple):
    """Somebody who is said to have said something."""

    name: str
    type: str | None
    """The type they have most often; None where it is not known."""
    claims: int
    """Claims on the walk."""
    articles: int
    """Articles with such claims."""


class Said(NamedTuple):
    """A claim of a speaker's."""

    claim_id: str
    article_id: str
    title: str
    """The article's."""
    text: str
    voice: Voice
    article: int
    """Number of the article; with `position`, where the claim is in the order of the list."""
    position: int


def speakers(file: Connection, beginning: str, limit: int) -> list[Speaker]:
    """Return those in whose names words begin like that, who say most first."""
    rows = file.rows(
        # Of several types of one name, SQLite takes that of the row with the maximum.
        "SELECT name, nullif(type, ''), sum(claims), sum(articles), max(claims) FROM speakers"
        " WHERE instr(' ' || search, ?) GROUP BY name ORDER BY 3 DESC, name LIMIT ?",
        (" " + " ".join(words(beginning)), limit),
    )
    return [Speaker(*row[:-1]) for row in rows]


def speaker_claims(file: Connection, name: str, after: Said | None, limit: int) -> list[Said]:
    """Return the speaker's claims on the walk in the order of the list, after another one."""
    rows = file.rows(
        "SELECT claims.id, catalogue.id, catalogue.title,"
        ' substr(articles.text, claims."start" + 1, claims."end" - claims."start"),'
        " claims.voice, claims.article, claims.position"
        " FROM claims INDEXED BY claims_by_speaker"
        " CROSS JOIN catalogue ON catalogue.article = claims.article"
        " CROSS JOIN articles ON articles.number = claims.article"
        " WHERE claims.walk AND claims.speaker = ?"
        " AND (claims.article, claims.position) > (?, ?)"
        " ORDER BY claims.article, claims.position LIMIT ?",
        (name, *((0, -1) if after is None else (after.article, after.position)), limit),
    )
    return [Said(*row) for row in rows]
