"""Handing out and in: plans, what is in the files, and what came back."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import StoreError
from annotator.store import Plan, Project, open_project
from annotator.store.connection import connect
from annotator.store.plan import share_out

from .conftest import lines, made, verdict

PEOPLE = ["Ana", "Ben", "Cleo", "Dan", "Éva"]


@pytest.fixture
def lead(project: Project) -> Project:
    """A project of twenty articles in which the lead and Ben judged something."""
    project.add([made(lines(4, f"l'article {n}"), title=f"Titre {n}") for n in range(19)], "lead")
    for number, row in enumerate(project.claims()):
        if number < 6:
            project.append("lead", "judge", row.claim.id, verdict("verified"))
            project.append("Ben", "judge", row.claim.id, verdict("disputed"))
        if number == 3:
            project.append("lead", "meta", row.article_id, {"title": "Autre"})
    project.set_place("lead", next(project.article_ids()), "0" * 32)
    return project


sizes = st.dictionaries(st.text("abcdef", min_size=6, max_size=6), st.integers(1, 60), max_size=40)


@given(sizes, st.integers(1, 5), st.integers(0, 100), st.text(max_size=3), st.randoms())
def test_shares_follow_the_plan_and_the_seed_alone(
    sizes: dict[str, int], each: int, everybody: int, seed: str, order: random.Random
):
    plan = Plan(each, everybody, seed)
    shares = share_out(sizes, PEOPLE, plan)
    people, mixed = PEOPLE.copy(), list(sizes)
    order.shuffle(people)
    order.shuffle(mixed)
    assert share_out({one: sizes[one] for one in mixed}, people, plan) == shares
    held = [sum(article in share for share in shares.values()) for article in sizes]
    assert all(count in (each, 5) for count in held)
    assert each == 5 or held.count(5) == -(-len(sizes) * everybody // 100)
    loads = [sum(sizes[article] for article in share) for share in shares.values()]
    assert max(loads) - min(loads) <= max(sizes.values(), default=0)


def test_every_pair_of_people_meets():
    shares = share_out({f"{n:032}": 10 for n in range(100)}, PEOPLE, Plan(2, 0, "x"))
    for one, other in combinations(shares.values(), 2):
        assert len(set(one) & set(other)) >= 3


@pytest.mark.parametrize(
    ("people", "plan", "words"),
    [
        ([], Plan(), "needs people"),
        (["Ana", "Ana"], Plan(), "once"),
        (["Ana"], Plan(each=2), "2 of 1 people"),
        (["Ana"], Plan(each=0), "0 of 1 people"),
        (["Ana"], Plan(everybody=101), "percent"),
    ],
)
def test_impossible_plans(lead: Project, tmp_path: Path, people, plan: Plan, words: str):
    before = list(lead.events())
    with pytest.raises(StoreError, match=words):
        lead.colleagues.bundle("lead", people, tmp_path / "out", plan=plan)
    assert list(lead.events()) == before and not (tmp_path / "out").exists()


def test_a_bundle_has_what_its_person_needs_and_nobody_elses_answers(lead: Project, tmp_path: Path):
    made = lead.colleagues.bundle("lead", PEOPLE, tmp_path / "out", plan=Plan(2, 20))
    assert sorted(one.path.name for one in made) == sorted(
        file.name for file in (tmp_path / "out").iterdir()
    )
    devices = {lead.device}
    for one in made:
        with open_project(one.path, create=False) as theirs:
            assert theirs.check() == []
            devices.add(theirs.device)
            ids = list(theirs.article_ids())
            assert len(ids) == one.articles >= 20 * 2 // 5
            for article_id in ids:
                assert theirs.article(article_id) == lead.article(article_id)
                assert theirs.taggings(article_id) == lead.taggings(article_id)
            acts = {(event.actor, event.kind) for event in theirs.events() if event.kind == "judge"}
            assert acts == ({("Ben", "judge")} if one.person == "Ben" else set())
            assert theirs.place("lead") is None
    assert len(devices) == 6
    together = [
        article for one in lead.colleagues.returned() for article in [one.person] * one.articles
    ]
    assert len(together) == 16 * 2 + 4 * 5


def test_the_way_out_and_back(lead: Project, tmp_path: Path):
    files = lead.colleagues.bundle("lead", PEOPLE[:3], tmp_path, plan=Plan(2))
    for one in files:
        with open_project(one.path) as theirs:
            for row in list(theirs.claims())[:-1]:
                theirs.append(one.person, "judge", row.claim.id, verdict("verified"))
            theirs.colleagues.hand_in(tmp_path / f"{one.person} back.db", one.person)
            theirs.undo(one.person)
            theirs.colleagues.hand_in(tmp_path / f"{one.person} later.db")
    assert all(one.judged in (0, 6) for one in lead.colleagues.returned())
    for one in files:
        report = lead.colleagues.merge(tmp_path / f"{one.person} back.db", "lead")
        assert report.articles == 0 and report.devices == ()
    back = lead.colleagues.returned()
    assert [one.person for one in back] == ["Ana", "Ben", "Cleo"]
    assert sum(one.articles for one in back) == 40
    for one in back:
        assert one.judged in range(one.claims - 1, one.claims) and one.finished == one.articles - 1
    for one in files:
        lead.colleagues.merge(tmp_path / f"{one.person} later.db")
    assert [one.judged for one in lead.colleagues.returned()] == [one.judged - 1 for one in back]
    assert lead.check() == []


def test_counters_hold_when_somebody_gives_back_only_their_own(lead: Project, tmp_path: Path):
    """Ben's counter has run ahead by what he took from others and does not give back."""
    (file,) = lead.colleagues.bundle("lead", ["Ben"], tmp_path)
    for row in lead.claims():
        lead.append("lead", "judge", row.claim.id, verdict("verified"))
    with open_project(file.path) as theirs:
        theirs.colleagues.merge(lead.path)
        claim = next(theirs.claims()).claim.id
        for _ in range(3):
            theirs.append("Ben", "judge", claim, verdict("verified"))
        theirs.colleagues.hand_in(tmp_path / "own.db", "Ben")
    with open_project(tmp_path / "own.db") as own:
        assert {event.actor for event in own.events(kind="judge")} == {"Ben"}
        assert own.check() == []
    with open_project(tmp_path / "fresh.db") as fresh:
        fresh.colleagues.merge(tmp_path / "own.db")
        assert fresh.judgement("Ben", claim) and fresh.check() == []
        fresh.colleagues.merge(lead.path)
        assert fresh.check() == []


