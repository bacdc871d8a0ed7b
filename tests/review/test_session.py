from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import StoreError
from annotator.model import Judgement
from annotator.review.session import Session
from annotator.store import Project, open_project
from tests.store.conftest import HARBOUR, made


@pytest.fixture
def project(tmp_path: Path):
    with open_project(tmp_path / "p.db") as opened:
        opened.add([made(HARBOUR)], "Ada")
        yield opened


def walk_ids(project: Project) -> list[str]:
    return [row.claim.id for row in project.claims()]


def test_every_answer_is_in_the_file_before_the_call_returns(project: Project) -> None:
    claim = walk_ids(project)[0]
    session = Session(project, "Ada")
    session.answer(claim, "partisan_framing")
    session.answer(claim, "disputed")
    with open_project(project.path) as other:
        stored = Session(other, "Ada").judgement(claim)
    assert stored.labels == {"veracity": ("disputed",), "rhetoric": ("partisan_framing",)}


def test_unsure_is_kept_beside_the_labels(project: Project) -> None:
    claim = walk_ids(project)[0]
    session = Session(project, "Ada")
    session.answer(claim, "verified")
    assert session.toggle_unsure(claim).unsure
    assert session.judgement(claim).labels == {"veracity": ("verified",)}
    assert not session.toggle_unsure(claim).unsure


def test_the_last_thing_taken_off_leaves_the_claim_unseen(project: Project) -> None:
    claim = walk_ids(project)[0]
    session = Session(project, "Ada")
    session.answer(claim, "sarcasm")
    session.answer(claim, "sarcasm")
    assert project.judgement("Ada", claim) is None


def test_withdrawing_makes_the_claim_unseen_and_can_be_undone(project: Project) -> None:
    claim = walk_ids(project)[0]
    session = Session(project, "Ada")
    assert not session.withdraw(claim)
    session.answer(claim, "verified")
    assert session.withdraw(claim)
    assert session.judgement(claim) == Judgement()
    undone = session.undo()
    assert undone is not None
    assert undone.target == claim
    assert session.judgement(claim).labels == {"veracity": ("verified",)}


def test_undo_is_each_reviewers_own(project: Project) -> None:
    first, second, *_ = walk_ids(project)
    ada, ben = Session(project, "Ada"), Session(project, "Ben")
    ada.answer(first, "verified")
    ben.answer(second, "disputed")
    assert ada.undo().target == first
    assert ada.undo() is None
    assert ben.judgement(second).labels == {"veracity": ("disputed",)}
    assert ada.redo().target == first
    assert ada.judgement(first).labels == {"veracity": ("verified",)}


def test_nothing_is_acknowledged_that_is_not_stored(project: Project) -> None:
    claim = walk_ids(project)[0]
    with open_project(project.path, patience=0.1) as mine, open_project(project.path) as other:
        session = Session(mine, "Ada")
        with other._file.writing(), pytest.raises(StoreError, match="locked"):
            session.answer(claim, "verified")
        assert session.judgement(claim) == Judgement()


def test_a_change_is_one_event_with_the_hints_and_seconds_it_was_made_with(
    project: Project,
) -> None:
    claim = walk_ids(project)[0]
    session = Session(project, "Ada")
    session.change(claim, lambda before: replace(before, unsure=True), ["hedge:3-5"], 4)
    session.change(claim, lambda before: replace(before, note="why"), ["booster:1-2"], 3)
    stored = session.judgement(claim)
    assert (stored.unsure, stored.note, stored.seconds) == (True, "why", 7)
    assert stored.hints_shown == ("booster:1-2", "hedge:3-5")
    assert len(list(project.events(kind="judge"))) == 2


def test_an_answer_given_already_is_no_event(project: Project) -> None:
    claim = walk_ids(project)[0]
    session = Session(project, "Ada")
    session.answer(claim, "verified")
    session.answer(claim, "verified")
    assert len(list(project.events(kind="judge"))) == 1


def test_skips_and_flags_come_and_go_and_are_undone(project: Project) -> None:
    claim = walk_ids(project)[0]
    article = project.claim(claim).article_id
    session = Session(project, "Ada")
    session.mark("skip", claim, "")
    session.mark("flag", claim, "two voices?")
    assert project.skipped(article, "Ada") == {claim: ""}
    assert project.flagged(article, "Ada") == {claim: "two voices?"}
    assert project.flagged(article, "Ben") == {}
    session.mark("skip", claim, None)
    assert project.skipped(article, "Ada") == {}
    session.undo()
    assert project.skipped(article, "Ada") == {claim: ""}
