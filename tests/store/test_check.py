"""Each kind of damage is named; the damage is done behind the program's back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotator.errors import StoreError
from annotator.model import digest
from annotator.store import Project, open_project

from .conftest import HARBOUR, lines, made, verdict


@pytest.fixture
def damaged(project: Project, path: Path):
    """A function that changes a sound file by SQL, with the triggers out of the way."""
    project.add([made(lines(3, "la suite"))], "ana")
    for row in project.claims():
        project.append("ana", "judge", row.claim.id, verdict("verified"))
    project.undo("ana")
    project.close()

    def damage(*statements: str) -> list[str]:
        connection = sqlite3.connect(path, isolation_level=None)
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
        connection.close()
        with open_project(path) as opened:
            return opened.check()

    return damage


def test_a_sound_project_has_no_problems(damaged):
    assert damaged() == []


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE articles SET text = text || 'x' WHERE number = 1", "not the one it had"),
        ("UPDATE articles SET number = 7 WHERE number = 2", "numbered 7"),
        ("UPDATE taggings SET claims = '[]' WHERE number = 1", "damaged"),
        ("UPDATE taggings SET language = 'en' WHERE number = 1", "damaged"),
        ("DELETE FROM taggings WHERE number = 1", "taggings"),
        ("UPDATE events SET body = '{}' WHERE number = 4", "changed after it was written"),
        ("UPDATE events SET actor = 'ben' WHERE number = 4", "changed after it was written"),
        ("DELETE FROM events WHERE number = 4", "the event before it is missing"),
        ("UPDATE state SET body = '{}'", "state is not what the log adds up to"),
        ("DELETE FROM undone", "undone is not what the log adds up to"),
        ("UPDATE progress SET seen = 9", "progress is not what the log adds up to"),
        ("UPDATE claims SET walk = 0", "claims is not what the log adds up to"),
        ("UPDATE catalogue SET title = 'x'", "catalogue is not what the log adds up to"),
        ("DROP VIEW judgements", "the view"),
        ("DROP INDEX events_by_chain", "the index events_by_chain is missing"),
    ],
)
def test_damage_is_named(damaged, statement: str, problem: str):
    found = damaged(statement)
    assert any(problem in line for line in found), found
    assert all("\n" not in line for line in found)


def test_a_missing_trigger_is_named(project: Project, path: Path):
    sqlite3.connect(path).execute("DROP TRIGGER events_are_not_deleted")
    assert project.check() == ["the trigger events_are_not_deleted is missing or was changed"]


def test_a_changed_text_or_tagging_is_not_shown_as_sound(damaged, path: Path):
    damaged(
        "UPDATE articles SET text = 'x' WHERE number = 1",
        "UPDATE taggings SET claims = '[{}]' WHERE number = 2",
    )
    with open_project(path) as project:
        with pytest.raises(StoreError, match="damaged"):
            project.article(digest(HARBOUR))
        with pytest.raises(StoreError, match="damaged"):
            list(project.claims(digest(lines(3, "la suite"))))


def test_checking_writes_nothing_and_leaves_others_free(project: Project, path: Path):
    before = path.read_bytes()
    assert project.check() == []
    assert path.read_bytes() == before
