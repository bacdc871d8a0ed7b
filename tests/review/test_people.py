"""How each reviewer works."""

from dataclasses import replace

from annotator.model import Judgement
from annotator.review.deciding import decide
from annotator.review.people import people, people_rows
from annotator.scheme import default_scheme

from .conftest import DISPUTED, PAID, VERIFIED, claim, judge

SCHEME = default_scheme()


def test_the_figures_of_each(bridge):
    framed = Judgement(
        {"veracity": ("verified",), "rhetoric": ("partisan_framing",)}, unsure=True, seconds=30
    )
    judge(bridge, "Ben", quote=framed, paid=replace(DISPUTED, seconds=10), left=VERIFIED)
    judge(bridge, "Ada", paid=VERIFIED, left=Judgement({"rhetoric": ("sarcasm",)}))
    decide(bridge, "Lea", claim(bridge, PAID), VERIFIED)
    ada, ben = people(bridge, "Lea")
    assert (ada.name, ada.judged, ada.begun, ada.unsure, ada.pace) == ("Ada", 1, 1, 0, None)
    assert (ben.judged, ben.unsure, ben.pace, ben.seconds) == (3, 1, 20, [30, 10])
    assert ben.labels["veracity"] == {"verified": 2, "disputed": 1}
    assert ben.labels["rhetoric"] == {"partisan_framing": 1, "": 2}
    assert (ben.settled, ben.agreeing["veracity"], ben.agreeing["rhetoric"]) == (1, 0, 1)
    assert (ada.settled, ada.agreeing["veracity"]) == (1, 1)
    assert ben.figures()["none"] == {"veracity": 0, "rhetoric": 2}
    shown = [row.text for row in people_rows([ada, ben], SCHEME, "Lea", False, True)]
    assert "  judged     3 claims; unsure of 1 (33 %)" in shown
    assert "  pace       20 s a claim (median of 2, 1 min in all)" in shown
    assert "  pace       not known: no judgement was timed" in shown
    assert "  as settled of 1 claim: Veracity 0 (0 %), Rhetoric 1 (100 %)" in shown
    assert any(one.startswith("  Veracity   verified 67 %  disputed 33 %") for one in shown)


def test_ones_own_come_first_then_names_and_nobody_is_ranked(bridge):
    for name in ("Cleo", "Ben", "Ada", "Dan"):
        judge(bridge, name, paid=VERIFIED)
    judge(bridge, "Dan", quote=VERIFIED, left=VERIFIED)
    assert [one.name for one in people(bridge, "Lea")] == ["Ada", "Ben", "Cleo", "Dan"]
    found = people(bridge, "Cleo")
    assert [one.name for one in found] == ["Cleo", "Ada", "Ben", "Dan"]
    letters = [row.text for row in people_rows(found, SCHEME, "Cleo", True, False) if row.heading]
    assert letters[1:] == ["Cleo", "A", "B", "C"]
    assert [one.judged for one in found] == [1, 1, 1, 1], "of Dan only what Cleo judged too"


def test_nobody_has_judged(bridge):
    assert people(bridge, "Lea") == []
    assert people_rows([], SCHEME, "Lea", False, False)[-1].text == "Nobody has judged a claim yet."
