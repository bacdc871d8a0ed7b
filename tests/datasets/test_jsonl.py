"""The records of the JSON Lines dataset: exactly the documented keys, and nothing lost."""

import json

import pytest

from annotator import datasets
from annotator.datasets import Choice
from annotator.model import Event, canonical_json
from annotator.tagging.records import from_record
from tests.datasets.conftest import (
    BRIDGE,
    DOUBT,
    FERRY,
    GONE,
    HEADLINE,
    NEW,
    QUOTATION,
    SAILED,
    VERSION,
    answer,
    judge,
    span,
)  # fmt: skip

EVIDENCE = {"kind": str, "value": str, "as_of": (str, None)}
ROLES = {"content": [[int]], "cue": [[int]], "source": [[int]]}
SPANS, LABELS = {str: [[int]]}, {"veracity": (str, None), "rhetoric": [str]}
TAGGING = {
    "id": str, "language": str, "model": (str, None), "tagger": str, "current": bool,
    "segments": [{"start": int, "end": int, "kind": str}],
    "attributions": [{
        "id": str, "content": [[int]], "cue": [[int]], "source": [[int]], "speaker": (str, None),
        "speaker_type": (str, None), "via": (str, None), "kind": str, "rule": str,
    }],
    "claims": [{
        "id": str, "start": int, "end": int, "segment": int, "voice": str, "attributions": [int],
        "walk": bool,
    }],
}  # fmt: skip
SHAPES = {
    "articles": {
        "id": str, "title": (str, None), "outlet": (str, None), "author": (str, None),
        "date": (str, None), "url": (str, None), "language": str, "split": str, "text": str,
        "taggings": [TAGGING],
    },
    "events": {
        "id": str, "seq": int, "actor": str, "device": (str, None), "prev": (str, None), "at": str,
        "kind": str, "target": (str, None), "body": {str: object},
    },
    "claims": {
        "claim_id": str, "article_id": str, "title": (str, None), "outlet": (str, None),
        "language": str, "split": str, "start": int, "end": int, "text": str, "segment_kind": str,
        "voice": str,
        "walk": bool, "superseded": bool,
        "attribution": ({
            "id": str, "kind": str, "cue": str, "source": str, "spans": ROLES,
            "speaker": (str, None), "speaker_type": (str, None), "via": (str, None), "basis": str,
        }, None),
        "judgements": [{
            "reviewer": str, "labels": LABELS, "spans": SPANS, "unsure": bool,
            "framer": (str, None), "target": (str, None), "note": (str, None),
            "evidence": [EVIDENCE],
            "hints_shown": [str], "seconds": int, "scheme": str, "at": str,
        }],
        "decision": ({
            "by": str, "labels": LABELS, "spans": SPANS, "speaker": (str, None),
            "framer": (str, None), "target": (str, None), "evidence": [EVIDENCE],
            "kind": (str, None), "reason": (str, None), "note": (str, None), "stale": bool,
            "contested": bool, "at": str,
        }, None),
        "final_spans": SPANS, "final_evidence": [EVIDENCE],
        "final": {
            "veracity": {"value": (str, None), "basis": str},
            "rhetoric": {"value": [str], "basis": str},
        },
    },
}  # fmt: skip


def check(value, shape, where):
    """Fail unless a value has exactly the keys and types of a shape."""
    if isinstance(shape, tuple):
        if value is not None:
            check(value, shape[0], where)
    elif isinstance(shape, list):
        assert type(value) is list, where
        for number, item in enumerate(value):
            check(item, shape[0], f"{where}[{number}]")
    elif isinstance(shape, dict) and str in shape:
        assert all(isinstance(key, str) for key in value), where
        for key, item in value.items():
            check(item, shape[str], f"{where}.{key}")
    elif isinstance(shape, dict):
        assert set(value) == set(shape), where
        for key, item in shape.items():
            check(value[key], item, f"{where}.{key}")
    elif shape is not object:
        assert type(value) is shape, where


def read(folder, name):
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    return [json.loads(line) for line in lines]


@pytest.fixture
def exported(project, tmp_path):
    datasets.export(project, "jsonl", tmp_path / "out", Choice(names=True))
    return tmp_path / "out"


