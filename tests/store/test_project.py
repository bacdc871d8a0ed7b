from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from annotator.errors import JudgementError, SchemeError, StoreError
from annotator.model import Event, canonical_json, digest
from annotator.scheme import default_scheme
from annotator.store import Project, open_project
from annotator.store.fold import fold
from annotator.store.log import COLUMNS

from .conftest import HARBOUR, lines, made, verdict


def _walk(project: Project) -> list[str]:
    return [row.claim.id for row in project.claims()]


def test_an_event_is_chained_and_numbered(project: Project):
    claim = _walk(project)[0]
    first = project.append("ana", "judge", claim, verdict("verified"))
    other = project.append("ben", "flag", claim, {"note": "é", "a": [1, True, None]})
    second = project.append("ana", "skip", claim, {})
    assert [event.seq for event in project.events()] == [1, 2, 3, 4]
    assert second.prev == first.id and other.prev is None
    assert first.prev == next(project.events(kind="meta")).id
    assert other.body == '{"a":[1,true,null],"note":"é"}' == canonical_json(json.loads(other.body))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first.at)
    assert list(project.events()) == [next(project.events()), first, other, second]


def test_events_by_actor_kind_and_target(project: Project):
    claims = _walk(project)
    for number in range(1200):
        actor = ("ana", "ben")[number % 2]
        project.append(actor, ("judge", "flag")[number % 3 == 0], claims[number % 3], {"n": number})
    everything = list(project.events())
    assert len(everything) == 1201
    for filters in (
        {"actor": "ben"},
        {"kind": "flag"},
        {"target": claims[1]},
        {"actor": "ana", "kind": "judge", "target": claims[2]},
    ):
        expected = [
            event
            for event in everything
            if all(getattr(event, name) == value for name, value in filters.items())
        ]
        assert expected and list(project.events(**filters)) == expected


@pytest.mark.parametrize(
    ("actor", "body", "error"),
    [
        ("  ", {}, JudgementError),
        ("ana", {"note": "\ud800"}, StoreError),
        ("\udcff", {}, StoreError),
        ("ana", {"x": 1.5}, ValueError),
        ("ana", {"x": [{"y": float("nan")}]}, ValueError),
        ("ana", {1: "x"}, TypeError),
    ],
)
def test_an_event_that_cannot_be_kept_is_refused(project: Project, actor, body, error):
    before = list(project.events())
    with pytest.raises(error):
        project.append(actor, "flag", "x", body)
    with pytest.raises(ValueError, match="unknown kind"):
        project.append("ana", "guess", "x", {})
    assert list(project.events()) == before


def test_undo_and_redo_survive_reopening_and_cross_articles(project: Project, path: Path):
    project.add([made(lines(2, "la suite"))], "ana")
    claims = _walk(project)
    first = project.append("ana", "judge", claims[0], verdict("verified"))
    last = project.append("ana", "judge", claims[-1], verdict("disputed"))
    with open_project(path) as again:
        assert again.undo("ana") == last
        assert again.judgement("ana", claims[-1]) is None
        assert again.undo("ben") is None and not again.can_redo("ben")
    with open_project(path) as again:
        assert again.undo("ana") == first
        assert again.undo("ana") is None
    with open_project(path) as again:
        assert again.redo("ana") == first
        assert again.judgement("ana", claims[0]).labels == {"veracity": ("verified",)}
        assert again.undo("ana") == first
        again.append("ana", "judge", claims[1], verdict("unverified"))
        assert not again.can_redo("ana") and again.redo("ana") is None


def test_undo_brings_the_former_answer_back(project: Project):
    claim = _walk(project)[0]
    for label in ("verified", "disputed"):
        project.append("ana", "judge", claim, verdict(label))
    project.append("ana", "judge", claim, {})
    for expected in ("disputed", "verified"):
        project.undo("ana")
        assert project.judgement("ana", claim).labels["veracity"] == (expected,)
    project.undo("ana")
    assert project.judgement("ana", claim) is None


