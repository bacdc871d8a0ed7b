"""Texts that are a file each: plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from annotator.model import About, Article
from annotator.reading.decoding import decode, read_bytes, storable

LONGEST_TITLE = 200


def read_text(file: BinaryIO, name: str) -> Iterator[Article]:
    """Yield the one article of a file; its title is its first line, where that looks like one."""
    text = storable(decode(read_bytes(file)))
    yield Article(text, About(title=_title(text)), name)


def _title(text: str) -> str | None:
    """Return the first non-blank line without Markdown's signs; None if too long or no words."""
    line = text.lstrip()[: 2 * LONGEST_TITLE].splitlines()[0]
    title = re.sub(r"^#{1,6}\s+|\s+#+\s*$", "", line).strip()
    return title if len(title) <= LONGEST_TITLE and any(map(str.isalnum, title)) else None
