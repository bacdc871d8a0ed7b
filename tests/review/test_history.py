from pathlib import Path

import pytest

from annotator.review.history import history
from annotator.review.session import Session
from annotator.store import Project, open_project
from tests.store.conftest import HARBOUR, made


@pytest.fixture
def project(tmp_path: Path):
    with open_project(tmp_path / "p.db") as opened:
        opened.add([made(HARBOUR)], "Ada")
        yield opened


def kinds(project: Project, reviewer: str, claim: str) -> list[tuple[str, str, bool]]:
    acts = history(project, reviewer, claim)
    return [(act.event.actor, act.event.kind, act.undone) for act in acts]


def test_acts_newest_first_and_what_was_taken_back(project: Project) -> None:
    claim = next(project.claims()).claim.id
    session = Session(project, "Ada")
    session.answer(claim, "verified")
    session.mark("flag", claim, "why")
    session.undo()
    assert kinds(project, "Ada", claim) == [("Ada", "flag", True), ("Ada", "judge", False)]
    session.redo()
    assert kinds(project, "Ada", claim) == [("Ada", "flag", False), ("Ada", "judge", False)]
    flag, judged = history(project, "Ada", claim)
    assert flag.note == "why" and flag.judgement is None
    assert judged.judgement.labels == {"veracity": ("verified",)}


def test_a_withdrawal_has_no_judgement(project: Project) -> None:
    claim = next(project.claims()).claim.id
    session = Session(project, "Ada")
    session.answer(claim, "verified")
    session.withdraw(claim)
    assert history(project, "Ada", claim)[0].judgement is None


def test_colleagues_acts_are_hidden_until_one_has_judged_oneself(project: Project) -> None:
    first, second, *_ = (row.claim.id for row in project.claims())
    ada, ben = Session(project, "Ada"), Session(project, "Ben")
    ada.answer(first, "verified")
    ben.answer(second, "disputed")
    assert kinds(project, "Ben", first) == []
    ben.answer(first, "disputed")
    assert kinds(project, "Ben", first) == [("Ben", "judge", False), ("Ada", "judge", False)]
