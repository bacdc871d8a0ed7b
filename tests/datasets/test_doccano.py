"""doccano's JSON Lines, held against a schema of what doccano reads."""

import json

import pytest
from jsonschema import Draft202012Validator

from annotator import datasets
from annotator.datasets import Choice
from annotator.datasets.layers import identifier
from tests.datasets.conftest import QUOTATION
from tests.datasets.opened import lines
from tests.datasets.schemas import DOCCANO_CLAIMS, DOCCANO_SPANS, DOCCANO_TYPES


@pytest.fixture
def folder(project, tmp_path):
    datasets.export(project, "doccano", tmp_path / "out", Choice(names=True))
    return tmp_path / "out"


def test_all_files_keep_to_the_schemas(folder):
    for name, schema in (("spans", DOCCANO_SPANS), ("claims", DOCCANO_CLAIMS)):
        files = sorted((folder / name).iterdir())
        people = ("Ada Brun", "Bo Dahl", "Ça")
        assert [path.stem for path in files] == sorted(map(identifier, people))
        for path in files:
            for one in lines(path):
                Draft202012Validator(schema).validate(one)
    for path in folder.glob("*_types.json"):
        Draft202012Validator(DOCCANO_TYPES).validate(json.loads(path.read_text(encoding="utf-8")))


def test_labels_used_are_labels_declared_and_relations_lead_to_entities(folder):
    declared = {
        name: {
            one["text"]
            for one in json.loads((folder / f"{name}_types.json").read_text(encoding="utf-8"))
        }
        for name in ("span", "relation", "category")
    }
    ids = []
    for path in (folder / "spans").iterdir():
        for record in lines(path):
            entities = {one["id"]: one for one in record["entities"]}
            assert {one["label"] for one in entities.values()} <= declared["span"]
            for one in record["relations"]:
                assert one["type"] in declared["relation"]
                assert {one["from_id"], one["to_id"]} <= entities.keys()
            ids += [one["id"] for one in record["entities"] + record["relations"]]
    assert len(ids) == len(set(ids))
    for path in (folder / "claims").iterdir():
        for record in lines(path):
            assert set(record["label"]) <= declared["category"]


def test_a_claim_has_its_labels_and_remarks(folder):
    found = lines(folder / "claims" / f"{identifier('Ada Brun')}.jsonl")
    (claim,) = [one for one in found if one["claim_id"] == QUOTATION]
    assert claim["label"] == ["disputed", "partisan_framing"]
    assert claim["Comments"] == [
        "=1+1 says Bo Dahl, not Bodahl",
        "url: https://pont.example|x (2031-02-04)",
        "text: vu",
    ]
    assert (claim["text"], claim["speaker"]) == ("Le pont est sûr", "Zoé Lantier")
