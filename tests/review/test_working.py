"""How somebody works is in the log before their first judgement under these conditions."""

from pathlib import Path

import pytest

from annotator.model import Working
from annotator.review.session import Session
from annotator.store import Project, open_project
from tests.store.conftest import HARBOUR, made


@pytest.fixture
def project(tmp_path: Path):
    with open_project(tmp_path / "p.db") as opened:
        opened.add([made(HARBOUR)], "Ada")
        yield opened


def kinds(project: Project) -> list[str]:
    return [
        event.kind for event in project.events(actor="Ada") if event.kind in ("judge", "person")
    ]


def test_conditions_are_said_once_and_when_they_change(project: Project) -> None:
    first, second, third = (row.claim.id for row in project.claims())
    usual = Session(project, "Ada", Working())
    usual.answer(first, "verified")
    assert kinds(project) == ["judge"] and project.conditions() == {}
    blind = Working("shuffled", hide_outlet=True)
    other = Session(project, "Ada", blind)
    assert project.conditions() == {}, "nothing is said before the first judgement"
    other.answer(second, "verified")
    other.answer(third, "verified")
    Session(project, "Ada", blind).answer(first, "disputed")
    assert kinds(project) == ["judge", "person", "judge", "judge", "judge"]
    assert project.conditions() == {"Ada": blind}
    Session(project, "Ada", Working()).answer(first, "verified")
    assert project.conditions() == {"Ada": Working()}


def test_a_script_says_nothing_and_undo_leaves_it(project: Project) -> None:
    first, *_ = (row.claim.id for row in project.claims())
    Session(project, "Ada", Working("newest")).answer(first, "verified")
    Session(project, "Ada").answer(first, "disputed")
    assert project.conditions() == {"Ada": Working("newest")}
    session = Session(project, "Ada", Working("newest"))
    session.undo()
    session.undo()
    assert session.undo() is None
    assert project.conditions() == {"Ada": Working("newest")}


def test_they_reach_a_colleagues_file_and_may_be_of_a_newer_version(
    project: Project, tmp_path
) -> None:
    first, *_ = (row.claim.id for row in project.claims())
    Session(project, "Ada", Working("newest")).answer(first, "verified")
    with open_project(tmp_path / "other.db") as other:
        other.colleagues.merge(project.path)
        assert other.conditions() == {"Ada": Working("newest")}
    project.append("Ada", "person", "work", {"order": "of a newer version"})
    assert project.conditions() == {"Ada": Working()}