def test_the_scheme_is_the_last_one_set(project: Project):
    assert project.scheme() == default_scheme()
    toml = (
        'name = "tiny"\n[[axes]]\nid = "truth"\nname = "Truth"\nmany = false\n'
        '[[axes.labels]]\nid = "yes"\nkey = "y"\nname = "yes"\ndefinition = "It is so."\n'
    )
    project.append("lea", "scheme", "1", {"text": toml})
    assert project.scheme().name == "tiny"
    claim = _walk(project)[0]
    project.append("ana", "judge", claim, {"labels": {"truth": ["yes"]}})
    assert project.page("ana", 0, 1)[0].judged == 1
    with pytest.raises(SchemeError, match=re.escape(str(project.path))):
        project.append("max", "scheme", "2", {"text": "name ="})
    assert project.scheme().name == "tiny" and project.check() == []


def test_reviewers_are_those_who_judged(project: Project):
    claim = _walk(project)[0]
    for actor in ("zoé", "ben", "Ana"):
        project.append(actor, "judge", claim, verdict("verified"))
    project.append("lea", "flag", claim, {})
    assert project.reviewers() == ["Ana", "ben", "zoé"]


def test_places_and_settings_are_kept_and_are_no_events(project: Project, path: Path):
    before = list(project.events())
    project.set_place("ana", "a", "c1")
    project.set_place("ana", "a", "c2")
    project.set_place("ben", "b", "c3")
    project.set_local("theme", "nord")
    with open_project(path) as again:
        assert again.place("ana") == ("a", "c2") and again.place("ben") == ("b", "c3")
        assert again.local("theme") == "nord" and again.local("x") is None
        assert again.place("max") is None
        assert again.device == project.device and re.fullmatch("[0-9a-f]{32}", again.device)
    assert list(project.events()) == before


def test_the_version_grows_with_ones_own_and_others_changes(project: Project, path: Path):
    seen = [project.version()]
    project.append("ana", "flag", "x", {})
    seen.append(project.version())
    with open_project(path) as other:
        other.append("ben", "flag", "x", {})
    seen.append(project.version())
    assert seen == sorted(set(seen))
    assert project.version() == seen[-1]


def test_a_snapshot_does_not_see_what_others_write(project: Project, path: Path):
    with open_project(path) as other, project.snapshot():
        before = list(project.events())
        other.append("ben", "flag", "x", {})
        assert list(project.events()) == before
    assert len(list(project.events())) == len(before) + 1


def test_a_fork_is_reported_and_is_no_damage(project: Project):
    assert project.forks() == []
    claim = _walk(project)[0]
    event = project.append("ben", "flag", claim, {})
    twin = Event(event.seq, "ben", project.device, None, event.at, "skip", claim, "{}")
    with project._file.writing():
        project._file.run(
            f"INSERT INTO events (id, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (twin.id, twin.seq, "ben", twin.device, None, twin.at, "skip", claim, "{}"),
        )
        fold(project._file, 0)
    assert project.check() == []
    assert project.forks() == [
        f"ben on device {project.device}: 2 events follow the beginning",
    ]


def test_rebuild_mends_the_derived_tables(project: Project):
    claim = _walk(project)[0]
    project.append("ana", "judge", claim, verdict("verified"))
    page = project.page("ana", 0, 10)
    for table in ("progress", "state", "claims", "catalogue"):
        project._file.run(f"DELETE FROM {table}")
    assert project.page("ana", 0, 10) == []
    project.rebuild()
    assert project.page("ana", 0, 10) == page
    assert project.check() == []


def test_a_closed_project_says_so(path: Path):
    project = open_project(path)
    project.close()
    with pytest.raises(StoreError, match="closed"):
        project.article(digest(HARBOUR))


def test_little_of_the_file_is_kept_in_memory_where_that_is_asked_for(project: Project):
    before = project._file.value("PRAGMA cache_size")
    project.keep_little()
    assert before < project._file.value("PRAGMA cache_size") < 0  # less, in kilobytes below 0
