"""Articles and their taggings: adding them, and reading them back."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence

from annotator.errors import StoreError
from annotator.model import Article, Tagging, digest
from annotator.store import catalogue
from annotator.store.codec import TaggingRow, about_to_body, tagging_to_row
from annotator.store.connection import PAUSE_SECONDS, TRANSACTION_SECONDS, Connection
from annotator.store.fold import fold
from annotator.store.log import last_number, write_event

BATCH = 500


def add(file: Connection, device: str, batch: Sequence[tuple[Article, Tagging]], actor: str) -> int:
    """Add articles that are not there yet, each whole or not at all; return how many were new."""
    added = 0
    left = iter(batch)
    while True:
        with file.writing():
            new, finished = _add_some(file, device, left, actor)
        added += new
        if finished:
            return added
        time.sleep(PAUSE_SECONDS)


def _add_some(
    file: Connection, device: str, left: Iterator[tuple[Article, Tagging]], actor: str
) -> tuple[int, bool]:
    since = last_number(file)
    end = time.monotonic() + TRANSACTION_SECONDS
    new = 0
    for article, tagging in left:
        new += _add_one(file, device, article, tagging, actor)
        fold(file, since)
        since = last_number(file)
        if time.monotonic() > end:
            return new, False
    return new, True


def _add_one(file: Connection, device: str, article: Article, tagging: Tagging, actor: str) -> bool:
    if tagging.article_id != article.id:
        raise ValueError("the tagging is of another article")
    if known(file, [article.id]):
        return False
    file.run("INSERT INTO articles (id, text) VALUES (?, ?)", (article.id, article.text))
    _insert_tagging(file, tagging_to_row(tagging))
    write_event(file, device, actor, "meta", article.id, about_to_body(article.about))
    return True


def add_tagging(file: Connection, device: str, tagging: Tagging, actor: str) -> bool:
    """Add a tagging beside the others of its article and make it the current one.

    Returns False where it already is the current one.
    """
    row = tagging_to_row(tagging)
    with file.writing():
        if not known(file, [tagging.article_id]):
            raise StoreError(f"{file.path}: no article {tagging.article_id}")
        if _current_id(file, tagging.article_id) == row.id:
            return False
        if not file.row("SELECT 1 FROM taggings WHERE id = ?", (row.id,)):
            _insert_tagging(file, row)
        since = last_number(file)
        write_event(file, device, actor, "retag", tagging.article_id, {"tagging": row.id})
        fold(file, since)
    return True


def known(file: Connection, ids: Iterable[str]) -> set[str]:
    """Return which of the article ids are in the project."""
    wanted = list(ids)
    found: set[str] = set()
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        marks = ", ".join("?" * len(some))
        rows = file.rows(f"SELECT id FROM articles WHERE id IN ({marks})", some)
        found.update(identity for (identity,) in rows)
    return found


def article(file: Connection, article_id: str) -> Article:
    """Return an article with what is known about it; StoreError if it is not there."""
    return Article(text_of(file, article_id), catalogue.about(file, article_id))


def text_of(file: Connection, article_id: str) -> str:
    """Return an article's exact text; StoreError if it is not there or not what it was."""
    text: str | None = file.value("SELECT text FROM articles WHERE id = ?", (article_id,))
    if text is None:
        raise StoreError(f"{file.path}: no article {article_id}")
    if digest(text) != article_id:
        raise StoreError(f"{file.path}: the text of article {article_id} is damaged")
    return text


def tagging(file: Connection, article_id: str) -> Tagging:
    """Return the current tagging of an article; StoreError if it has none."""
    found = catalogue.current_tagging(file, article_id)
    if found is None:
        raise StoreError(f"{file.path}: no article {article_id}")
    return found


def taggings(file: Connection, article_id: str) -> list[Tagging]:
    """Return all taggings of an article, the current one last; StoreError if it has none."""
    found = catalogue.taggings(file, article_id)
    if not found:
        raise StoreError(f"{file.path}: no article {article_id}")
    return [tagging for _, tagging in found]


def article_ids(file: Connection) -> Iterator[str]:
    """Yield the ids of all articles, sorted."""
    last = ""
    while True:
        rows = file.rows("SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?", (last, BATCH))
        yield from (identity for (identity,) in rows)
        if len(rows) < BATCH:
            return
        last = rows[-1][0]


def _current_id(file: Connection, article_id: str) -> str | None:
    current: str | None = file.value(
        "SELECT taggings.id FROM catalogue JOIN taggings ON taggings.number = catalogue.tagging"
        " WHERE catalogue.article = (SELECT number FROM articles WHERE id = ?)",
        (article_id,),
    )
    return current


def _insert_tagging(file: Connection, row: TaggingRow) -> None:
    file.run(
        f"INSERT INTO taggings ({catalogue.TAGGING_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row
    )
