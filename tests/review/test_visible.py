"""The log by person, kind, target and time, and without what must stay hidden."""

from annotator.review.session import Session
from annotator.review.visible import Wanted, article_targets, claim_targets, visible_events

from .conftest import DISPUTED, PAID, QUOTE, VERIFIED, claim, judge, quoted


def kinds(project, reviewer: str, **wanted) -> list[tuple[str, str]]:
    return [(one.actor, one.kind) for one in visible_events(project, reviewer, Wanted(**wanted))]


def corrected(project, name: str) -> None:
    article = next(project.claims()).article_id
    said = project.tagging(article).attributions[0]
    Session(project, name).correct_speaker(article, said, "Odile Varenne")


def test_a_claim_with_its_tags_and_what_was_taken_back(bridge):
    judge(bridge, "Ada", quote=VERIFIED, paid=VERIFIED)
    corrected(bridge, "Ada")
    judge(bridge, "Ben", quote=DISPUTED)
    bridge.undo("Ben")
    bridge.redo("Ben")
    row = bridge.claim(claim(bridge, QUOTE))
    targets = claim_targets(bridge, row)
    assert kinds(bridge, "Lea", targets=targets, claim=row.claim.id) == [
        ("Ada", "judge"), ("Ada", "correct"), ("Ben", "judge"), ("Ben", "undo"), ("Ben", "undo"),
    ]  # fmt: skip
    assert kinds(bridge, "Lea", targets=targets, kind="undo", actor="Ben") == [("Ben", "undo")] * 2
    assert kinds(
        bridge, "Lea", targets=claim_targets(bridge, bridge.claim(claim(bridge, PAID)))
    ) == [("Ada", "judge")]


def test_what_is_hidden_stays_hidden(bridge):
    judge(bridge, "Ada", quote=VERIFIED, paid=VERIFIED)
    corrected(bridge, "Ada")
    judge(bridge, "Ben", paid=DISPUTED)
    row = bridge.claim(claim(bridge, QUOTE))
    about = {"targets": claim_targets(bridge, row), "claim": row.claim.id}
    assert kinds(bridge, "Ben", **about) == []
    judge(bridge, "Ben", quote=DISPUTED)
    assert kinds(bridge, "Ben", **about) == [("Ada", "judge"), ("Ada", "correct"), ("Ben", "judge")]


def test_an_article_and_a_time(bridge):
    other, tagging = quoted("“The bridge is shut”, said Mara Lindt. It rained.")
    bridge.add([(other, tagging)], "Lea")
    judge(bridge, "Ada", quote=VERIFIED, paid=VERIFIED)
    corrected(bridge, "Ada")
    everything = list(bridge.events())
    mine = Wanted(targets=article_targets(bridge, other.id))
    assert all(
        one.target in {other.id, *(claim.id for claim in tagging.claims)} or one.kind == "correct"
        for one in visible_events(bridge, "Lea", mine)
    )
    last = everything[-1].at
    assert list(visible_events(bridge, "Lea", Wanted(since=last)))[-1] == everything[-1]
    assert list(visible_events(bridge, "Lea", Wanted(until="2001-01-01T00:00:00.000Z"))) == []
    assert list(visible_events(bridge, "Lea", Wanted(until=last))) == everything
