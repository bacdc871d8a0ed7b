"""Paths in, articles out: folders walked in sorted order, each file read by its ending."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from annotator.errors import ReadingError
from annotator.model import Article
from annotator.reading.page import read_page
from annotator.reading.plain import read_text
from annotator.reading.refusal import Refusal
from annotator.reading.tables import count_lines, count_rows, read_csv, read_jsonl

STDIN = "-"
PIPED = "standard input"
READERS: dict[str, Callable[[io.BufferedReader, str], Iterator[Article | Refusal]]] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_page,
    ".htm": read_page,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_csv,
}
COUNTERS = {".jsonl": count_lines, ".csv": count_rows, ".tsv": count_rows}
ENDINGS = tuple(READERS)
"""The file name endings that can be read."""


def read_paths(
    paths: Iterable[str | Path], stdin: BinaryIO | None = None
) -> Iterator[Article | Refusal]:
    """Yield lazily what files and folders hold, folders in sorted order; "-" is standard input.

    What cannot be read gives a Refusal in its place, and the rest goes on. Inside folders, hidden
    files and those with other endings are passed over.
    """
    for path in paths:
        if str(path) == STDIN:
            yield from _read(PIPED, read_text(stdin or sys.stdin.buffer, PIPED))
            continue
        for found in _files(Path(path)):
            if isinstance(found, Refusal):
                yield found
            else:
                yield from _read(str(found), _items(found))


def count(paths: Iterable[str | Path]) -> int:
    """Return about how many articles and refusals `read_paths` will give: a total for progress.

    Files are counted, JSON lines and CSV rows too, by their line ends in one quick pass.
    """
    return sum(1 if str(path) == STDIN else sum(map(_count, _files(Path(path)))) for path in paths)


def _files(top: Path) -> Iterator[Path | Refusal]:
    """Yield a file itself, or the readable files below a folder, each folder once."""
    seen: set[tuple[int, int]] = set()
    branches: list[Iterator[Path]] = [iter([top])]
    empty = True
    while branches:
        path = next(branches[-1], None)
        if path is None:
            branches.pop()
        elif os.path.isdir(path):
            try:
                branches.append(_entries(path, seen))
            except OSError as error:
                empty = False
                yield _refusal(str(path), error)
        elif path == top or path.suffix.casefold() in READERS:
            empty = False
            yield path
    if empty:
        yield Refusal(str(top), f"no file in it that can be read ({', '.join(ENDINGS)})")


def _entries(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    """Return what is in a folder, sorted; nothing where a link led back to a folder seen before."""
    info = folder.stat()
    if (info.st_dev, info.st_ino) in seen:
        return iter(())
    seen.add((info.st_dev, info.st_ino))
    names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    return map(folder.joinpath, names)


def _items(path: Path) -> Iterator[Article | Refusal]:
    with _open(path) as file:
        reader = READERS.get(path.suffix.casefold())
        if reader is None:
            raise ReadingError(f"not one of the endings that can be read ({', '.join(ENDINGS)})")
        yield from reader(file, str(path))


def _read(name: str, items: Iterator[Article | Refusal]) -> Iterator[Article | Refusal]:
    """Pass the items of one file on; what breaks it off becomes its last refusal."""
    empty = True
    try:
        for item in items:
            empty = False
            yield item
    except (OSError, ReadingError) as error:
        yield _refusal(name, error)
    else:
        if empty:
            yield Refusal(name, "empty")


def _refusal(name: str, error: OSError | ReadingError) -> Refusal:
    # The text of an OSError repeats the file's name, with whatever is in it.
    reason = error.strerror or "cannot be read" if isinstance(error, OSError) else str(error)
    return Refusal(name, reason)


def _count(found: Path | Refusal) -> int:
    if isinstance(found, Refusal) or found.suffix.casefold() not in COUNTERS:
        return 1
    try:
        with _open(found) as file:
            return max(1, COUNTERS[found.suffix.casefold()](file))
    except (OSError, ReadingError):
        return 1


def _open(path: Path) -> io.BufferedReader:
    """Open a file; ReadingError if it is a pipe or device, which could make us wait for ever."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise ReadingError("not a regular file")
    return path.open("rb")