@pytest.fixture
def claims(exported):
    return {record["claim_id"]: record for record in read(exported, "claims")}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("names", [True, False])
def test_every_record_has_exactly_the_documented_keys(project, tmp_path, name, names):
    datasets.export(project, "jsonl", tmp_path / "out", Choice(names=names))
    records = read(tmp_path / "out", name)
    assert records
    for number, record in enumerate(records):
        check(record, SHAPES[name], f"{name} {number}")


def test_claims_come_by_article_in_walk_order_then_the_superseded(exported):
    records = read(exported, "claims")
    bridge = [one["claim_id"] for one in records if one["article_id"] == BRIDGE.id]
    assert bridge == [*(one.id for one in NEW.claims), GONE]
    assert [one["article_id"] for one in records] == sorted(one["article_id"] for one in records)
    assert [one["superseded"] for one in records if one["claim_id"] == GONE] == [True]
    assert sum(one["superseded"] for one in records) == 1


def test_a_claim_tells_its_text_voice_and_attribution(claims):
    quotation = claims[QUOTATION]
    attribution = quotation.pop("attribution")
    assert quotation["text"] == "Le pont est sûr"
    assert (quotation["start"], quotation["end"]) == span(BRIDGE, "Le pont est sûr")
    assert (quotation["title"], quotation["outlet"]) == (BRIDGE.about.title, "L'Écho de Brume")
    assert (quotation["voice"], quotation["segment_kind"]) == ("direct", "sentence")
    assert attribution == {
        "id": NEW.attributions[0].id(BRIDGE.id), "kind": "direct", "cue": "a déclaré",
        "source": "la maire Zoé Lantier", "speaker": "Zoé Lantier", "speaker_type": "person",
        "via": None, "basis": "machine",
        "spans": {
            "content": [list(span(BRIDGE, "Le pont est sûr"))],
            "cue": [list(span(BRIDGE, "a déclaré"))],
            "source": [list(span(BRIDGE, "la maire Zoé Lantier"))],
        },
    }  # fmt: skip
    assert claims[DOUBT]["attribution"] is None
    assert claims[GONE]["text"] == "« Le pont est sûr »"


def test_a_judgement_is_told_whole(claims):
    first, second, third = claims[QUOTATION]["judgements"]
    assert first.pop("at").endswith("Z")
    assert first == {
        "reviewer": "Ada Brun",
        "labels": {"veracity": "disputed", "rhetoric": ["partisan_framing"]},
        "spans": {"partisan_framing": [list(span(BRIDGE, "sûr"))]},
        "unsure": True, "framer": "speaker", "target": "la préfecture",
        "note": "=1+1 says Bo Dahl, not Bodahl",
        "evidence": [
            {"kind": "url", "value": "https://pont.example|x", "as_of": "2031-02-04"},
            {"kind": "text", "value": "vu", "as_of": None},
        ],
        "hints_shown": ["loaded: sûr"], "seconds": 12, "scheme": VERSION,
    }  # fmt: skip
    assert second["labels"]["rhetoric"] == ["partisan_framing", "sarcasm"]
    assert third["labels"] == {"veracity": "verified", "rhetoric": []}


def test_undone_and_withdrawn_judgements_are_in_the_log_only(claims):
    assert [one["labels"]["veracity"] for one in claims[SAILED]["judgements"]] == ["verified"]
    assert claims[HEADLINE]["judgements"] == []


def test_the_final_answer_follows_judgements_and_decision(project, tmp_path, claims):
    assert claims[QUOTATION]["final"] == {
        "veracity": {"value": "disputed", "basis": "majority"},
        "rhetoric": {"value": ["partisan_framing"], "basis": "majority"},
    }
    assert claims[HEADLINE]["final"]["veracity"] == {"value": None, "basis": "none"}
    assert claims[DOUBT]["final"]["veracity"] == {"value": "unverified", "basis": "decided"}
    decision = claims[DOUBT]["decision"]
    assert (decision["by"], decision["reason"], decision["stale"]) == ("Ça", "slip", False)
    judge(project, "Bo Dahl", DOUBT, answer("verified"))
    datasets.export(project, "jsonl", tmp_path / "later")
    later = {one["claim_id"]: one for one in read(tmp_path / "later", "claims")}[DOUBT]
    assert (later["decision"]["stale"], later["decision"]["contested"]) == (True, False)
    assert later["final"]["veracity"] == {"value": "verified", "basis": "unresolved"}


