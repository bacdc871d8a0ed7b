"""Laws: the state is a function of the log, however the log came about."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model import Attribution, Claim, Event
from annotator.store import Project, correction_to_body, open_project
from annotator.store.connection import Connection, connect
from annotator.store.fold import DERIVED, fold, rebuild
from annotator.store.log import COLUMNS, last_number
from annotator.store.schema import ACTS
from annotator.tagging.overlay import Correction, CutCorrection, TagCorrection, corrected, cut_id

from .conftest import HARBOUR, lines, made, tag, verdict

ARTICLES = [made(HARBOUR, title="Le port"), made(lines(3, "la suite"))]
TARGETS = [claim.id for _, tagging in ARTICLES for claim in tagging.claims][:6]

TAGGING = ARTICLES[0][1]
SAID = TAGGING.attributions[0]
SHORTER = replace(SAID, content=((SAID.content[0][0], SAID.content[0][1] - 4),))
MISSED = Attribution(((HARBOUR.index("la grève"), HARBOUR.index(", la mairie")),), "indirect")
CORRECTIONS: list[Correction] = [
    *(TagCorrection(SAID.id(TAGGING.article_id), SAID, now) for now in (None, SHORTER, SAID)),
    TagCorrection(
        SAID.id(TAGGING.article_id), SAID, replace(SAID, speaker="la mairie", kind="mixed")
    ),
    *(
        TagCorrection(MISSED.id(TAGGING.article_id), None, now)
        for now in (MISSED, replace(MISSED, kind="direct"), None)
    ),
    *(
        CutCorrection(cut_id(TAGGING.article_id, start), start, was, now)
        for start, was in ((HARBOUR.index("la mairie"), False), (HARBOUR.index("Alors"), True))
        for now in (True, False)
    ),
]
# Claims that only these corrections make, and where they are.
MADE = sorted(
    {
        claim.id: {"article": TAGGING.article_id, "start": claim.start, "end": claim.end,
                   "voice": claim.voice}
        for one in CORRECTIONS
        for claim in corrected(HARBOUR, TAGGING, [one]).tagging.claims
        if claim.id not in {claim.id for claim in TAGGING.claims}
    }.items()
)  # fmt: skip

corrects = st.sampled_from(CORRECTIONS).map(
    lambda one: ("correct", one.target, correction_to_body(TAGGING.article_id, one))
)
# As somebody may have judged in whose copy the correction was still there.
judges = st.tuples(st.sampled_from(MADE), st.sampled_from(["verified", "disputed"])).map(
    lambda pair: ("judge", pair[0][0], {**verdict(pair[1]), **pair[0][1]})
)
acts = st.tuples(
    st.sampled_from(["judge", "judge", "judge", "skip", "flag", "decide"]),
    st.sampled_from(TARGETS),
    st.sampled_from([verdict("verified"), verdict("disputed"), {}]),
)
steps = st.one_of(
    acts, corrects, judges, st.sampled_from(["undo", "undo", "redo"]), st.just("retag")
)
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
    return {table: sorted(file.rows(f"SELECT * FROM {table}"), key=repr) for table in DERIVED}


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
        file.close()


@settings(max_examples=60, deadline=None)
@given(story=stories)
def test_each_reviewer_has_their_own_walk_before_them(empty_file: Path, story: list):
    with fresh(empty_file) as path, open_project(path) as project:
        project.add(ARTICLES, "ana")
        play(project, story)
        for reviewer in ("ana", "ben"):
            walks = {
                article.id: [
                    claim
                    for claim in project.corrected(article.id, reviewer).tagging.claims
                    if claim.walk
                ]
                for article, _ in ARTICLES
            }
            follow(project, reviewer, walks)
            for line in project.page(reviewer, 0, 9):
                judged = project.judgements(line.id, reviewer)
                walk = walks[line.id]
                assert line.claims == len(walk)
                assert line.judged == sum(claim.id in judged for claim in walk)
                known = {one.claim.id for one in project.known_claims(line.id)}
                assert known >= {claim.id for claim in walk} | judged.keys()
        placed = {event.target for event in project.events(kind="judge") if "start" in event.body}
        for claim_id in placed:
            assert project.claim(claim_id).claim.id == claim_id


def follow(project: Project, reviewer: str, walks: dict[str, list[Claim]]) -> None:
    """Go through what is unseen in both directions and compare with the walk."""
    for step, order in ((1, list(walks)), (-1, [*reversed(walks)])):
        expected = [
            (article, claim.id)
            for article in order
            for claim in walks[article][::step]
            if project.judgement(reviewer, claim.id) is None
        ]
        found = []
        place: tuple[str, str | None] | None = (order[0], None)
        while place := project.next_unseen(reviewer, *place, step):
            found.append(place)
        assert found == expected


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
