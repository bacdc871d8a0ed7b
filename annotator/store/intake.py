"""A colleague's project file, opened for reading only after all of it was found to be sound.

The file is untrusted. It is copied aside with its write-ahead log, so that nothing is written
beside it and nobody can change it while it is read; nothing in the copy is asked for before its
tables are known to be exactly ours, so that no SQL of theirs ever runs.
"""

from __future__ import annotations

import shutil
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from annotator.display import display_text
from annotator.errors import StoreError
from annotator.store import content, schema
from annotator.store.connection import Connection, Row

# A value longer than this is refused by SQLite before it is in memory.
LONGEST_VALUE = 250_000_000
PATIENCE_SECONDS = 1.0
ATTEMPTS = 20
WAIT_SECONDS = 0.05
WAL_HEADER = 32
SHOWN = 80
MOST_OBJECTS = 1000
QUOTES = str.maketrans("", "", '"`[] \n')
REFUSED = "refused, nothing was merged"


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """Yield a verified private copy of a project file; StoreError names what is wrong with it."""
    with TemporaryDirectory(prefix="annotator-") as folder:
        copy = Path(folder) / "project.db"
        _copy_aside(path, copy)
        file = _open(path, copy)
        try:
            _examine(file)
            yield file
        finally:
            file.close()


def _copy_aside(path: Path, copy: Path) -> None:
    """Copy a file and its log as they were at one moment, although somebody may be writing.

    A checkpoint in between would give pages from two moments. It writes to the file, and what is
    written after it begins the log anew with another header.
    """
    try:
        source = path.resolve()
        if not stat.S_ISREG(source.stat().st_mode):
            raise StoreError(f"{path}: not a project file")
        for _ in range(ATTEMPTS):
            before = _moment(source)
            shutil.copyfile(source, copy)
            if _log(source).exists():
                shutil.copyfile(_log(source), _log(copy))
            if _moment(source) == before:
                return
            _log(copy).unlink(missing_ok=True)
            time.sleep(WAIT_SECONDS)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StoreError(f"{path}: {reason}") from error
    raise StoreError(f"{path}: always being written to; close it there or hand in a copy")


def _moment(source: Path) -> tuple[int, int, bytes]:
    """Return what changes with every checkpoint."""
    found = source.stat()
    header = b""
    if _log(source).exists():
        with _log(source).open("rb") as log:
            header = log.read(WAL_HEADER)
    return found.st_mtime_ns, found.st_size, header


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _open(path: Path, copy: Path) -> Connection:
    try:
        return Connection(path, f"file:{quote(str(copy))}?mode=ro", True, PATIENCE_SECONDS)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: not an annotator project, or damaged") from error


def _examine(file: Connection) -> None:
    """Refuse a file that is not a sound project; the first thing wrong is named."""
    file.distrust(LONGEST_VALUE)
    _check_objects(file)
    # From here on all SQL in it is ours, word for word; that of our indexes and checks has to run.
    file.run("PRAGMA trusted_schema = ON")
    problems = chain(_integrity(file), chain.from_iterable(part(file) for part in content.PARTS))
    problem = next(problems, None)
    if problem is not None:
        raise StoreError(f"{file.path}: {REFUSED}: {display_text(problem)}")


def _check_objects(file: Connection) -> None:
    """Refuse a file whose tables, indexes, triggers and views are not exactly those we make."""
    rows = file.rows(f"{schema.LIST_OBJECTS} LIMIT {MOST_OBJECTS}")
    found = {_comparable(row) for row in rows}
    newest = {_comparable(row) for row in schema.objects()}
    if not {row for row in newest if row[2] == schema.MIGRATIONS_TABLE} <= found:
        raise StoreError(f"{file.path}: not an annotator project")
    ours = {_comparable(row) for row in schema.objects(tuple(file.steps()))}
    for kind, name, *_ in sorted(found ^ ours, key=lambda row: (row in ours, repr(row))):
        shown = display_text(f"{kind} {name}"[:SHOWN])
        raise StoreError(f"{file.path}: {REFUSED}: the {shown} is not as it must be")


def _comparable(row: Row) -> Row:
    """Return an object of a schema for comparing; versions of sqlite-utils quote in other ways."""
    if row[2] != schema.MIGRATIONS_TABLE:
        return row
    return (*row[:3], str(row[3]).translate(QUOTES))


def _integrity(file: Connection) -> Iterator[str]:
    for table in ("articles", "taggings", "events"):
        for (line,) in file.rows(f"PRAGMA integrity_check({table})"):
            if line != "ok":
                yield f"database: {' '.join(str(line).split())[:SHOWN]}"
    for table, number, parent, _ in file.rows("PRAGMA foreign_key_check(taggings)"):
        yield f"{table} {number}: refers to something missing in {parent}"
