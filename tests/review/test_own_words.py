"""The words that a project's reviewers marked more often than not, and whose marks count."""

from pathlib import Path

import pytest

from annotator.model import Judgement
from annotator.review.own_words import own_words, with_own_words
from annotator.review.session import Session
from annotator.store import Project, open_project
from annotator.tagging.hints import Grown, read_lists
from tests.store.conftest import made

TEXT = "La clique a cédé.\nLa clique est revenue, dit-on.\nLa place était vide.\n"


@pytest.fixture
def project(tmp_path: Path):
    with open_project(tmp_path / "p.db") as opened:
        opened.add([made(TEXT)], "Ada")
        yield opened


def judge(project: Project, who: str, beginning: str, *marked: str, label="partisan_framing"):
    """Judge the claim that begins like that, with some words of it marked."""
    row = next(row for row in project.claims(walk_only=False) if row.text.startswith(beginning))
    start = row.claim.start
    spans = [
        (start + row.text.index(one), start + row.text.index(one) + len(one)) for one in marked
    ]
    labels = {"veracity": ("unverified",), "rhetoric": (label,) if marked else ()}
    judgement = Judgement(labels, tuple((label, span) for span in spans))
    Session(project, who).record(row.claim.id, judgement)


def words(project: Project, who: str, label: str = "partisan_framing") -> list[Grown]:
    return list(own_words(project, who).get(("fr", label), ()))


def test_words_marked_in_half_of_the_places_judged(project: Project) -> None:
    judge(project, "Ada", "La clique a", "clique")
    assert words(project, "Ada") == [Grown("clique", 1, 1)]
    judge(project, "Ada", "La clique est")
    assert words(project, "Ada") == [Grown("clique", 1, 2)]
    judge(project, "Ada", "La place", "place", "vide")
    assert [one.word for one in words(project, "Ada")] == ["place", "vide", "clique"]
    judge(project, "Ada", "La clique a")
    assert [one.word for one in words(project, "Ada")] == ["place", "vide"]


def test_each_label_has_its_own(project: Project) -> None:
    judge(project, "Ada", "La place", "vide", label="sarcasm")
    assert words(project, "Ada") == []
    assert words(project, "Ada", "sarcasm") == [Grown("vide", 1, 1)]


def test_marks_of_colleagues_count_once_one_has_answered(project: Project) -> None:
    judge(project, "Ben", "La clique a", "clique")
    assert words(project, "Lea") == [Grown("clique", 1, 1)], "who judges nothing sees all"
    judge(project, "Ada", "La place")
    assert words(project, "Ada") == []
    judge(project, "Ada", "La clique a")
    assert words(project, "Ada") == [Grown("clique", 1, 2)]
    judge(project, "Ben", "La clique est", "clique")
    project.set_blind("Lea", False)
    assert words(project, "Ada") == [Grown("clique", 2, 3)]


def test_a_word_in_two_claims_of_one_person_counts_once(tmp_path: Path) -> None:
    with open_project(tmp_path / "q.db") as project:
        project.add([made("« La clique cède », dit Ana Brovic.\n")], "Ada")
        judge(project, "Ada", "La clique", "clique")
        judge(project, "Ada", "« La clique")
        assert words(project, "Ada") == [Grown("clique", 1, 1)]


def test_a_withdrawn_judgement_leaves_nothing(project: Project) -> None:
    judge(project, "Ada", "La clique a", "clique")
    project.undo("Ada")
    assert own_words(project, "Ada") == {}


def test_the_lists_have_them_too(project: Project) -> None:
    judge(project, "Ada", "La clique a", "clique")
    lists = with_own_words(read_lists(), own_words(project, "Ada"))
    phrase = lists["fr"].phrases["clique"].phrase
    assert phrase is not None
    assert phrase.entry.label == "partisan_framing"
