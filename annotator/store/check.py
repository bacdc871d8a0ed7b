"""Verifying a whole project file: nothing is written, and people may go on working."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.errors import StoreError
from annotator.store import content, disputes, index
from annotator.store.connection import Connection
from annotator.store.fold import DERIVED, rebuild
from annotator.store.verifying import database

KEPT = ("articles", "taggings", "events")

# What a full-text table holds, word by word: in how many places, and a sum over these.
WORDS = "SELECT term, count(*), sum(doc % 2147483647 * 31 + offset) FROM temp.{name} GROUP BY term"


def check(file: Connection) -> list[str]:
    """Return a line for each thing wrong with the file; none means all is well."""
    problems: list[str] = []
    for part in (_integrity, *content.PARTS):
        problems += _collect(part(file))
    # What follows from damaged parts would differ without saying more.
    return problems or _collect(_derived(file))


def _collect(part: Iterator[str]) -> list[str]:
    found: list[str] = []
    try:
        found.extend(part)
    except StoreError as error:
        found.append(str(error))
    return found


def _integrity(file: Connection) -> Iterator[str]:
    yield from database(file)
    for table, number, parent, _ in file.rows("PRAGMA foreign_key_check"):
        yield f"{table} {number}: refers to something missing in {parent}"


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
