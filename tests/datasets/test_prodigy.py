"""Prodigy's JSON Lines, held against a schema of what Prodigy reads."""

from datetime import datetime

import pytest
from jsonschema import Draft202012Validator

from annotator import datasets
from annotator.datasets import Choice
from tests.datasets.conftest import QUOTATION
from tests.datasets.opened import lines
from tests.datasets.schemas import PRODIGY_CHOICE, PRODIGY_SPANS


@pytest.fixture
def folder(project, tmp_path):
    datasets.export(project, "prodigy", tmp_path / "out", Choice(names=True))
    return tmp_path / "out"


def test_all_files_keep_to_the_schemas(folder):
    files = {path.name for path in folder.glob("*.jsonl")}
    assert files == {"spans.jsonl", "choices-veracity.jsonl", "choices-rhetoric.jsonl"}
    for name in files:
        schema = PRODIGY_SPANS if name == "spans.jsonl" else PRODIGY_CHOICE
        for one in lines(folder / name):
            Draft202012Validator(schema).validate(one)


def test_relations_lead_from_span_to_span_by_their_last_tokens(folder):
    found = set()
    for one in lines(folder / "spans.jsonl"):
        for relation in one["relations"]:
            head, child = relation["head_span"], relation["child_span"]
            assert head in one["spans"]
            assert child in one["spans"]
            assert (relation["head"], relation["child"]) == (head["token_end"], child["token_end"])
            ends = (one["text"][span["start"] : span["end"]] for span in (head, child))
            found.add((one["_annotator_id"], relation["label"], *ends))
    assert ("Ada Brun", "source", "Le pont est sûr", "la maire Zoé Lantier") in found
    assert ("Ada Brun", "carried by", "Le pont est sûr", "sûr") in found


def test_choices_are_accepted_options(folder):
    chosen = {}
    for name in ("veracity", "rhetoric"):
        for one in lines(folder / f"choices-{name}.jsonl"):
            assert set(one["accept"]) <= {option["id"] for option in one["options"]}
            assert (one["config"]["choice_style"] == "single") == (name == "veracity")
            assert datetime.fromtimestamp(one["_timestamp"]).year >= 2026
            if one["meta"]["claim_id"] == QUOTATION:
                chosen[one["_annotator_id"], name] = one["accept"]
    assert chosen == {
        ("Ada Brun", "veracity"): ["disputed"],
        ("Bo Dahl", "veracity"): ["disputed"],
        ("Ça", "veracity"): ["verified"],
        ("Ada Brun", "rhetoric"): ["partisan_framing"],
        ("Bo Dahl", "rhetoric"): ["partisan_framing", "sarcasm"],
        ("Ça", "rhetoric"): [],
    }
