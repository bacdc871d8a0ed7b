"""A project file made of rows that came from elsewhere: unverified, only good for merging."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from annotator.store.codec import TaggingRow
from annotator.store.connection import connect
from annotator.store.log import COLUMNS, EventRow
from annotator.store.merge import ADD_TAGGING

PATIENCE_SECONDS = 1.0
ADD_EVENT = f"INSERT INTO events (id, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


class ArticleRows(NamedTuple):
    """An article with its taggings, as the columns of their tables."""

    id: str
    text: str
    taggings: tuple[TaggingRow, ...]


def assemble(path: Path, articles: Iterable[ArticleRows], events: Iterable[EventRow]) -> None:
    """Write a new project file; StoreError where a row does not even fit into its table.

    Whatever else is wrong with it, merging it finds.
    """
    file = connect(path, True, PATIENCE_SECONDS)
    try:
        with file.writing():
            for one in articles:
                file.run("INSERT INTO articles (id, text) VALUES (?, ?)", (one.id, one.text))
                file.run_many(ADD_TAGGING, one.taggings)
            file.run_many(ADD_EVENT, events)
    finally:
        file.close()
