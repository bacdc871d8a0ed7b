"""Verifying a whole project file: nothing is written, and people may go on working."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from annotator.errors import StoreError
from annotator.model import event_id
from annotator.store import content, disputes, index, log
from annotator.store.connection import Connection, connect
from annotator.store.fold import DERIVED, rebuild

KEPT = ("articles", "taggings", "events")

# What stands as somebody's last word and is none of their events.
STRAY = """
SELECT state.kind, state.target FROM state LEFT JOIN events ON events.id = state.event
WHERE (state.kind, state.target, state.actor, state.seq, state.at, state.body)
    IS NOT (events.kind, events.target, events.actor, events.seq, events.at, events.body)
LIMIT 1
"""

# What a full-text table holds, word by word: in how many places, and a sum over these.
WORDS = "SELECT term, count(*), sum(doc % 2147483647 * 31 + offset) FROM temp.{name} GROUP BY term"


def check(file: Connection) -> list[str]:
    """Return a line for each thing wrong with the file; none means all is well."""
    problems: list[str] = []
    for part in (_integrity, *content.PARTS):
        problems += _collect(part(file))
    # What follows from damaged parts would differ without saying more.
    return problems or _collect(_derived(file))


@contextmanager
def verifying(file: Connection) -> Iterator[None]:
    """Verify the database and what people said while a block reads it, in a thread beside it.

    StoreError at the end of the block where it is damaged. It costs a fraction of `check` and
    leaves out what is verified whenever it is read (articles and taggings) and what only screens
    show.
    """
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(_first_damage, file.path, file.patience)
        try:
            yield
        finally:
            # Whatever the block stumbled over, the damage is why.
            if problem := found.result():
                raise StoreError(
                    f"{file.path}: damaged: {problem};"
                    " see 'annotator check' and 'annotator recover'"
                )


def _first_damage(path: Path, patience: float) -> str | None:
    file = connect(path, create=False, patience=patience)
    try:
        return next(chain(_database(file), _changed(file)), None)
    finally:
        file.close()


def _changed(file: Connection) -> Iterator[str]:
    for row in log.event_rows(file):
        try:
            changed = event_id(*row[1:]) != row.id
        except (TypeError, ValueError):
            changed = True
        if changed:
            yield f"event {row.id} was changed after it was written"
    for kind, target in file.rows(STRAY):
        yield f"the {kind} of {target} is not in the log"


def _collect(part: Iterator[str]) -> list[str]:
    found: list[str] = []
    try:
        found.extend(part)
    except StoreError as error:
        found.append(str(error))
    return found


def _integrity(file: Connection) -> Iterator[str]:
    yield from _database(file)
    for table, number, parent, _ in file.rows("PRAGMA foreign_key_check"):
        yield f"{table} {number}: refers to something missing in {parent}"


def _database(file: Connection) -> Iterator[str]:
    for (line,) in file.rows("PRAGMA integrity_check"):
        if line != "ok":
            yield f"database: {' '.join(line.split())}"


def _derived(file: Connection) -> Iterator[str]:
    """Rebuild everything in a scratch database beside the project and compare."""
    # After a change of the scheme these follow in steps.
    later = ("troubled", "disputes") if disputes.is_behind(file) else ()
    scratch = Connection(file.path, "", False, file.patience)
    try:
        scratch.migrate()
        scratch.attach(file)
        with scratch.writing():
            for table in KEPT:
                scratch.run(f"INSERT INTO main.{table} SELECT * FROM project.{table}")
            rebuild(scratch)
            yield from _differences(scratch, [one for one in DERIVED if one not in later])
    finally:
        scratch.close()


def _differences(scratch: Connection, tables: Sequence[str]) -> Iterator[str]:
    for kind, name in scratch.rows(
        "SELECT type, name FROM (SELECT type, name, sql FROM main.sqlite_master"
        " EXCEPT SELECT type, name, sql FROM project.sqlite_master) ORDER BY type, name"
    ):
        yield f"the {kind} {name} is missing or was changed"
    for table in tables:
        ours, theirs = f"SELECT * FROM main.{table}", f"SELECT * FROM project.{table}"
        yield from _difference(scratch, table, ours, theirs)
    for table in index.FULL_TEXT:
        for name in ("main", "project"):
            scratch.run(
                f"CREATE VIRTUAL TABLE temp.{name}_{table}"
                f" USING fts5vocab ('{name}', '{table}', 'instance')"
            )
        ours, theirs = (WORDS.format(name=f"{name}_{table}") for name in ("main", "project"))
        yield from _difference(scratch, table, ours, theirs)


def _difference(scratch: Connection, table: str, ours: str, theirs: str) -> Iterator[str]:
    (missing,) = scratch.rows(f"SELECT count(*) FROM ({ours} EXCEPT {theirs})")[0]
    (extra,) = scratch.rows(f"SELECT count(*) FROM ({theirs} EXCEPT {ours})")[0]
    if missing or extra:
        yield (
            f"the table {table} is not what the log adds up to ({missing} lines missing,"
            f" {extra} too many): it can be rebuilt"
        )
