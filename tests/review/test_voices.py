"""Speakers and kinds against what was decided."""

import pytest

from annotator.errors import JudgementError
from annotator.model import Judgement
from annotator.review.collecting import collect
from annotator.review.deciding import decide
from annotator.review.ratings import MACHINE, TagAnswer
from annotator.review.session import Session
from annotator.review.unanimous import accept_unanimous
from annotator.review.voices import Voices
from annotator.store import Project

from .conftest import DISPUTED, PAID, QUOTE, VERIFIED, claim, judge

LEA = "Lea"


def article_id(project: Project) -> str:
    return next(project.article_ids())


def correct(project: Project, name: str, speaker: str | None) -> None:
    session = Session(project, name)
    (said,) = session.tagging(article_id(project)).attributions
    session.correct_speaker(article_id(project), said, speaker)


def settle(project: Project, words: str, **tags: str) -> None:
    answer = Judgement({"veracity": ("verified",)})
    decide(project, LEA, claim(project, words), answer, **tags)


def answers(project: Project, reviewer: str = LEA) -> set[tuple[str, str, bool]]:
    return {(one.tag, one.by, one.right) for one in collect(project, reviewer).tags}


def test_the_machine_and_all_who_let_it_stand_or_corrected_it_answer(bridge):
    judge(bridge, "Ada", quote=VERIFIED)
    judge(bridge, "Ben", quote=DISPUTED)
    judge(bridge, "Cleo", quote=Judgement({"rhetoric": ("sarcasm",)}))  # only begun
    correct(bridge, "Ben", "Odile Varenne")
    assert answers(bridge) == set()
    settle(bridge, QUOTE, speaker="odile  varenne", kind="direct")
    assert answers(bridge) == {
        ("speaker", MACHINE, False), ("speaker", "Ada", False), ("speaker", "Ben", True),
        ("kind", MACHINE, True), ("kind", "Ada", True), ("kind", "Ben", True),
    }  # fmt: skip
    (one,) = (one for one in collect(bridge, LEA).tags if (one.tag, one.by) == ("kind", "Ada"))
    assert one == TagAnswer(article_id(bridge), claim(bridge, QUOTE), "kind", "Ada", True)
    correct(bridge, "Cleo", "Odile Varenne")
    assert ("speaker", "Cleo", True) in answers(bridge)


def test_a_speaker_who_is_nobody_known(bridge):
    judge(bridge, "Ada", quote=VERIFIED, paid=VERIFIED)
    correct(bridge, "Ada", None)
    settle(bridge, QUOTE, speaker="")
    settle(bridge, PAID, speaker="")
    found = [(one.claim_id, one.by, one.right) for one in collect(bridge, LEA).tags]
    quote, paid = claim(bridge, QUOTE), claim(bridge, PAID)
    assert sorted(found) == sorted(
        [(quote, "Ada", True), (quote, MACHINE, False), (paid, "Ada", True), (paid, MACHINE, True)]
    )


def test_removed_and_moved_attributions_are_followed(bridge):
    judge(bridge, "Ada", quote=VERIFIED)
    judge(bridge, "Ben", quote=VERIFIED)
    article, claim_id = article_id(bridge), claim(bridge, QUOTE)
    (said,) = bridge.tagging(article).attributions
    Session(bridge, "Ada").remove_attribution(article, said)
    Session(bridge, "Ben").correct_spans(article, said, "content", [(5, 19)])
    voices = Voices(bridge, article)
    assert voices.machine(claim_id) == ("Mara Lindt", "direct") == voices.told(claim_id, "Ben")
    assert voices.told(claim_id, "Ada") == (None, None) == voices.machine("0" * 32)
    assert voices.differing(claim_id) == {"Ada": (None, None)}


def test_stale_and_hidden_decisions_are_left_out(bridge):
    judge(bridge, "Ada", quote=VERIFIED)
    settle(bridge, QUOTE, speaker="Mara Lindt")
    assert ("speaker", "Ada", True) in answers(bridge)
    assert answers(bridge, "Ada") == answers(bridge)
    judge(bridge, "Ben", paid=VERIFIED)
    assert answers(bridge, "Ben") == set(), "Ben has not judged it"
    judge(bridge, "Ada", quote=DISPUTED)
    assert answers(bridge) == set()


def test_who_speaks_stays_settled_until_it_is_settled_otherwise(bridge):
    judge(bridge, "Ada", quote=VERIFIED)
    judge(bridge, "Ben", quote=VERIFIED)
    settle(bridge, QUOTE, speaker="Odile Varenne", kind="mixed")
    settle(bridge, QUOTE)
    settle(bridge, QUOTE, kind="indirect")
    made = bridge.decisions(article_id(bridge))[claim(bridge, QUOTE)]
    assert (made.speaker, made.kind) == ("Odile Varenne", "indirect")
    judge(bridge, "Cleo", quote=VERIFIED)
    assert accept_unanimous(bridge, LEA, 3) == 1
    made = bridge.decisions(article_id(bridge))[claim(bridge, QUOTE)]
    assert (made.reason, made.speaker, made.kind) == ("unanimous", "Odile Varenne", "indirect")
    with pytest.raises(JudgementError, match="unknown kind 'shouted'"):
        settle(bridge, QUOTE, kind="shouted")
