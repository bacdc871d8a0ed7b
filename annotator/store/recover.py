"""Saving what is good in a damaged project file into a new one.

Every article, tagging and event has an id that is the hash of all the rest of it, so whatever
verifies is exactly what was once stored, wherever in the file it was found. What is derived is
made again. Where events are missing, a `meta` event about `content.LOST` says so and names those
that others follow on or take back, so that the new file verifies and can be merged: its body is
{"lost": ids}.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import StoreError
from annotator.model import Article, digest
from annotator.store import content, fold, log, pages
from annotator.store.catalogue import TAGGING_COLUMNS
from annotator.store.codec import TaggingRow, tagging_id
from annotator.store.connection import Connection, connect
from annotator.store.pages import Value

PATIENCE_SECONDS = 5.0
PORTION = 5000
"""How many lost events one event names: its body may not be longer than a body may be."""

# Columns of the tables of which a row verifies by itself, each with the number of the row.
COLUMNS = {
    "articles": "number, id, text",
    "taggings": f"number, {TAGGING_COLUMNS}",
    "events": f"number, id, {log.COLUMNS}",
}
WIDTHS = {len(columns.split(",")): table for table, columns in COLUMNS.items()}

# Found rows wait here: they come in the order of the pages, some of them twice.
FOUND = "CREATE TEMP TABLE found_{table} ({columns}, UNIQUE (id))"
KEEP = "INSERT OR IGNORE INTO temp.found_{table} VALUES ({marks})"

# Numbers are given anew, because rows are missing; their order stays.
TAKE = (
    "INSERT INTO articles (id, text) SELECT id, text FROM temp.found_articles"
    " WHERE id IN (SELECT article FROM temp.found_taggings) ORDER BY number, id",
    f"INSERT INTO taggings ({TAGGING_COLUMNS}) SELECT {TAGGING_COLUMNS} FROM temp.found_taggings"
    " WHERE article IN (SELECT id FROM articles) ORDER BY number, id",
    f"INSERT INTO events (id, {log.COLUMNS}) SELECT id, {log.COLUMNS} FROM temp.found_events"
    " ORDER BY seq, id",
)

TAGGING_AND_TEXT = (
    f"SELECT {', '.join(f'tagging.{name}' for name in TAGGING_COLUMNS.split(', '))}, article.text"
    " FROM temp.found_taggings AS tagging"
    " LEFT JOIN temp.found_articles AS article ON article.id = tagging.article"
    " WHERE tagging.id = ?"
)
UNTAGGED = (
    "SELECT text FROM temp.found_articles"
    " WHERE id NOT IN (SELECT article FROM temp.found_taggings) ORDER BY number, id"
)
WITHOUT_TEXT = (
    "SELECT count(DISTINCT article) FROM temp.found_taggings"
    " WHERE article NOT IN (SELECT id FROM temp.found_articles)"
)
LOST = """
SELECT prev FROM events WHERE prev IS NOT NULL
UNION SELECT target FROM events WHERE kind = 'undo'
EXCEPT SELECT id FROM events
"""
# How many events there must have been, by their counters, beyond those that are here.
GAP = (
    "SELECT coalesce(max(seq - place), 0) FROM"
    " (SELECT seq, row_number() OVER (ORDER BY seq, id) AS place FROM events)"
)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was saved of a damaged project file, and what is known to be lost."""

    articles: int
    events: int
    untagged: tuple[Article, ...]
    """Articles whose tags were all lost; they are not in the new file yet."""
    without_text: int
    """Articles of which only tags were found."""
    lost: int
    """Events that are known to have been there and were not found: at least so many."""


def recover(path: Path, new: Path, actor: str) -> Recovered:
    """Write what verifies in a project file, which is only read, into a new one.

    StoreError where it cannot be read, nothing in it verifies, or the new file is there already.
    """
    _check(path, new)
    draft = new.with_name(f".{new.name}.part")
    companions = [draft.with_name(draft.name + end) for end in ("-wal", "-shm")]
    for part in (draft, *companions):
        part.unlink(missing_ok=True)
    try:
        file = connect(draft, create=True, patience=PATIENCE_SECONDS)
        try:
            found = _recover(file, path, actor)
        finally:
            file.close()
        draft.replace(new)
        return found
    except OSError as error:
        raise StoreError(f"{new}: cannot be written ({error.strerror})") from error
    finally:
        for part in (draft, *companions):
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _check(path: Path, new: Path) -> None:
    try:
        if not path.is_file():
            raise StoreError(f"{path}: no such file")
        if new.exists():
            raise StoreError(f"{new}: is there already")
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error


def _recover(file: Connection, path: Path, actor: str) -> Recovered:
    with file.writing():
        _find(file, path)
        for statement in TAKE:
            file.run(statement)
        counts = {table: file.value(f"SELECT count(*) FROM {table}") for table in COLUMNS}
        untagged = tuple(Article(text) for (text,) in file.rows(UNTAGGED))
        if not any(counts.values()) and not untagged:
            raise StoreError(f"{path}: nothing of an annotator project was found in it")
        lost = [identity for (identity,) in file.rows(LOST)]
        device = file.value("SELECT value FROM local WHERE key = 'device'")
        missing = max(len(lost), file.value(GAP))
        for start in range(0, max(len(lost), min(missing, 1)), PORTION):
            body = {"lost": lost[start : start + PORTION]}
            log.write_event(file, device, actor, "meta", content.LOST, body)
        fold.rebuild(file)
        return Recovered(
            articles=counts["articles"],
            events=counts["events"],
            untagged=untagged,
            without_text=file.value(WITHOUT_TEXT),
            lost=missing,
        )


def _find(file: Connection, path: Path) -> None:
    """Put every row that verifies by itself aside, and drop the tags that fit no text found."""
    for table, columns in COLUMNS.items():
        file.run(FOUND.format(table=table, columns=columns))
    for row in pages.rows(path, frozenset(WIDTHS)):
        table = WIDTHS[len(row.values)]
        if VERIFIES[table](row.values[1:]):
            marks = ", ".join("?" * len(row.values))
            file.run(KEEP.format(table=table, marks=marks), (row.number, *row.values[1:]))
    for (identity,) in file.rows("SELECT id FROM temp.found_taggings"):
        *values, text = file.rows(TAGGING_AND_TEXT, (identity,))[0]
        if text is not None and isinstance(
            content.readable_tagging(TaggingRow(*values), text), str
        ):
            file.run("DELETE FROM temp.found_taggings WHERE id = ?", (identity,))


def _is_article(values: Sequence[Value]) -> bool:
    identity, text = values
    return isinstance(text, str) and len(text) <= content.MOST_TEXT and digest(text) == identity


def _is_tagging(values: Sequence[Value]) -> bool:
    identity, *columns = values
    texts = [one for one in columns if one is None or isinstance(one, str)]
    return len(texts) == len(columns) and tagging_id(texts) == identity


def _is_event(values: Sequence[Value]) -> bool:
    identity, *columns = values
    return isinstance(identity, str) and content.event_problem(identity, columns) is None


VERIFIES = {"articles": _is_article, "taggings": _is_tagging, "events": _is_event}
