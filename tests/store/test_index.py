"""Damage to what search looks things up in is named by check and mended by rebuild."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotator.store import ClaimFilter, Project, open_project
from annotator.store.index import place_of, row_of
from annotator.store.schema import KNOWN_STEPS, MIGRATIONS_TABLE

from .conftest import lines, made, verdict

NO_SENTENCES = "INSERT INTO sentences_index (sentences_index) VALUES ('delete-all')"


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        (NO_SENTENCES, "sentences_index"),
        ("INSERT INTO notes_index (notes_index) VALUES ('delete-all')", "notes_index"),
        ("INSERT INTO sentences_index (rowid, text) VALUES (5, 'intrus')", "sentences_index"),
        (
            "INSERT INTO sentences_index (sentences_index, rowid, text)"
            f" VALUES ('delete', {row_of(2, 0)}, 'phrase 0 de la suite')",
            "sentences_index",
        ),
        ("UPDATE speakers SET claims = 9", "speakers"),
        ("DELETE FROM wordings WHERE article = 2", "wordings"),
    ],
)
def test_damage_is_named_and_mended(project: Project, path: Path, statement: str, table: str):
    project.add([made(lines(3, "la suite"))], "ana")
    claim = next(project.claims()).claim.id
    project.append("ana", "judge", claim, verdict("verified") | {"note": "à revoir"})
    before = project.finder.search("ana", ClaimFilter(words="rev"))
    assert project.check() == []
    project.close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement)
    connection.close()
    with open_project(path) as opened:
        (line,) = opened.check()
        assert f"the table {table} is not what the log adds up to" in line
        opened.rebuild()
        assert opened.check() == []
        assert opened.finder.search("ana", ClaimFilter(words="rev")) == before


def test_a_sentence_that_moved_is_noticed(project: Project, path: Path):
    """The same words in the same number of places, but elsewhere."""
    connection = sqlite3.connect(path, isolation_level=None)
    text = "le port de verlac rouvre"
    connection.execute(
        "INSERT INTO sentences_index (sentences_index, rowid, text) VALUES ('delete', ?, ?)",
        (row_of(1, 0), text),
    )
    connection.execute(
        "INSERT INTO sentences_index (rowid, text) VALUES (?, ?)", (row_of(1, 3), text)
    )
    connection.close()
    assert any("sentences_index" in line for line in project.check())


def test_a_file_from_before_search_is_filled_in_when_it_is_opened(project: Project, path: Path):
    claim = next(project.claims()).claim.id
    project.append("ana", "flag", claim, {"note": "port à revoir"})
    before = project.finder.search("ana", ClaimFilter(words="port"))
    project.close()
    connection = sqlite3.connect(path, isolation_level=None)
    for table in ("sentences_index", "notes_index", "wordings", "speakers"):
        connection.execute(f"DROP TABLE {table}")
    for name in (
        "claims_by_speaker",
        "corrected_by_reviewer",
        "catalogue_by_claims",
        "catalogue_by_outlet",
    ):
        connection.execute(f"DROP INDEX {name}")
    position = KNOWN_STEPS.index("m004_search")
    for step in KNOWN_STEPS[position:]:
        connection.execute(f"DELETE FROM {MIGRATIONS_TABLE} WHERE name = ?", (step,))
    connection.close()
    with open_project(path) as opened:
        assert opened.finder.search("ana", ClaimFilter(words="port")) == before
        assert opened.finder.speakers("ana")[0].name == "Ana Brovic"
        assert opened.check() == []


def test_rows_are_in_the_order_of_the_list():
    places = [(1, 0), (1, 7), (1, 2**24), (2, 0), (3_000_000, 5)]
    rows = [row_of(*place) for place in places]
    assert rows == sorted(rows) and [place_of(row) for row in rows] == places
