from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotator.model import digest
from annotator.store import Project

from .conftest import HARBOUR, verdict


@pytest.fixture
def outside(project: Project, path: Path):
    """Another program's connection, with SQLite's own defaults."""
    claim = next(project.claims()).claim.id
    for actor, label in (("ana", "verified"), ("ben", "disputed")):
        project.append(actor, "judge", claim, verdict(label))
    project.append("lea", "decide", claim, verdict("disputed") | {"reason": "slip"})
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


def _copy(table: str, verb: str, **changed: str) -> str:
    columns = {
        "articles": "number, id, text",
        "taggings": "number, id, article, language, model, tagger, segments, attributions, claims",
        "events": "number, id, seq, actor, device, prev, at, kind, target, body",
    }[table]
    values = ", ".join(changed.get(name, name) for name in columns.split(", "))
    return f"{verb} INTO {table} ({columns}) SELECT {values} FROM {table} LIMIT 1"


@pytest.mark.parametrize("table", ["articles", "taggings", "events"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET id = id",
        "UPDATE OR REPLACE {table} SET number = 1",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE number = 1",
    ],
)
def test_kept_tables_refuse_update_and_delete(outside, table: str, statement: str):
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        outside.execute(statement.format(table=table))


@pytest.mark.parametrize("table", ["articles", "taggings", "events"])
@pytest.mark.parametrize("verb", ["INSERT", "REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize("changed", [{}, {"id": f"'{'e' * 32}'"}, {"number": "NULL"}])
def test_kept_tables_refuse_replacing(outside, table: str, verb: str, changed: dict[str, str]):
    before = outside.execute(f"SELECT * FROM {table}").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        outside.execute(_copy(table, verb, **changed))
    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        outside.execute(_copy(table, "INSERT") + " ON CONFLICT DO UPDATE SET id = 'x'")
    assert outside.execute(f"SELECT * FROM {table}").fetchall() == before


@pytest.mark.parametrize("table", ["articles", "taggings", "events"])
def test_kept_tables_take_what_is_new_among_what_is_known(outside, table: str):
    """The way to insert what may be there already."""
    source = _copy(table, "INSERT", id=f"'{'e' * 32}'", number="NULL").split("SELECT", 1)[1]
    statement = (
        _copy(table, "INSERT").split("SELECT")[0]
        + f"SELECT * FROM (SELECT {source}) AS one"
        + f" WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE id = '{'e' * 32}')"
    )
    for _ in range(2):
        outside.execute(statement)
    found = outside.execute(f"SELECT count(*) FROM {table} WHERE id = '{'e' * 32}'").fetchone()
    assert found == (1,)


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "'short'"},
        {"seq": "0"},
        {"seq": "'one'"},
        {"actor": "''"},
        {"at": "'yesterday'"},
        {"body": "'{'"},
        {"target": "NULL"},
    ],
)
def test_rows_that_cannot_be_events_are_refused(outside, changed: dict[str, str]):
    values = {"id": f"'{'e' * 32}'", "number": "NULL"} | changed
    with pytest.raises(sqlite3.IntegrityError):
        outside.execute(_copy("events", "INSERT", **values))


def test_the_views_read_well(outside):
    claim = digest_of_first_claim(outside)
    found = outside.execute(
        "SELECT article, claim, text, reviewer, labels, superseded FROM judgements"
        " ORDER BY reviewer"
    ).fetchall()
    words = "Le port de Verlac rouvre"
    assert found == [
        (digest(HARBOUR), claim, words, "ana", '{"veracity":["verified"]}', 0),
        (digest(HARBOUR), claim, words, "ben", '{"veracity":["disputed"]}', 0),
    ]
    (decision,) = outside.execute("SELECT claim, decided_by, labels, reason FROM decisions")
    assert decision == (claim, "lea", '{"veracity":["disputed"]}', "slip")
    (row,) = outside.execute("SELECT claim, reviewers, answers, labels FROM disagreements")
    assert row == (
        claim,
        2,
        2,
        '{"ana":{"veracity":["verified"]},"ben":{"veracity":["disputed"]}}',
    )


def digest_of_first_claim(outside) -> str:
    return outside.execute("SELECT id FROM claims ORDER BY position LIMIT 1").fetchone()[0]


def test_every_table_is_strict_and_the_file_uses_a_write_ahead_log(outside):
    tables = outside.execute(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE '%sqlite%'"
    ).fetchall()
    assert len(tables) >= 9 and all(strict for _, strict in tables)
    assert outside.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_our_connections_enforce_foreign_keys(project: Project):
    assert project._file.value("PRAGMA foreign_keys") == 1
    assert project._file.value("PRAGMA recursive_triggers") == 1
