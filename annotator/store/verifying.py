"""Verifying a project while a dataset is made of it: enough for no wrong one ever to be made."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path

from annotator.errors import StoreError
from annotator.model import event_id
from annotator.store import log
from annotator.store.connection import Connection, connect

LARGE = 10_000_000
"""Bytes of a project from which on starting a process takes less time than it saves."""

# What stands as somebody's last word, in the order of the log: to be compared while the log is gone
# through once. Looking each one's event up by its id would read all over a large file.
LAST_WORDS = "SELECT event, seq, actor, at, kind, target, body FROM state ORDER BY seq, event"

# It imports this module from where we have it, and nothing from the current folder.
PROGRAM = """
import json, sys
path, patience, sys.path[:] = json.loads(sys.argv[1])
from annotator.store.verifying import answer
answer(path, patience)
"""


@contextmanager
def verifying(file: Connection) -> Iterator[None]:
    """Verify the database and what people said while a block reads it.

    StoreError at the end of the block where it is damaged. It costs a fraction of `check` and
    leaves out what is verified whenever it is read (articles and taggings) and what only screens
    show. A large project is verified in a process of its own, beside the block, a small one after
    it.
    """
    beside = sys.executable and _size(file) >= LARGE
    with _process(file) if beside else nullcontext(lambda: _problem(file)) as find:
        try:
            yield
        except Exception:
            # Whatever the block stumbled over, the damage is why.
            _refuse(find())
            raise
        _refuse(find())


def answer(path: str, patience: float) -> None:
    """Print as JSON what is wrong with a project, null where nothing is: the process beside."""
    try:
        file = connect(Path(path), create=False, patience=patience)
        try:
            found = _problem(file)
        finally:
            file.close()
    except StoreError as error:
        found = str(error)
    print(json.dumps(found))


def database(file: Connection) -> Iterator[str]:
    """Yield what is wrong with the database itself."""
    for (line,) in file.rows("PRAGMA integrity_check"):
        if line != "ok":
            yield f"database: {' '.join(line.split())}"


def _size(file: Connection) -> int:
    pages: int = file.value("PRAGMA page_count")
    return pages * int(file.value("PRAGMA page_size"))


@contextmanager
def _process(file: Connection) -> Iterator[Callable[[], str | None]]:
    """Have a process verify a project; give what waits for its answer."""
    told = json.dumps([str(file.path), file.patience, sys.path])
    try:
        # Not multiprocessing, which would import the main program of whoever calls us once more.
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", PROGRAM, told],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise StoreError(f"{file.path}: could not be verified ({error.strerror})") from error
    with process:
        try:
            yield lambda: _answered(file, process)
        finally:
            # After an interrupt nobody waits for the answer.
            process.kill()


def _answered(file: Connection, process: subprocess.Popen[bytes]) -> str | None:
    """Return what a process found; StoreError where it ended without an answer."""
    said, _ = process.communicate()
    with suppress(ValueError):
        found = json.loads(said)
        if process.returncode == 0 and (found is None or isinstance(found, str)):
            return found
    raise StoreError(
        f"{file.path}: could not be verified, the process that did it ended early"
        f" (exit code {process.returncode})"
    )


def _refuse(problem: str | None) -> None:
    if problem is not None:
        raise StoreError(problem)


def _problem(file: Connection) -> str | None:
    found = next(database(file), None) or _change(file)
    if found is None:
        return None
    return f"{file.path}: damaged: {found}; see 'annotator check' and 'annotator recover'"


def _change(file: Connection) -> str | None:
    """Return what no longer is what somebody said, or stands and is none of these events."""
    with closing(file.each(LAST_WORDS)) as last_words:
        awaited = next(last_words, None)
        for event in log.event_rows(file):
            identity, seq, actor, _, _, at, kind, target, body = event
            try:
                changed = event_id(*event[1:]) != identity
            except (TypeError, ValueError):
                changed = True
            if changed:
                return f"event {identity} was changed after it was written"
            if awaited == (identity, seq, actor, at, kind, target, body):
                awaited = next(last_words, None)
    return None if awaited is None else f"the {awaited[4]} of {awaited[5]} is not in the log"
