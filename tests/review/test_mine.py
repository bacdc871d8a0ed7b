"""One's own answers beside what was settled."""

from annotator.codebook import default_codebook
from annotator.model import Judgement
from annotator.review.deciding import decide
from annotator.review.mine import mine_record, mine_rows, rulings, settled
from annotator.scheme import default_scheme

from .conftest import DISPUTED, LEFT, PAID, QUOTE, VERIFIED, claim, judge

SCHEME, LEA = default_scheme(), "Lea"
FRAMED = Judgement({"veracity": ("verified",), "rhetoric": ("partisan_framing",)})


def settle(project, words: str, answer: Judgement, reason: str | None = None) -> None:
    decide(project, LEA, claim(project, words), answer, reason)


def test_settled_as_one_said_and_otherwise(bridge):
    judge(bridge, "Ada", quote=VERIFIED, paid=VERIFIED, left=VERIFIED)
    judge(bridge, "Ben", quote=DISPUTED, paid=VERIFIED, left=Judgement({"rhetoric": ("sarcasm",)}))
    for words in (QUOTE, PAID, LEFT):
        settle(bridge, words, VERIFIED)
    told = []
    found = settled(bridge, "Ben", lambda *done: told.append(done))
    assert told == [(1, 1)]
    assert [one.claim_id for one in found] == [claim(bridge, QUOTE), claim(bridge, PAID)]
    assert [one.otherwise(SCHEME) for one in found] == [True, False]
    assert not any(one.otherwise(SCHEME) for one in settled(bridge, "Ada"))
    assert settled(bridge, LEA) == []
    judge(bridge, "Ada", quote=DISPUTED)  # the decision is out of date
    assert [one.claim_id for one in settled(bridge, "Ben")] == [claim(bridge, PAID)]


def test_in_lines_with_the_rulings_that_apply(bridge):
    judge(bridge, "Ada", quote=FRAMED, paid=DISPUTED, left=VERIFIED)
    settle(bridge, QUOTE, Judgement({"veracity": ("verified",)}, note="her own word"), "slip")
    settle(bridge, PAID, Judgement())
    settle(bridge, LEFT, VERIFIED)
    found, codebook = settled(bridge, "Ada"), default_codebook()
    applying = {label for label, _ in rulings(found[:1], SCHEME, codebook)}
    assert applying == {"partisan_framing"}
    texts = {claim(bridge, words): words for words in (QUOTE, PAID, LEFT)}
    rows = mine_rows(found, SCHEME, codebook, texts)
    shown = [row.text.strip() for row in rows]
    assert shown[0] == "3 claims you judged are settled, 1 as you said"
    assert any(one.startswith("Veracity") and "2 as you said (67 %)" in one for one in shown)
    pair = next(row for row in rows if row.text.strip().startswith("partisan framing → none"))
    assert pair.claims == (claim(bridge, QUOTE),)
    assert any(one.startswith("disputed → none") for one in shown)
    assert "slip: her own word" in shown and f"« {LEFT} »" not in shown
    ruling = next(row for row in rows if row.label)
    assert codebook.rulings_for(ruling.label) and ruling.opens
    record = mine_record(found, SCHEME, codebook, texts)
    assert [one["as_you_said"] for one in record["settled"]] == [False, False, True]
    assert record["settled"][0]["own"] == {
        "veracity": ("verified",), "rhetoric": ("partisan_framing",)
    }  # fmt: skip
    assert {one["label"] for one in record["rulings"]} <= {"partisan_framing", "disputed"}


def test_nothing_settled_yet(bridge):
    (row,) = mine_rows([], SCHEME, default_codebook(), {})
    assert row.text == "0 claims you judged are settled, 0 as you said"
