"""One connection to a project file: opening, transactions, and errors a user can read."""

from __future__ import annotations

import itertools
import os
import re
import secrets
import sqlite3
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from annotator.errors import StoreError
from annotator.store import schema
from annotator.store.recent import Recent
from annotator.tagging.lookup import Lookup
from annotator.tagging.overlay import Corrected

Row = tuple[Any, ...]
Values = Sequence[Any] | dict[str, Any]

# SQLite waits ever longer between its attempts at a lock (up to 100 ms) and so keeps missing the
# short gaps that a long import leaves between two transactions, and does not wait at all where
# two processes turn to WAL mode at once; we try again ourselves, and much sooner.
RETRY_SECONDS = 0.0005

# A person who works in the same file waits for a key press no longer than one transaction of a
# long piece of work, and gets in between two of them during the pause. That is 50 ms at most:
# how long the next transaction takes is only known from the last.
TRANSACTION_SECONDS = 0.03
PAUSE_SECONDS = 0.004

KEPT_TAGGINGS = 4

# NORMAL in WAL mode: a commit is handed to the operating system without waiting for the disk, so
# it outlives the death of this process (kill -9); only a power cut may lose the last commits, and
# never the file's consistency.
SETTINGS = """
PRAGMA synchronous = NORMAL;
PRAGMA foreign_keys = ON;
PRAGMA recursive_triggers = ON;
PRAGMA cache_size = -16000;
"""

# For a file that somebody else made: the SQL in it is data, and so are its sizes.
DISTRUST = """
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA query_only = ON;
"""

# How SQLite says that it can neither find nor make the log beside a read-only file.
NO_COMPANIONS = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)

REASONS = {
    sqlite3.SQLITE_BUSY: "locked by another program; close it or try again",
    sqlite3.SQLITE_LOCKED: "locked by another program; close it or try again",
    sqlite3.SQLITE_READONLY: "read-only, so nothing can be saved in it",
    sqlite3.SQLITE_NOTADB: "not an annotator project (not a database)",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_FULL: "the disk is full, nothing was saved",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk or network drive failed",
    sqlite3.SQLITE_PROTOCOL: "the drive it is on does not support locking",
    sqlite3.SQLITE_PERM: "no permission to use it",
}


