"""Files that are no sound projects are refused whole, by name, and nothing of theirs runs."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from annotator.errors import StoreError
from annotator.model import Event, canonical_json, digest
from annotator.store import Project, open_project
from annotator.store.codec import TaggingRow, tagging_id, tagging_to_row
from annotator.store.log import COLUMNS

from .conftest import HARBOUR, lines, made, tag, verdict

GOOD = {
    "seq": 3, "actor": "eve", "device": "e" * 32, "prev": None, "at": "2026-02-03T10:00:00.000Z",
    "kind": "judge", "target": "0" * 32, "body": "{}",
}  # fmt: skip


@pytest.fixture
def theirs(empty_file: Path, tmp_path: Path) -> Path:
    """A colleague's sound file with an article, two judgements and an undo."""
    path = Path(shutil.copy(empty_file, tmp_path / "eve.db"))
    with open_project(path) as project:
        project.device = "e" * 32
        project.add([made(HARBOUR)], "eve")
        claim = next(project.claims()).claim.id
        project.append("eve", "judge", claim, verdict("verified"))
    return path


@pytest.fixture
def refused(project: Project, theirs: Path) -> Callable[..., None]:
    """A function that spoils their file by SQL or otherwise and sees it refused, with no effect."""

    def attempt(words: str, *statements: str, spoil: Callable[[Path], None] | None = None) -> None:
        if statements:
            spoil_by(theirs, *statements)
        if spoil:
            spoil(theirs)
        before = [list(project.events()), list(project.article_ids()), project.version()]
        there = sorted(theirs.parent.iterdir())
        with pytest.raises(StoreError) as error:
            project.colleagues.merge(theirs)
        message = str(error.value)
        assert str(theirs) in message and words in message and "\n" not in message, message
        assert before == [list(project.events()), list(project.article_ids()), project.version()]
        assert sorted(theirs.parent.iterdir()) == there

    return attempt


def spoil_by(path: Path, *statements: str) -> None:
    """Run SQL on a file with everything that protects it out of the way."""
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("PRAGMA writable_schema = ON")
    for statement in statements:
        connection.execute(statement)
    for _, sql in triggers:
        with suppress(sqlite3.OperationalError):  # The table may be a view now.
            connection.execute(sql)
    connection.close()


def add_event(**changed: object) -> str:
    """SQL that adds an event, well formed but for what is changed; `id` is right if not given."""
    columns = {**GOOD, **changed}
    identity = columns.pop("id", None)
    event = Event(**columns)
    values = (identity or event.id, *(columns[name] for name in COLUMNS.split(", ")))
    quoted = ", ".join(
        "NULL" if value is None
        else str(value) if isinstance(value, int)
        else "'" + str(value).replace("'", "''") + "'"
        for value in values
    )  # fmt: skip
    return f"INSERT INTO events (id, {COLUMNS}) VALUES ({quoted})"


def test_the_fixture_is_sound(project: Project, theirs: Path):
    spoil_by(theirs, add_event())
    assert project.colleagues.merge(theirs).added == 3
    assert project.check() == []


@pytest.mark.parametrize(
    ("words", "statement"),
    [
        ("trigger spy is not", "CREATE TRIGGER spy AFTER INSERT ON events BEGIN SELECT 1; END"),
        ("view spy is not", "CREATE VIEW spy AS SELECT load_extension('x')"),
        ("table spy is not", "CREATE TABLE spy (x)"),
        ("table sqlite_stat1 is not", "ANALYZE"),
        ("index spy is not", "CREATE INDEX spy ON events (abs(seq))"),
        ("index events_by_order is not", "DROP INDEX events_by_order"),
        (
            "table events is not",
            "UPDATE sqlite_master SET sql = replace(sql, 'kind TEXT NOT NULL',"
            " 'kind TEXT NOT NULL AS (hex(target))') WHERE name = 'events'",
        ),
        (
            "table articles is not",
            "UPDATE sqlite_master SET sql = replace(sql, 'text TEXT NOT NULL',"
            " 'text TEXT NOT NULL DEFAULT (zeroblob(1000000000))') WHERE name = 'articles'",
        ),
        (
            "newer version",
            "INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('annotator', 'm999')",
        ),
        ("not an annotator project", "DELETE FROM _sqlite_migrations"),
        ("not an annotator project", "DROP TABLE _sqlite_migrations"),
    ],
)
def test_tables_that_are_not_ours(refused, words: str, statement: str):
    refused(words, statement)


