"""Pieces of Markdown in which foreign text does nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from annotator.display import display_text

MARKS = re.compile(r"([\\`*_\[\]|#~])")


def plain(text: str) -> str:
    """Return foreign text as one line that is neither markup nor HTML."""
    line = display_text(" ".join(text.split()))
    safe = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return MARKS.sub(r"\\\1", safe)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a table; its cells are Markdown already."""
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(map(str, cells))} |"


def listed(counts: Iterable[tuple[str, int]]) -> str:
    """Return counted things in a line ("unanimous 12, majority 3"), "none" where there are none."""
    return ", ".join(f"{plain(name)} {count}" for name, count in counts) or "none"
