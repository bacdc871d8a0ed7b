"""Laws: the state is a function of the log, however the log came about."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model import Event
from annotator.store import Project, open_project
from annotator.store.connection import Connection, connect
from annotator.store.fold import fold, rebuild
from annotator.store.log import COLUMNS, last_number
from annotator.store.schema import ACTS

from .conftest import HARBOUR, lines, made, tag, verdict

TABLES = ("catalogue", "claims", "undone", "state", "progress", "unsettled", "troubled")
ARTICLES = [made(HARBOUR, title="Le port"), made(lines(3, "la suite"))]
TARGETS = [claim.id for _, tagging in ARTICLES for claim in tagging.claims][:6]

acts = st.tuples(
    st.sampled_from(["judge", "judge", "judge", "skip", "flag", "decide"]),
    st.sampled_from(TARGETS),
    st.sampled_from([verdict("verified"), verdict("disputed"), {}]),
)
steps = st.one_of(acts, st.sampled_from(["undo", "undo", "redo"]), st.just("retag"))
people = st.sampled_from([("ana", "d1"), ("ana", "d2"), ("ben", "d1")])
stories = st.lists(st.tuples(people, steps), max_size=40)


@contextmanager
def fresh(empty_file: Path) -> Iterator[Path]:
    """A copy of the empty project for one example."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copy(empty_file, Path(folder) / "project.db"))


@dataclass
class Stacks:
    """What undo and redo should do, as two plain stacks."""

    done: list[Event] = field(default_factory=list)
    undone: list[Event] = field(default_factory=list)


def play(project: Project, story: list) -> None:
    """Do what the story says, holding undo and redo to the plain stacks on the way."""
    stacks: dict[tuple[str, str], Stacks] = {}
    for (actor, device), step in story:
        project.device = device
        mine = stacks.setdefault((actor, device), Stacks())
        assert project.can_undo(actor) == bool(mine.done)
        assert project.can_redo(actor) == bool(mine.undone)
        if step == "undo":
            assert project.undo(actor) == (mine.done[-1] if mine.done else None)
            if mine.done:
                mine.undone.append(mine.done.pop())
        elif step == "redo":
            assert project.redo(actor) == (mine.undone[-1] if mine.undone else None)
            if mine.undone:
                mine.done.append(mine.undone.pop())
        elif step == "retag":
            project.add_tagging(
                tag(HARBOUR, tagger="2", cut=5 + len(list(project.events()))), actor
            )
        else:
            mine.done.append(project.append(actor, *step))
            mine.undone.clear()


def naive(events: list[Event]) -> tuple[set[str], set[tuple]]:
    """The undone events and the state of a log, as DESIGN words it."""
    known = {event.id: event for event in events}

    def undone(event: Event) -> bool:
        return event.kind in (*ACTS, "undo") and any(
            one.kind == "undo"
            and one.target == event.id
            and one.actor == event.actor
            and not undone(one)
            for one in events
        )

    gone = {event.id for event in known.values() if undone(event)}
    last: dict[tuple, Event] = {}
    for event in sorted(events, key=lambda one: (one.seq, one.id)):
        if event.kind not in ("undo", "meta", "retag") and event.id not in gone:
            last[event.kind, event.target, event.actor] = event
    return gone, {(*key, one.id, one.seq, one.at, one.body) for key, one in last.items()}


def contents(file: Connection) -> dict[str, list]:
    """All derived rows."""
    return {table: sorted(file.rows(f"SELECT * FROM {table}"), key=repr) for table in TABLES}


@settings(max_examples=60, deadline=None)
@given(story=stories)
def test_state_equals_rebuild_equals_a_naive_fold(empty_file: Path, story: list):
    with fresh(empty_file) as path:
        with open_project(path) as project:
            project.add(ARTICLES, "ana")
            play(project, story)
            events = list(project.events())
        file = connect(path, False, 1)
        before = contents(file)
        undone, state = naive(events)
        assert {event for (event,) in before["undone"]} == undone
        assert set(before["state"]) == state
        with file.writing():
            rebuild(file)
        assert contents(file) == before
        seen = file.rows(
            "SELECT reviewer, claims.article, count(*) FROM judgements"
            " JOIN claims ON claims.id = claim WHERE walk GROUP BY 1, 2"
        )
        assert sorted(seen) == before["progress"]
        file.close()


@settings(max_examples=40, deadline=None)
@given(story=stories, order=st.randoms(use_true_random=False), size=st.integers(1, 9))
def test_the_order_in_which_events_arrive_does_not_matter(
    empty_file: Path, story: list, order: random.Random, size: int
):
    with fresh(empty_file) as path, fresh(empty_file) as other:
        with open_project(path) as project:
            project.add(ARTICLES, "ana")
            play(project, story)
            # A redo can itself be taken back only by another program; it must still add up.
            for event in [one for one in project.events(kind="undo")][:3]:
                project.append(event.actor, "undo", event.id, {})
                project.append("eve", "undo", event.id, {})
        source, file = connect(path, False, 1), connect(other, False, 1)
        with file.writing():
            for table in ("articles", "taggings"):
                for row in source.rows(f"SELECT * FROM {table} ORDER BY number"):
                    file.run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        events = source.rows(f"SELECT id, {COLUMNS} FROM events")
        order.shuffle(events)
        for start in range(0, len(events), size):
            with file.writing():
                since = last_number(file)
                file.run_many(
                    f"INSERT INTO events (id, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    events[start : start + size],
                )
                fold(file, since)
        assert contents(file) == contents(source)
        source.close()
        file.close()


def test_only_what_its_author_did_can_be_undone_by_an_event(project: Project):
    event = project.append("ana", "flag", TARGETS[0], {"note": "?"})
    project.append("ben", "undo", event.id, {})
    project.append("ana", "undo", next(project.events(kind="meta")).id, {})
    assert project.can_undo("ana")
    assert next(project.events(kind="meta")).id not in {
        row for (row,) in project._file.rows("SELECT event FROM undone")
    }
    assert project.check() == []


def test_a_very_long_chain_of_undos_is_settled(project: Project):
    event = project.append("ana", "judge", TARGETS[0], verdict("verified"))
    with project._file.writing():
        since = last_number(project._file)
        previous = event
        for number in range(3000):
            undo = Event(
                event.seq + 1 + number, "ana", "d9", None, event.at, "undo", previous.id, "{}"
            )
            project._file.run(
                f"INSERT INTO events (id, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (undo.id, undo.seq, "ana", "d9", None, undo.at, "undo", previous.id, "{}"),
            )
            previous = undo
        fold(project._file, since)
    assert project.judgement("ana", TARGETS[0]) is not None
    project.append("ana", "undo", previous.id, {})
    assert project.judgement("ana", TARGETS[0]) is None
