"""Who speaks in the corpus, and what they say, by the speaker's exact name.

That is as the reviewer who asks sees it: by the machine's tags, with their own corrections on top.
"""

from __future__ import annotations

from typing import NamedTuple

from annotator.model import Voice
from annotator.store.connection import Connection, Row
from annotator.store.walks import OWN
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


COLUMNS = "name, nullif(type, ''), sum(claims), sum(articles), max(claims)"

# What the reviewer's own list of an article's claims adds for a speaker, and what the machine's,
# in the place of which it stands, no longer counts. A type in the first, none in the second.
CHANGES = """
SELECT speaker, max(speaker_type), count(*), 1 FROM corrected INDEXED BY corrected_by_speaker
WHERE reviewer = :reviewer AND walk AND speaker IS NOT NULL GROUP BY speaker, article
UNION ALL
SELECT speaker, NULL, -count(*), -1 FROM claims
WHERE article IN (SELECT DISTINCT article FROM corrected WHERE reviewer = :reviewer)
AND walk AND speaker IS NOT NULL GROUP BY speaker, article
"""

SAID = f"""
SELECT claims.id, catalogue.id, catalogue.title,
    substr(articles.text, claims."start" + 1, claims."end" - claims."start"),
    said.voice, said.article, said.position
FROM (
    SELECT article, position, id, voice FROM claims INDEXED BY claims_by_speaker
    WHERE walk AND speaker = :name AND (article, position) > (:article, :position)
    AND NOT EXISTS ({OWN.format(article="claims.article")})
    UNION ALL
    SELECT article, position, id, voice FROM corrected INDEXED BY corrected_by_speaker
    WHERE walk AND speaker = :name AND (article, position) > (:article, :position)
    AND reviewer = :reviewer
    ORDER BY 1, 2 LIMIT :limit
) AS said
CROSS JOIN claims ON claims.id = said.id
CROSS JOIN catalogue ON catalogue.article = said.article
CROSS JOIN articles ON articles.number = said.article
ORDER BY said.article, said.position
"""


def speakers(file: Connection, reviewer: str, beginning: str, limit: int) -> list[Speaker]:
    """Return those in whose names words begin like that, who say most first."""
    wanted = " " + " ".join(words(beginning))
    changes = {
        name: change
        for name, change in _changes(file, reviewer).items()
        if wanted in " " + " ".join(words(name))
    }
    rows = file.rows(
        # Of several types of one name, SQLite takes that of the row with the maximum.
        f"SELECT {COLUMNS} FROM speakers"
        " WHERE instr(' ' || search, ?) GROUP BY name ORDER BY 3 DESC, name LIMIT ?",
        (wanted, limit + len(changes)),
    )
    found = {row[0]: Speaker(*row[:-1]) for row in rows}
    for name, (kind, claims, articles) in changes.items():
        known = found.get(name) or _machines(file, name)
        found[name] = Speaker(
            name, known.type or kind, known.claims + claims, known.articles + articles
        )
    those = [one for one in found.values() if one.claims]
    return sorted(those, key=lambda one: (-one.claims, one.name))[:limit]


def speaker_claims(
    file: Connection, reviewer: str, name: str, after: Said | None, limit: int
) -> list[Said]:
    """Return the speaker's claims on the walk in the order of the list, after another one."""
    article, position = (0, -1) if after is None else (after.article, after.position)
    values = {"reviewer": reviewer, "name": name, "limit": limit}
    rows = file.rows(SAID, values | {"article": article, "position": position})
    return [Said(*row) for row in rows]


def _changes(file: Connection, reviewer: str) -> dict[str, tuple[str | None, int, int]]:
    """Return name → (type, claims, articles): what the reviewer's corrections add to or take off.

    Of a name that they leave as it is there is nothing.
    """
    found: dict[str, tuple[str | None, int, int]] = {}
    for name, kind, claims, articles in file.rows(CHANGES, {"reviewer": reviewer}):
        before = found.get(name, (None, 0, 0))
        found[name] = (before[0] or kind, before[1] + claims, before[2] + articles)
    return {name: one for name, one in found.items() if one[1] or one[2]}


def _machines(file: Connection, name: str) -> Speaker:
    """Return what the machine's tags have of a name, which may be nothing."""
    row: Row = file.row(f"SELECT {COLUMNS} FROM speakers WHERE name = ?", (name,)) or ()
    return Speaker(name, row[1], row[2] or 0, row[3] or 0)