def test_a_clean_copy_has_everything_but_the_settings(lead: Project, tmp_path: Path):
    lead.set_local("theme", "a-very-private-theme")
    lead.colleagues.hand_in(tmp_path / "copy.db")
    assert [file.name for file in tmp_path.iterdir() if "copy" in file.name] == ["copy.db"]
    data = (tmp_path / "copy.db").read_bytes()
    assert b"a-very-private" not in data and b"place of" not in data
    with open_project(tmp_path / "copy.db", create=False) as copy:
        assert list(copy.events()) == list(lead.events()) and copy.check() == []
        assert copy.device and copy.device != lead.device and copy.place("lead") is None
        copy.append("lead", "flag", "x", {})


def test_nothing_is_overwritten_unasked(lead: Project, tmp_path: Path):
    (tmp_path / "project-ana.db").write_text("mine")
    before = list(lead.events())
    with pytest.raises(StoreError, match=r"project-ana\.db: is there already"):
        lead.colleagues.bundle("lead", ["Ana", "Ben"], tmp_path)
    with pytest.raises(StoreError, match="is there already"):
        lead.colleagues.hand_in(tmp_path / "project-ana.db")
    for force in (False, True):
        with pytest.raises(StoreError, match="the project itself"):
            lead.colleagues.hand_in(lead.path, force=force)
    assert (tmp_path / "project-ana.db").read_text() == "mine"
    assert list(lead.events()) == before and not (tmp_path / "project-ben.db").exists()
    lead.colleagues.bundle("lead", ["Ana", "Ben"], tmp_path, force=True)
    with open_project(tmp_path / "project-ana.db", create=False) as theirs:
        assert theirs.count("Ana") == 10
    with pytest.raises(StoreError, match="File name too long"):
        lead.colleagues.hand_in(tmp_path / ("x" * 300))
    with pytest.raises(StoreError, match="cannot be written"):
        lead.colleagues.hand_in(tmp_path / "project-ana.db" / "x.db")


def test_names_of_people_are_no_paths(project: Project, tmp_path: Path):
    people = ["../../etc", "a/b", "a b", "…", "O'Neil", "x" * 100]
    made = project.colleagues.bundle("lead", people, tmp_path / "out", plan=Plan(6))
    assert all(one.path.parent == tmp_path / "out" for one in made)
    assert len({one.path.name.casefold() for one in made}) == 6
    assert {file.name for file in (tmp_path / "out").iterdir()} == {one.path.name for one in made}


def test_some_articles_only(lead: Project, tmp_path: Path):
    chosen = list(lead.article_ids())[:3]
    (one,) = lead.colleagues.bundle("lead", ["Ana"], tmp_path, articles=chosen)
    with open_project(one.path) as theirs:
        assert list(theirs.article_ids()) == chosen
    with pytest.raises(StoreError, match="no article"):
        lead.colleagues.bundle("lead", ["Ana"], tmp_path, articles=["0" * 32], force=True)


def test_people_write_while_files_are_made(lead: Project, tmp_path: Path):
    """Whoever reads a project into another file does not hold its lock."""
    other = connect(tmp_path / "other.db", True, 1)
    other.attach(lead._file)
    with other.writing():
        other.run("INSERT INTO articles SELECT * FROM project.articles")
        lead.append("ana", "flag", "x", {})
    other.close()
