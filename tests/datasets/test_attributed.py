"""Who is exported as having said a claim, and on what that rests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.datasets.choice import Choice
from annotator.datasets.dataset import Dataset
from annotator.model import Attribution
from annotator.review.session import Session

from .conftest import BRIDGE, DOUBT, GONE, NEW, QUOTATION, SAILED, answer, judge, merged, span

SAID = NEW.attributions[0]
RUMOUR = Attribution((span(BRIDGE, "en doutent encore"),), "indirect", speaker="Luc Ferran")


def rows(project):
    return {row["claim_id"]: row for row in Dataset(project, Choice(names=True)).claims()}


def basis(row):
    told = row["attribution"]
    return told and (told["speaker"], told["kind"], told["basis"])


@pytest.fixture
def ada(project):
    return Session(project, "Ada Brun")


@pytest.fixture
def bo(project):
    return Session(project, "Bo Dahl")


def test_without_corrections_it_is_the_machines(project):
    assert basis(rows(project)[QUOTATION]) == ("Zoé Lantier", "direct", "machine")
    assert rows(project)[GONE]["superseded"]


def test_a_correction_that_nobody_contradicts_counts(project, ada, bo):
    ada.correct_speaker(BRIDGE.id, SAID, "le préfet", "person")
    ada.correct_kind(BRIDGE.id, ada.tagging(BRIDGE.id).attributions[0], "mixed")
    row = rows(project)[QUOTATION]
    assert basis(row) == ("le préfet", "mixed", "corrected")
    assert (row["voice"], row["attribution"]["speaker_type"]) == ("mixed", "person")
    bo.correct_speaker(BRIDGE.id, SAID, "le préfet", "person")
    assert basis(rows(project)[QUOTATION]) == ("Zoé Lantier", "direct", "machine")
    bo.correct_kind(BRIDGE.id, bo.tagging(BRIDGE.id).attributions[0], "mixed")
    assert basis(rows(project)[QUOTATION]) == ("le préfet", "mixed", "corrected")


def test_a_claim_that_only_a_correction_makes_is_exported_in_its_place(project, ada):
    before = list(rows(project))
    ada.add_attribution(BRIDGE.id, RUMOUR)
    (new,) = rows(project).keys() - set(before)
    found = list(rows(project))
    assert found[found.index(DOUBT) + 1] == new
    row = rows(project)[new]
    assert (row["text"], row["superseded"], row["walk"]) == ("en doutent encore", False, True)
    assert basis(row) == ("Luc Ferran", "indirect", "corrected")
    judge(project, "Ada Brun", new, answer("disputed"))
    assert rows(project)[new]["final"]["veracity"] == {"value": "disputed", "basis": "single"}
    ada.reset(BRIDGE.id, RUMOUR.id(BRIDGE.id))
    row = rows(project)[new]
    assert (row["text"], row["superseded"]) == ("en doutent encore", True)
    assert [one["reviewer"] for one in row["judgements"]] == ["Ada Brun"]


def test_contradicted_corrections_keep_their_claims_and_leave_the_rest(project, ada, bo):
    ada.correct_spans(BRIDGE.id, SAID, "content", [span(BRIDGE, "pont est sûr")])
    bo.correct_spans(BRIDGE.id, SAID, "content", [span(BRIDGE, "est sûr")])
    found = {row["text"]: row for row in rows(project).values() if row["voice"] == "direct"}
    assert basis(found["Le pont est sûr"]) == ("Zoé Lantier", "direct", "machine")
    assert found["Le pont est sûr"]["walk"]
    for text in ("pont est sûr", "est sûr"):
        assert basis(found[text]) == ("Zoé Lantier", "direct", "corrected")


def test_a_claim_that_corrections_replaced_stays_with_its_judgements(project, ada):
    ada.correct_spans(BRIDGE.id, SAID, "content", [span(BRIDGE, "pont est sûr")])
    row = rows(project)[QUOTATION]
    assert (row["walk"], row["superseded"], len(row["judgements"])) == (False, False, 3)
    assert basis(row) == ("Zoé Lantier", "direct", "corrected")
    ada.reset(BRIDGE.id, SAID.id(BRIDGE.id))
    ada.remove_attribution(BRIDGE.id, SAID)
    row = rows(project)[QUOTATION]
    assert (row["attribution"], row["voice"], row["walk"]) == (None, "narrator", False)


def test_what_was_decided_stands_above_corrections_until_it_is_stale(project, ada):
    ada.correct_speaker(BRIDGE.id, SAID, "le préfet", "person")
    seen = [row.event_id for row in project.all_judgements(BRIDGE.id)[QUOTATION].values()]
    body = {"labels": {"veracity": ["disputed"]}, "judgements": sorted(seen)}
    project.append("Ça", "decide", QUOTATION, body)
    assert basis(rows(project)[QUOTATION]) == ("le préfet", "direct", "corrected")
    project.append("Ça", "decide", QUOTATION, body | {"speaker": "la mairie", "kind": "mixed"})
    row = rows(project)[QUOTATION]
    assert basis(row) == ("la mairie", "mixed", "decided")
    assert (row["voice"], row["attribution"]["speaker_type"]) == ("mixed", None)
    judge(project, "Bo Dahl", QUOTATION, answer("not_a_claim"))
    assert basis(rows(project)[QUOTATION]) == ("le préfet", "direct", "corrected")


def test_the_same_project_gives_the_same_records(project, ada, bo, tmp_path):
    ada.correct_spans(BRIDGE.id, SAID, "content", [span(BRIDGE, "pont est sûr")])
    bo.remove_attribution(BRIDGE.id, SAID)
    bo.add_attribution(BRIDGE.id, replace(RUMOUR, speaker=None))
    bo.split_segment(BRIDGE.id, span(BRIDGE, "doutent")[0])
    records = list(Dataset(project, Choice(names=True)).claims())
    with merged(project, tmp_path / "again.db", 7) as again:
        assert list(Dataset(again, Choice(names=True)).claims()) == records
    assert SAILED in {row["claim_id"] for row in records}