class Connection:
    """A project file as open in this process; every method raises only StoreError."""

    def __init__(self, path: Path, uri: str, read_only: bool, patience: float) -> None:
        self.path = path
        self.uri = uri
        self.read_only = read_only
        self.patience = patience
        self.writes = 0
        # A tagging never changes, and corrections are compared before they are used again.
        self.taggings: Recent[str, Lookup] = Recent(KEPT_TAGGINGS)
        self.corrected: Recent[tuple[str, str], Corrected] = Recent(KEPT_TAGGINGS)
        self.relisted = 0
        """How often this connection wrote to the list of articles."""
        self._sql = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None)
        self._identity = _identity(path)
        self._sql.executescript(SETTINGS)

    def keep_little(self) -> None:
        """Keep at most 4 MB of the file in memory: enough to read it, not to fill it."""
        self._sql.execute("PRAGMA cache_size = -4000")

    def close(self) -> None:
        """Close the file; the connection cannot be used afterwards."""
        self._sql.close()

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all rows of a query."""
        # Always read to the end: a half-read cursor pins an old snapshot, under which the next
        # write transaction of this connection could not start.
        with self.explained():
            return self._sql.execute(sql, values).fetchall()

    def each(self, sql: str) -> Generator[Row, None, None]:
        """Yield the rows of a query one by one, for a connection that writes nothing meanwhile."""
        with self.explained():
            yield from self._sql.execute(sql)

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Values = ()) -> Any:
        """Return the first column of the first row of a query, or None."""
        found = self.row(sql, values)
        return found[0] if found else None

    def run(self, sql: str, values: Values = ()) -> None:
        """Execute a statement for its effect."""
        with self.explained():
            self._sql.execute(sql, values)

    def run_many(self, sql: str, values: Iterable[Values]) -> None:
        """Execute a statement once for each of many values."""
        with self.explained():
            self._sql.executemany(sql, values)

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Make many short write transactions in a row cheaper.

        Each statement that could fail half-way keeps a copy of the pages it changes, by default
        in a file.
        """
        self.run("PRAGMA temp_store = MEMORY")
        try:
            yield
        finally:
            self.run("PRAGMA temp_store = DEFAULT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See one state of the file for several reads, whatever others write meanwhile."""
        self.run("BEGIN")
        try:
            yield
        finally:
            self.run("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the file's write lock for one transaction, committed unless the block raises."""
        with self.explained():
            # IMMEDIATE, because a transaction that reads first and then writes fails when somebody
            # else has written in between.
            self._insist("BEGIN IMMEDIATE")
            try:
                self._refuse_vanished()
                yield
                self._sql.execute("COMMIT")
            except BaseException:
                # A full disk may already have ended the transaction.
                if self._sql.in_transaction:
                    self._sql.execute("ROLLBACK")
                raise
            self.writes += 1

    def _refuse_vanished(self) -> None:
        """Refuse to write to a file that is not in its place: it would be gone when it is closed.

        SQLite does not notice, since the operating system keeps an open file.
        """
        found = _identity(self.path)
        # A new file is made by the first transaction.
        self._identity = self._identity or found
        if found is None or found != self._identity:
            raise StoreError(
                f"{self.path}: moved or deleted while it was open, nothing was saved; "
                "put it back, or open it again"
            )

    def _insist(self, statement: str) -> None:
        """Execute a statement that takes a lock, again and again until patience ends."""
        deadline = time.monotonic() + self.patience
        self._sql.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    self._sql.execute(statement)
                    return
                except sqlite3.OperationalError as error:
                    if _primary(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                        raise
                time.sleep(RETRY_SECONDS)
        finally:
            self._sql.execute(f"PRAGMA busy_timeout = {int(self.patience * 1000)}")

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn SQLite's errors into a StoreError that names the file."""
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: {_reason(error)}") from error
        except UnicodeDecodeError as error:
            # The words of an error can have bytes of the damaged file in them.
            raise StoreError(f"{self.path}: damaged") from error
        except UnicodeEncodeError as error:
            # A lone surrogate, as Python makes of undecodable bytes on a command line.
            raise StoreError(f"{self.path}: cannot keep what is not valid Unicode") from error

    def version(self) -> int:
        """Return a number that grows with every change, by this process or another."""
        others: int = self.value("PRAGMA data_version")
        return others + self.writes

    def list_version(self) -> int:
        """Return a number that grows whenever the list of articles may have changed."""
        others: int = self.value("PRAGMA data_version")
        return others + self.relisted

    def attach(self, project: Connection) -> None:
        """Make another file's tables readable here as `project.…`; nothing here locks it."""
        uri = re.sub(r"mode=rwc?\b", "mode=ro", project.uri)
        self.run("ATTACH ? AS project", (uri,))

    def distrust(self, longest: int) -> None:
        """Have SQLite take nothing for granted, nor read values of more than `longest` bytes."""
        self._sql.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
        with self.explained():
            self._sql.executescript(DISTRUST)

    def steps(self) -> list[str]:
        """Return the migration steps this project has had; StoreError if it is none of ours."""
        with self.explained():
            steps = schema.applied_steps(self._sql)
        if not steps:
            raise StoreError(f"{self.path}: not an annotator project")
        if set(steps) - set(schema.KNOWN_STEPS):
            raise StoreError(f"{self.path}: made by a newer version of annotator; please update")
        return steps

    def prepare(self, create: bool) -> None:
        """Check that the file is a project of a known version, and bring it up to date."""
        with self.explained():
            empty = schema.applied_steps(self._sql) is None
        if not (empty and create):
            steps = self.steps()
            if len(steps) == len(schema.KNOWN_STEPS):
                return
            if self.read_only:
                raise StoreError(
                    f"{self.path}: of an earlier version, and read-only: cannot be updated"
                )
            self._back_up(f"before-{schema.KNOWN_STEPS[len(steps)]}")
        self.migrate()

    def _back_up(self, name: str) -> None:
        """Write a copy of the project beside it, under a name that is not taken."""
        draft = self.path.with_name(f".{self.path.name}-{secrets.token_hex(4)}")
        try:
            self.run("VACUUM INTO ?", (str(draft),))
            draft.replace(_reserved(self.path, name))
        except OSError as error:
            raise StoreError(
                f"{self.path}: no backup could be made before updating it ({error.strerror})"
            ) from error
        finally:
            draft.unlink(missing_ok=True)

    def migrate(self) -> None:
        """Create the tables or bring them up to date; another process may do so at once."""
        with self.explained():
            self._insist("PRAGMA journal_mode = WAL")
        with self.writing():
            schema.migrate(self._sql)


def connect(path: Path, create: bool, patience: float) -> Connection:
    """Open a project file, made new if `create` and it is missing; StoreError says what is wrong.

    With `create`, the file must be writable; without, a read-only one is opened for reading.
    """
    _check_place(path, create)
    writable = _writable(path)
    if create and not writable:
        raise StoreError(f"{path}: the file or its folder is read-only, nothing can be saved")
    location = f"file:{quote(str(path.absolute()))}"
    if writable:
        return _open(path, f"{location}?mode={'rwc' if create else 'rw'}", create, patience)
    return _open_read_only(path, location, patience)


def _reserved(path: Path, name: str) -> Path:
    """Return a new, empty file beside a project, with its name and something in it."""
    for number in itertools.count(1):
        again = f"-{number}" if number > 1 else ""
        place = path.with_name(f"{path.stem}.{name}{again}{path.suffix}")
        with suppress(FileExistsError):
            place.touch(exist_ok=False)
            return place
    raise AssertionError("there is always another number")


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another that takes its place, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _check_place(path: Path, create: bool) -> None:
    try:
        if path.is_dir():
            raise StoreError(f"{path}: a folder, not a project file")
        if not path.parent.is_dir():
            raise StoreError(f"{path}: there is no folder {path.parent}")
        if not create and not path.exists():
            raise StoreError(f"{path}: no such file")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StoreError(f"{path}: {reason}") from error


def _writable(path: Path) -> bool:
    # The folder matters too: SQLite keeps its write-ahead log beside the file.
    parts = [path.parent, path] if path.exists() else [path.parent]
    return all(os.access(part, os.W_OK) for part in parts)


def _open(
    path: Path, uri: str, create: bool, patience: float, read_only: bool = False
) -> Connection:
    try:
        connection = Connection(path, uri, read_only, patience)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_reason(error)}") from error
    except UnicodeDecodeError as error:
        raise StoreError(f"{path}: damaged") from error
    try:
        connection.prepare(create)
    except BaseException:
        connection.close()
        raise
    return connection


def _open_read_only(path: Path, location: str, patience: float) -> Connection:
    try:
        return _open(path, f"{location}?mode=ro", False, patience, read_only=True)
    except StoreError as error:
        cause = error.__cause__
        if not (isinstance(cause, sqlite3.Error) and _primary(cause) in NO_COMPANIONS):
            raise
    # A file in WAL mode needs its companions, which cannot be made here. Without a log beside it
    # the file itself is the whole truth; with one, ignoring it would hide people's work.
    log = Path(f"{path}-wal")
    if log.exists() and log.stat().st_size:
        raise StoreError(f"{path}: in use or not closed, in a read-only folder; copy the folder")
    return _open(path, f"{location}?mode=ro&immutable=1", False, patience, read_only=True)


def _primary(error: sqlite3.Error) -> int:
    # The low byte is the error, the rest says more about it.
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _reason(error: sqlite3.Error) -> str:
    return REASONS.get(_primary(error)) or f"cannot be used ({' '.join(str(error).split())})"
