"""What search looks things up in, kept up to date with the articles and the log by `fold`.

The sentences of an article, its speakers and the wordings of its claims follow from its current
tagging alone, so they are made again only when that is another one. The full-text tables keep no
text of their own: to take a sentence out, the same words are made again from article and tagging.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from annotator.model import Claim, Tagging
from annotator.store import catalogue
from annotator.store.connection import Connection, Row
from annotator.store.words import wording, words

FULL_TEXT = ("sentences_index", "notes_index")

# A sentence's row in the index says where it stands: the article's number, then its start. So the
# rows are in the order of the list; the longest text we read has fewer than 2**25 characters.
START_BITS = 25

# The notes of all events, current or not: an event never changes and so is never taken out.
NOTE = (
    "coalesce(json_extract({body}, '$.note'), '') || char(10)"
    " || coalesce(json_extract({body}, '$.reason'), '')"
)
NOTED = f"""
SELECT number, note FROM (
    SELECT number, {NOTE.format(body="body")} AS note FROM events
    WHERE number > ? AND kind IN ('judge', 'decide', 'skip', 'flag', 'send_back') AND body <> '{{}}'
) WHERE note <> char(10)
"""


def row_of(article: int, start: int) -> int:
    """Return the row of the sentence that starts there."""
    return article << START_BITS | start


def place_of(row: int) -> tuple[int, int]:
    """Return (article number, start) of a row."""
    return row >> START_BITS, row & ((1 << START_BITS) - 1)


def clear(file: Connection) -> None:
    """Empty the full-text tables, inside the caller's write transaction."""
    for table in FULL_TEXT:
        file.run(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")


def indexed(file: Connection, article: int) -> int | None:
    """Return the number of the tagging by which an article is indexed, None if it is not."""
    number: int | None = file.value("SELECT tagging FROM catalogue WHERE article = ?", (article,))
    return number


def update(file: Connection, article: int, before: int | None) -> None:
    """Bring an article's entries up to date; `before` is what `indexed` was."""
    now = indexed(file, article)
    if now == before:
        return
    text: str = file.value("SELECT text FROM articles WHERE number = ?", (article,))
    if before is not None:
        _take_out(file, article, text, catalogue.tagging(file, before))
    if now is not None:
        _put_in(file, article, text, catalogue.tagging(file, now))


def add_notes(file: Connection, since: int) -> None:
    """Index the notes in the events that arrived after number `since`."""
    file.run_many(
        "INSERT INTO notes_index (rowid, text) VALUES (?, ?)",
        [(number, " ".join(words(note))) for number, note in file.rows(NOTED, (since,))],
    )


def _put_in(file: Connection, article: int, text: str, tagging: Tagging) -> None:
    file.run_many(
        "INSERT INTO sentences_index (rowid, text) VALUES (?, ?)",
        _sentences(article, text, tagging),
    )
    file.run_many("INSERT INTO wordings VALUES (?, ?, ?)", _wordings(article, text, tagging))
    file.run_many(
        "INSERT INTO speakers VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (name, type)"
        " DO UPDATE SET claims = claims + ?4, articles = articles + ?5",
        _speakers(tagging),
    )


def _take_out(file: Connection, article: int, text: str, tagging: Tagging) -> None:
    file.run_many(
        "INSERT INTO sentences_index (sentences_index, rowid, text) VALUES ('delete', ?, ?)",
        _sentences(article, text, tagging),
    )
    file.run_many(
        "DELETE FROM wordings WHERE words = ? AND article = ? AND position = ?",
        _wordings(article, text, tagging),
    )
    gone = list(_speakers(tagging))
    file.run_many(
        "UPDATE speakers SET claims = claims - ?4, articles = articles - ?5"
        " WHERE name = ?1 AND type = ?2 AND search = ?3",
        gone,
    )
    file.run_many(
        "DELETE FROM speakers WHERE name = ? AND type = ? AND claims = 0", [row[:2] for row in gone]
    )


def _sentences(article: int, text: str, tagging: Tagging) -> Iterator[Row]:
    for segment in tagging.segments:
        found = words(text[segment.start : segment.end])
        if found:
            yield row_of(article, segment.start), " ".join(found)


def _wordings(article: int, text: str, tagging: Tagging) -> Iterator[Row]:
    """Yield (wording, article, position in the table of claims) of the claims of the walk."""
    for position, claim in enumerate(_unique(tagging)):
        number = wording(text[claim.start : claim.end]) if claim.walk else None
        if number is not None:
            yield number, article, position


def _speakers(tagging: Tagging) -> Iterator[Row]:
    """Yield (name, type, name for searching, claims of the walk, articles) of all who speak.

    The article counts once for a name, for the type that it most often has there.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for claim in _unique(tagging):
        name = catalogue.speaker(tagging, claim)
        if name is not None and claim.walk:
            of_type = tagging.attributions[claim.attributions[0]].speaker_type
            counts[name, of_type or ""] += 1
    counted: set[str] = set()
    for (name, kind), claims in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        yield name, kind, " ".join(words(name)), claims, int(name not in counted)
        counted.add(name)


def _unique(tagging: Tagging) -> list[Claim]:
    """Return the claims as the table of claims has them: of two with the same id the first."""
    first = dict.fromkeys(claim.id for claim in tagging.claims)
    by_id = {claim.id: claim for claim in reversed(tagging.claims)}
    return [by_id[identity] for identity in first]
