"""Web pages: the article's text and what the page says about it, extracted by trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from annotator.errors import ReadingError
from annotator.model import About, Article
from annotator.reading.decoding import UTF16_MARKS, decode, read_bytes, storable

MOST_ELEMENTS = 50_000
"""Extraction takes up to 0.3 ms an element: this bounds a page to some fifteen seconds."""
DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
SINGLE_BYTE = {
    "iso-8859-1": "cp1252",  # what browsers read under this name
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-15": "iso-8859-15",
}
"""Older encodings that a page may declare; without a declaration a page is UTF-8."""
NO_ARTICLE = "no article text in the page"
# The default looks no further than today, so that the same page would give another date tomorrow.
DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


def read_page(file: BinaryIO, name: str) -> Iterator[Article]:
    """Yield the one article of a page: its headline, an empty line, its text, a line a paragraph.

    ReadingError if the page holds no article or too many elements.
    """
    document = _extract(_decode_page(read_bytes(file)))
    about = About(
        title=_about(document.title),
        outlet=_about(document.sitename),
        author=_about(document.author),
        date=_about(document.date),
        url=_about(document.url),
    )
    yield Article(storable(_with_headline(about.title, document.text)), about, name)


def _decode_page(data: bytes) -> str:
    try:
        return decode(data)
    except ReadingError:
        declared = DECLARED.search(data, 0, 1024)
        encoding = SINGLE_BYTE.get(declared[1].decode().casefold()) if declared else None
        if encoding is None or data.startswith(UTF16_MARKS):
            raise
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(f"not {encoding} at byte {error.start + 1}") from None


def _extract(html: str) -> Any:
    """Return trafilatura's document; it is imported here, because that takes a second."""
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    for library in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(library).setLevel(logging.CRITICAL)  # they would write on the screen
    tree = load_html(html)
    if tree is None:
        raise ReadingError(NO_ARTICLE)
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise ReadingError(f"more than {MOST_ELEMENTS} elements in the page")
    document: Any = bare_extraction(
        tree, with_metadata=True, include_comments=False, date_extraction_params=DATES
    )
    if document is None or not (document.text or "").strip():
        raise ReadingError(NO_ARTICLE)
    return document


def _about(value: str | None) -> str | None:
    return (value or "").strip() or None


def _with_headline(title: str | None, text: str) -> str:
    """Return the text under its headline, which extraction may take off and a reviewer judges."""
    first_line, _, rest = text.strip().partition("\n")
    if title is None:
        return text
    return f"{title}\n\n{rest if first_line.split() == title.split() else text}"