def test_views_in_the_place_of_tables_are_never_asked(refused):
    """Reading one would never end."""
    endless = (
        "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x FROM n)"
        " SELECT x AS number, x AS id, x AS migration_set, x AS name FROM n"
    )
    refused(
        "is not as it must be",
        "DROP VIEW judgements",
        "DROP VIEW disagreements",
        "DROP VIEW decisions",
        "DROP TABLE events",
        f"CREATE VIEW events AS {endless}",
    )
    refused(
        "not an annotator project",
        "DROP TABLE _sqlite_migrations",
        f"CREATE VIEW _sqlite_migrations AS {endless}",
    )


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("changed after it was written", {"id": "f" * 32}),
        ("unknown kind", {"kind": "delete"}),
        ("not a name", {"actor": "eve\u202e"}),
        ("not a name", {"actor": "e" * 101}),
        ("not a name", {"device": " "}),
        ("not a time", {"at": "2026-02-31T10:00:00.000Z"}),
        ("not a time", {"at": "yesterday"}),
        ("target", {"target": "x" * 1000}),
        ("counted 9,", {"seq": 9}),
        ("counted", {"seq": 2**60}),
        ("is missing", {"prev": "f" * 32}),
        ("takes back nothing", {"kind": "undo", "target": "f" * 32}),
        ("not in the form", {"body": '{"a": 1}'}),
        ("not in the form", {"body": '{"b":1,"a":1}'}),
        ("not in the form", {"body": '{"a":1,"a":1}'}),
        ("not in the form", {"body": '{"a":1.5}'}),
        ("not in the form", {"body": '{"a":NaN}'}),
        ("not in the form", {"body": "[" * 5000 + "]" * 5000}),
        ("not in the form", {"body": "[1]"}),
        ("longer than", {"body": canonical_json({"note": "x" * 300_000})}),
        ("'labels'", {"body": '{"labels":[1]}'}),
        ("'labels'", {"body": '{"labels":{"veracity":"verified"}}'}),
        ("'spans'", {"body": '{"spans":{"sarcasm":[[3,1]]}}'}),
        ("'seconds'", {"body": '{"seconds":' + "9" * 4000 + "}"}),
        ("'note'", {"body": '{"note":{}}'}),
        ("'evidence'", {"body": '{"evidence":[{"kind":"spell","value":"x"}]}'}),
        ("'judgements'", {"kind": "decide", "body": '{"judgements":[[]]}'}),
        ("scheme", {"kind": "scheme", "body": '{"text":"name ="}'}),
    ],
)
def test_events_that_cannot_be(refused, words: str, changed: dict[str, object]):
    refused(words, add_event(**changed))


def test_words_marked_beyond_the_text(refused, theirs: Path):
    with open_project(theirs) as project:
        claim = next(project.claims()).claim.id
    body = canonical_json({"spans": {"sarcasm": [[3, len(HARBOUR)], [3, len(HARBOUR) + 1]]}})
    refused("beyond the end", add_event(target=claim, body=body))


def test_a_chain_that_is_not_one(refused, theirs: Path):
    with open_project(theirs) as project:
        first = next(project.events())
    refused("not an earlier one", add_event(actor="ana", prev=first.id))


