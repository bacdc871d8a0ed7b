"""The hint that the same words were labelled otherwise, and what it says of whom."""

from pathlib import Path

import pytest

from annotator.review.elsewhere import elsewhere
from annotator.review.session import Session
from annotator.store import Project, open_project
from tests.store.conftest import made

LINE = "Le barrage de Corvane a cédé dans la nuit."


@pytest.fixture
def project(tmp_path: Path):
    with open_project(tmp_path / "p.db") as opened:
        opened.add([made(f"{LINE}\nUne autre fin, la {n}e.") for n in range(6)], "Ada")
        yield opened


def same(project: Project):
    return [row for row in project.claims() if row.text == LINE]


def reason(project: Project, who: str) -> str | None:
    row = same(project)[0]
    text = project.article(row.article_id).text
    hint = elsewhere(project, project.scheme(), who, row.claim, text)
    return hint.reason if hint else None


def test_who_said_what(project: Project) -> None:
    here, *others = same(project)
    assert reason(project, "Ada") is None
    Session(project, "Ada").answer(others[0].claim.id, "disputed")
    beginning = "the same words are labelled otherwise elsewhere: "
    assert reason(project, "Ada") == f"{beginning}disputed (you)"
    Session(project, "Ada").answer(here.claim.id, "disputed")
    assert reason(project, "Ada") is None
    Session(project, "Ada").answer(here.claim.id, "verified")
    assert reason(project, "Ada") == f"{beginning}disputed (you)"


def test_colleagues_only_where_one_may_see_them(project: Project) -> None:
    here, other, *_ = same(project)
    Session(project, "Ben").answer(other.claim.id, "disputed")
    Session(project, "Ada").answer(here.claim.id, "verified")
    assert reason(project, "Ada") is None
    Session(project, "Ada").answer(other.claim.id, "verified")
    assert reason(project, "Ada").endswith("disputed (Ben)")


def test_many_answers_are_cut_short(project: Project) -> None:
    answers = ("disputed", "unverified", "verified", "not_a_claim")
    for row, label in zip(same(project)[1:], answers, strict=False):
        Session(project, "Ben").answer(row.claim.id, label)
    assert reason(project, "Lea").endswith("and 1 more")
