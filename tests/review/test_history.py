from pathlib import Path

import pytest

from annotator.model import Evidence, Judgement
from annotator.review.deciding import decide
from annotator.review.history import history, story
from annotator.review.sending import send_back
from annotator.review.session import Session
from annotator.review.telling import told
from annotator.scheme import default_scheme
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


def test_the_whole_story_in_words(project: Project) -> None:
    row = next(row for row in project.claims() if row.claim.attributions)
    claim, article = row.claim.id, row.article_id
    ada, ben = Session(project, "Ada"), Session(project, "Ben")
    evidence = (Evidence("url", "https://example.org/a", "2026-03-01"),)
    ada.record(claim, Judgement({"veracity": ("verified",)}, evidence=evidence, note="seen"))
    ada.mark("flag", claim, "odd")
    ada.undo()
    said = project.tagging(article).attributions[row.claim.attributions[0]]
    ada.correct_speaker(article, said, "Éva Dral")
    ben.answer(claim, "disputed")
    send_back(project, "Lea", claim, "Ben", "why?")
    decide(
        project, "Lea", claim, Judgement({"veracity": ("verified",)}), "slip",
        speaker="Éva Dral",
    )  # fmt: skip
    scheme = default_scheme()
    acts = story(project, "Lea", row)
    assert [(act.event.actor, told(act, scheme)) for act in acts] == [
        ("Lea", "settled, verified, speaker: Éva Dral, reason: slip, from 2 judgements"),
        ("Lea", "sent back to Ben, why?"),
        ("Ben", "disputed"),
        ("Ada", "corrected the tags, speaker: Éva Dral (was Ana Brovic)"),
        ("Ada", "flagged, odd"),
        ("Ada", "verified, note: seen, evidence: https://example.org/a (as of 2026-03-01)"),
    ]
    flag = acts[4]
    assert flag.undone and flag.undone_at >= flag.event.at and not acts[0].undone
    assert told(acts[1], scheme, lambda name: "X") == "sent back to X, why?"
    other = next(one for one in project.claims() if one.claim.id != claim)
    assert story(project, "Lea", other) == []
    ada.reset(article, acts[3].event.target)
    assert (
        told(story(project, "Lea", row)[0], scheme) == "corrected the tags, as the machine has it"
    )


def test_of_a_hidden_story_one_sees_ones_own_part(project: Project) -> None:
    row = next(row for row in project.claims() if row.claim.attributions)
    said = project.tagging(row.article_id).attributions[row.claim.attributions[0]]
    ada, ben = Session(project, "Ada"), Session(project, "Ben")
    ada.answer(row.claim.id, "verified")
    ada.correct_kind(row.article_id, said, "mixed")
    other = next(one for one in project.claims() if one.claim.id != row.claim.id)
    ben.answer(other.claim.id, "verified")
    assert story(project, "Ben", row) == []
    ben.answer(row.claim.id, "verified")
    found = [(act.event.actor, act.event.kind) for act in story(project, "Ben", row)]
    assert found == [("Ben", "judge"), ("Ada", "correct"), ("Ada", "judge")]


def test_corrections_of_any_form_that_a_file_may_have_are_told(project: Project) -> None:
    row = next(row for row in project.claims() if row.claim.attributions)
    here = {"article": row.article_id}
    content = {"content": [[row.claim.start, row.claim.end]], "cue": [], "source": []}
    tag = {**content, "kind": "direct", "speaker": None, "speaker_type": None, "via": None}
    bodies = [
        {**here, "at": row.claim.start, "was": False, "now": True},
        {**here, "at": row.claim.start, "was": True, "now": False},
        {**here, "was": tag, "now": True},
        {**here, "was": True, "now": tag},
        {**here, "was": tag, "now": None},
        {**here, "was": tag},
    ]
    for number, body in enumerate(bodies):
        project.append("Ada", "correct", f"target {number}", body)
    project.append("Ada", "correct", "elsewhere", {**here, "now": True})
    scheme = default_scheme()
    assert [told(act, scheme) for act in reversed(story(project, "Ada", row))] == [
        f"corrected the tags, {what}"
        for what in (
            "divided the sentence", "joined two sentences", "divided the sentence",
            "added: nobody known, direct", "nobody says this", "as the machine has it",
        )
    ]  # fmt: skip
