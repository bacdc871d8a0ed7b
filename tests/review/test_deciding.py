"""Settling claims: what is recorded, who is in the majority, what is sent back or unanimous."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import JudgementError
from annotator.model import Article, Judgement, Segment, Tagging
from annotator.review.deciding import (
    Opinion,
    answer_of,
    decide,
    dispute,
    majority,
    shuffled,
)
from annotator.review.sending import returned, returned_rows, send_back, sent_back
from annotator.review.session import Session
from annotator.review.unanimous import accept_unanimous, unanimous, votes
from annotator.scheme import default_scheme
from annotator.store import open_project
from annotator.tagging.claims import claims

LEA = "Lea"
VERIFIED = Judgement({"veracity": ("verified",)})
DISPUTED = Judgement({"veracity": ("disputed",)})
FRAMED = Judgement(
    {"veracity": ("verified",), "rhetoric": ("partisan_framing",)},
    (("partisan_framing", (0, 4)),),
)
TEXT = "The mayor left. The bridge is shut. Nobody paid."


@pytest.fixture
def project(tmp_path):
    """A project with an article of three claims."""
    segments = tuple(Segment(a, b, "sentence") for a, b in ((0, 15), (16, 35), (36, 48)))
    article = Article(TEXT)
    made = claims(article.id, TEXT, segments, (), None)
    tagging = Tagging(article.id, "en", None, "test", segments, (), made)
    with open_project(tmp_path / "test.db") as opened:
        opened.add([(article, tagging)], LEA)
        yield opened


def ids(project) -> list[str]:
    return [row.claim.id for row in project.claims()]


def article_id(project) -> str:
    return next(project.article_ids())


def judge(project, name: str, *answers: Judgement | None) -> None:
    for claim_id, answer in zip(ids(project), answers, strict=False):
        if answer is not None:
            Session(project, name).record(claim_id, answer)


def opinions(*judgements: Judgement) -> list[Opinion]:
    scheme = default_scheme()
    return [Opinion(f"{n}", one, scheme.finished(one), False) for n, one in enumerate(judgements)]


@pytest.mark.parametrize(
    ("judgements", "place"),
    [
        ((), None),
        ((DISPUTED, VERIFIED, VERIFIED), 1),
        ((DISPUTED, VERIFIED), None),
        ((Judgement({"rhetoric": ("sarcasm",)}), VERIFIED), 1),  # one is only begun
        ((VERIFIED, FRAMED, FRAMED), 1),
        ((FRAMED, Judgement(FRAMED.labels, (("partisan_framing", (4, 9)),))), None),
        ((FRAMED, Judgement(FRAMED.labels), Judgement(FRAMED.labels)), 1),
        ((FRAMED, Judgement(FRAMED.labels), VERIFIED), None),
    ],
)
def test_the_majority_has_more_than_half_of_the_finished_answers(judgements, place):
    assert majority(opinions(*judgements)) == place


@given(st.lists(st.sampled_from([VERIFIED, DISPUTED, FRAMED]), max_size=7))
def test_the_majority_does_not_depend_on_the_order(judgements):
    there, back = opinions(*judgements), opinions(*reversed(judgements))
    one, other = majority(there), majority(back)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert there[one].judgement == back[other].judgement


@given(st.lists(st.text(min_size=1), unique=True), st.text())
def test_the_order_of_people_is_stable(names, claim_id):
    assert sorted(shuffled(claim_id, names)) == sorted(names)
    assert shuffled(claim_id, names) == shuffled(claim_id, list(reversed(names)))


def test_letters_tell_nothing_about_the_alphabet():
    firsts = {shuffled(f"claim {n}", ["Ada", "Ben", "Cleo"])[0] for n in range(30)}
    assert firsts == {"Ada", "Ben", "Cleo"}


def test_an_answer_leaves_what_is_about_its_author():
    own = Judgement(
        FRAMED.labels, FRAMED.spans, True, "outlet", "the mayor", "hm", (), ("h1",), 9, "old"
    )
    made = answer_of(own, default_scheme(), "settled")
    assert (made.labels, made.spans, made.framer) == (own.labels, own.spans, "outlet")
    assert made.target == "the mayor" and made.note == "settled"
    assert not made.unsure and made.seconds == 0 and made.hints_shown == ()


def test_a_dispute_goes_stale_and_comes_back(project):
    claim = ids(project)[0]
    judge(project, "Ada", VERIFIED)
    judge(project, "Ben", DISPUTED)
    found = dispute(project, LEA, claim)
    assert found.standing == "open" and {one.reviewer for one in found.opinions} == {"Ada", "Ben"}
    decide(project, LEA, claim, VERIFIED, "slip")
    found = dispute(project, LEA, claim)
    assert found.standing == "decided" and not any(one.unheard for one in found.opinions)
    assert project.queue.count(LEA) == 0
    judge(project, "Ben", FRAMED)
    found = dispute(project, LEA, claim)
    assert found.standing == "stale"
    assert [one.reviewer for one in found.opinions if one.unheard] == ["Ben"]
    assert project.queue.count(LEA) == 1
    assert dispute(project, LEA, "0" * 32) is None


def test_deciding_again_answers_every_decision_made_apart(project):
    claim = ids(project)[0]
    judge(project, "Ada", VERIFIED)
    judge(project, "Ben", DISPUTED)
    seen = sorted(
        row.event_id for row in project.all_judgements(article_id(project))[claim].values()
    )
    for actor in (LEA, "Max", "Zoe"):  # none of them knew of the others
        body = {"labels": {"veracity": ["verified"]}, "judgements": seen}
        project.append(actor, "decide", claim, body)
    assert dispute(project, LEA, claim).standing == "contested"
    decide(project, LEA, claim, DISPUTED)
    assert dispute(project, LEA, claim).standing == "decided"


def test_what_is_hidden_is_neither_shown_nor_settled_nor_sent_back(project):
    claim = ids(project)[0]
    judge(project, "Ada", VERIFIED, VERIFIED)
    judge(project, "Ben", None, DISPUTED)
    for act in (
        lambda: dispute(project, "Ben", claim),
        lambda: decide(project, "Ben", claim, VERIFIED),
        lambda: send_back(project, "Ben", claim, "Ada"),
    ):
        with pytest.raises(JudgementError, match="still hidden"):
            act()


def test_sent_back_until_judged_again(project):
    claim = ids(project)[0]
    judge(project, "Ada", VERIFIED)
    judge(project, "Ben", DISPUTED)
    send_back(project, LEA, claim, "Ben", "which bridge?")
    send_back(project, LEA, claim, "Ada")
    assert [(one.by, one.to, one.note) for one in sent_back(project, LEA, claim)] == [
        (LEA, "Ben", "which bridge?"), (LEA, "Ada", "")
    ]  # fmt: skip
    judge(project, "Ben", VERIFIED)
    assert [one.to for one in sent_back(project, LEA, claim)] == ["Ada"]
    project.undo(LEA)
    assert sent_back(project, LEA, claim) == []
    project.undo("Ben")
    assert [one.to for one in sent_back(project, LEA, claim)] == ["Ben"]
    with pytest.raises(JudgementError, match="no judgement"):
        send_back(project, LEA, claim, "Cleo")


def test_what_was_sent_back_reaches_its_author(project):
    first, second, third = ids(project)
    judge(project, "Ben", VERIFIED, DISPUTED, Judgement({"rhetoric": ("sarcasm",)}))
    judge(project, "Ada", VERIFIED)
    for claim, name in ((second, "Ben"), (third, "Ben"), (first, "Ada"), (first, "Ben")):
        send_back(project, LEA, claim, name, "look again")
    assert not project.sees("Ben", third), "it is only begun"
    assert [one.claim_id for one in returned(project, "Ben")] == [second, third, first]
    assert [one.claim_id for one in returned(project, "Ada")] == [first]
    assert [one.to for one in sent_back(project, "Ben", third)] == ["Ben"]
    assert returned(project, LEA) == []
    rows = returned_rows(project, returned(project, "Ben"))
    assert rows[0].text == "3 judgements to look at again"
    assert [row.claims for row in rows if row.text.startswith("«")] == [
        (second,), (third,), (first,)
    ]  # fmt: skip
    assert any(row.text.endswith("sent back by Lea: look again") for row in rows)
    judge(project, "Ben", None, VERIFIED)
    assert [one.claim_id for one in returned(project, "Ben")] == [third, first]


def test_unanimous_claims_by_votes(project):
    judge(project, "Ada", VERIFIED, FRAMED, VERIFIED)
    judge(project, "Ben", VERIFIED, FRAMED, DISPUTED)
    judge(project, "Cleo", VERIFIED)
    first, second, third = ids(project)
    assert {one.claim_id: one.votes for one in unanimous(project, LEA, article_id(project))} == {
        first: 3, second: 2
    }  # fmt: skip
    assert votes(project, LEA) == {2: 2, 3: 1}
    assert votes(project, "Cleo") == {2: 1, 3: 1}  # what Cleo has not judged is hidden
    assert accept_unanimous(project, LEA, 3) == 1
    made = project.decisions(article_id(project))
    assert set(made) == {first} and made[first].reason == "unanimous"
    told = []
    assert accept_unanimous(project, LEA, 2, lambda *done: told.append(done)) == 1
    assert told == [(1, 1)] and votes(project, LEA) == {}
    answer = project.decisions(article_id(project))[second].answer
    assert (answer.labels, answer.spans) == (FRAMED.labels, FRAMED.spans)
    judge(project, "Cleo", None, FRAMED)  # a third vote: the decision is out of date
    assert votes(project, LEA) == {2: 1, 3: 1}
    assert accept_unanimous(project, LEA, 2) == 1
    assert dispute(project, LEA, second).standing == "decided" and third not in made


def test_words_that_differ_are_not_unanimous(project):
    judge(project, "Ada", FRAMED)
    judge(project, "Ben", Judgement(FRAMED.labels))
    assert votes(project, LEA) == {}