def test_of_two_decisions_the_last_stands_and_is_contested_if_it_had_not_seen_the_first(
    project, tmp_path
):
    first = project.decisions(BRIDGE.id)[DOUBT]
    body = {"labels": {"veracity": ["verified"]}, "judgements": sorted(first.judgements)}
    project.append("Ada Brun", "decide", DOUBT, body)
    later = project.decisions(BRIDGE.id)[DOUBT]
    assert (later.by, later.contested) == ("Ada Brun", True)
    project.append("Ada Brun", "decide", DOUBT, {**body, "decisions": [first.event_id]})
    assert not project.decisions(BRIDGE.id)[DOUBT].contested
    project.append("Ada Brun", "decide", DOUBT, {})
    assert DOUBT not in project.decisions(BRIDGE.id)


def test_articles_keep_text_metadata_and_every_tagging(exported):
    articles = {record["id"]: record for record in read(exported, "articles")}
    assert list(articles) == sorted([BRIDGE.id, FERRY.id])
    bridge = articles[BRIDGE.id]
    assert (bridge["text"], bridge["author"]) == (BRIDGE.text, "Paul Anselme")
    assert sorted(one["tagger"] for one in bridge["taggings"] if one["current"]) == ["2"]
    assert len(bridge["taggings"]) == 2
    for tagging in bridge["taggings"]:
        parts = ("id", "language", "model", "segments", "attributions", "claims")
        _, tags = from_record({**{part: tagging[part] for part in parts}, "text": bridge["text"]})
        assert tags.article_id == BRIDGE.id


def test_with_names_the_log_is_lossless(project, exported):
    records = read(exported, "events")
    again = [
        Event(**{**record, "body": canonical_json(record["body"])})
        for record in ({k: v for k, v in one.items() if k != "id"} for one in records)
    ]
    assert again == list(project.events())
    assert [one.id for one in again] == [one["id"] for one in records]


def test_without_names_nobody_and_no_device_can_be_found(project, tmp_path):
    project.append("Dee Ruse", "person", "Ada Brun", {"name": "Professor Brun"})
    datasets.export(project, "jsonl", tmp_path / "out")
    everything = "".join(path.read_text("utf-8") for path in (tmp_path / "out").iterdir())
    for name in ("Ada", "Bo Dahl", "Ça", "Dee Ruse", "Professor", project.device):
        assert name not in everything
    claims = {one["claim_id"]: one for one in read(tmp_path / "out", "claims")}
    reviewers = [one["reviewer"] for one in claims[QUOTATION]["judgements"]]
    assert reviewers == sorted(reviewers)
    assert all(one.startswith("reviewer-") for one in reviewers)
    actors = {one["actor"] for one in read(tmp_path / "out", "events")}
    assert len(actors) == 4 and actors > set(reviewers)
    [note] = [one["note"] for one in claims[QUOTATION]["judgements"] if one["note"]]
    bo = claims[SAILED]["judgements"][0]["reviewer"]
    assert note == f"=1+1 says {bo}, not Bodahl"


def test_pseudonyms_stay_when_people_join(project, tmp_path):
    def reviewers(folder):
        datasets.export(project, "jsonl", folder)
        return {one["reviewer"] for claim in read(folder, "claims") for one in claim["judgements"]}

    before = reviewers(tmp_path / "a")
    judge(project, "Aaron Early", QUOTATION, answer("verified"))
    assert before < reviewers(tmp_path / "b")


def test_a_file_shown_in_a_terminal_cannot_act_on_it(project, tmp_path):
    note = "\x1b[31m\x9b31m\u202e\u2028"
    judge(project, "Bo Dahl", QUOTATION, answer("verified", note=note))
    datasets.export(project, "jsonl", tmp_path / "out")
    text = (tmp_path / "out" / "claims.jsonl").read_text("utf-8")
    assert not set(text) & set("\x1b\x9b\u202e\u2028")
    claims = {one["claim_id"]: one for one in read(tmp_path / "out", "claims")}
    assert note in [one["note"] for one in claims[QUOTATION]["judgements"]]