def test_a_tower_of_undos(refused, theirs: Path):
    with open_project(theirs) as project:
        act = list(project.events())[-1]
    statements = []
    for number in range(3):
        event = Event(**{**GOOD, "seq": 3 + number, "kind": "undo", "target": act.id})
        statements.append(add_event(seq=event.seq, kind="undo", target=act.id))
        act = event
    refused("undo too far", *statements)


def test_a_very_deep_chain_is_no_problem(project: Project, theirs: Path):
    prev, statements = None, []
    for number in range(20_000):
        event = Event(**{**GOOD, "seq": number + 1, "prev": prev, "kind": "flag"})
        statements.append(add_event(seq=event.seq, prev=prev, kind="flag"))
        prev = event.id
    spoil_by(theirs, "BEGIN", *statements, "COMMIT")
    assert project.colleagues.merge(theirs).added == 20_002
    assert project.check() == []


def tagging_sql(**changed: object) -> str:
    """SQL that puts another tagging in the place of theirs, its id made to fit."""
    row = tagging_to_row(tag(HARBOUR))._replace(**changed)
    identity = tagging_id(row[1:])
    values = ", ".join(
        "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"
        for value in TaggingRow(identity, *row[1:])
    )
    return f"INSERT INTO taggings VALUES (9, {values})"


def with_claim(**changed: object) -> str:
    claim = {
        "start": 0, "end": 5, "segment": 0, "voice": "narrator", "attributions": [], "walk": True,
    }  # fmt: skip
    return canonical_json([{**claim, **changed}])


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("no stretch", {"claims": with_claim(end=10**6)}),
        ("no stretch", {"claims": with_claim(start=-1)}),
        ("no stretch", {"claims": with_claim(start=True)}),
        ("no stretch", {"segments": '[{"end":3.0,"kind":"sentence","start":0}]', "claims": "[]"}),
        ("order", {"segments": canonical_json(
            [{"start": s, "end": s + 9, "kind": "sentence"} for s in (9, 0)]), "claims": "[]"}),
        ("no known kind", {"segments": '[{"end":3,"kind":"verse","start":0}]', "claims": "[]"}),
        ("segment that is not", {"claims": with_claim(segment=99)}),
        ("attribution that is not", {"claims": with_claim(attributions=[7])}),
        ("no known voice", {"claims": with_claim(voice="chorus")}),
        ("no known voice", {"claims": with_claim(walk=1)}),
        ("not one", {"attributions": canonical_json([{
            "content": [[0, 3]], "kind": "direct", "cue": [], "source": [], "speaker": {"a": 1},
            "speaker_type": None, "via": None, "rule": ""}]), "claims": "[]"}),
        ("cannot be read", {"claims": '[{"x":1}]'}),
        ("cannot be read", {"claims": "7"}),
        ("not in the form", {"claims": "[ ]"}),
        ("tagging", {"claims": "[" * 5000 + "]" * 5000}),
    ],
)  # fmt: skip
def test_taggings_that_cannot_be(refused, words: str, changed: dict[str, object]):
    refused(words, tagging_sql(**changed))


@pytest.mark.parametrize(
    ("words", "statement"),
    [
        ("not the one it had", "UPDATE articles SET text = text || 'x'"),
        ("has no tagging", f"INSERT INTO articles VALUES (2, '{digest('x')}', 'x')"),
        ("damaged", "UPDATE taggings SET language = 'en'"),
        ("something missing", f"UPDATE taggings SET article = '{'0' * 32}'"),
        ("changed after it was written", "UPDATE events SET actor = 'ana'"),
        ("only the 1th here", "DELETE FROM events WHERE number = 1"),
    ],
)
def test_tampering(refused, words: str, statement: str):
    refused(words, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET body = x'00'",
        "UPDATE events SET seq = 'one'",
        "UPDATE events SET seq = 1.5",
        "UPDATE articles SET text = NULL",
        "UPDATE articles SET text = CAST(x'ff' AS TEXT)",
    ],
)
def test_values_of_other_types(refused, theirs: Path, statement: str):
    """Written while the tables were not strict."""
    with closing(sqlite3.connect(theirs)) as file:
        strict = dict(file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    loose = "UPDATE sqlite_master SET sql = replace(replace(sql, 'STRICT', ''), 'NOT NULL', '')"
    spoil_by(theirs, loose + " WHERE name IN ('events', 'articles')")
    spoil_by(theirs, statement)
    quoted = {name: sql.replace("'", "''") for name, sql in strict.items()}
    tight = "UPDATE sqlite_master SET sql = '{}' WHERE name = '{}'"
    refused("", *(tight.format(sql, name) for name, sql in quoted.items()))


def test_files_of_other_kinds(project: Project, refused, theirs: Path, tmp_path: Path):
    refused("not an annotator project", spoil=lambda path: path.write_bytes(b"x" * 5000))
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, words in (("folder", "not a project"), ("pipe", "not a project"), ("no", "No such")):
        with pytest.raises(StoreError, match=words):
            project.colleagues.merge(tmp_path / name)
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE events (id TEXT)")
    other.close()
    with pytest.raises(StoreError, match="not an annotator project"):
        project.colleagues.merge(tmp_path / "other.db")


def test_huge_values_are_refused_before_they_are_in_memory(refused):
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (2_500_000_000, limit[1]))
    try:
        refused("", "UPDATE articles SET text = CAST(zeroblob(300000000) AS TEXT)")
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limit)


def test_flipped_bytes_and_cut_files_never_bring_in_anything_wrong(
    project: Project, theirs: Path, tmp_path: Path
):
    with open_project(theirs) as opened:
        opened.add([made(lines(30, "la digue"))], "eve")
        good = {event.id for event in opened.events()}
    data = theirs.read_bytes()
    rng = random.Random(5)
    refusals = 0
    mine = {event.id for event in project.events()}
    for _ in range(60):
        spoiled = bytearray(data)
        for _ in range(rng.choice([1, 1, 20])):
            spoiled[rng.randrange(len(data))] = rng.randrange(256)
        if rng.random() < 0.2:
            del spoiled[rng.randrange(len(data)) :]
        (tmp_path / "spoiled.db").write_bytes(spoiled)
        try:
            project.colleagues.merge(tmp_path / "spoiled.db")
        except StoreError as error:
            assert "\n" not in str(error)
            refusals += 1
        assert {event.id for event in project.events()} <= good | mine
    assert refusals > 10 and project.check() == []


def test_a_file_in_use_is_read_with_what_is_not_carried_over_yet(project: Project, theirs: Path):
    with open_project(theirs) as opened:
        claim = next(opened.claims()).claim.id
        opened.append("eve", "judge", claim, verdict("disputed"))
        assert Path(f"{theirs}-wal").stat().st_size
        there = {file: file.read_bytes() for file in theirs.parent.iterdir() if "eve" in file.name}
        project.colleagues.merge(theirs)
        assert project.judgement("eve", claim).labels == {"veracity": ("disputed",)}
        assert there == {file: file.read_bytes() for file in there}
        assert json.loads(list(opened.events())[-1].body) == verdict("disputed")


WRITER = """
import sys
from annotator.store import open_project
with open_project(sys.argv[1]) as project:
    for number in range(1500):
        project.append("eve", "flag", str(number), {"note": "x" * 500})
"""


def test_a_file_that_is_written_to_all_the_while(project: Project, theirs: Path):
    """What is merged is what was in it at one moment, though its log is carried over meanwhile."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(theirs)])
    merged = 0
    while writer.poll() is None:
        with suppress(StoreError):
            project.colleagues.merge(theirs)
            merged += 1
        numbers = [int(event.target) for event in project.events(kind="flag")]
        assert numbers == list(range(len(numbers)))
    assert writer.returncode == 0 and merged
    project.colleagues.merge(theirs)
    assert len(list(project.events(kind="flag"))) == 1500
    assert project.check() == []
