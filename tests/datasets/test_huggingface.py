"""The Hugging Face dataset, as `datasets` and `huggingface_hub` open it."""

import importlib
import json
import sys

import pytest

from annotator import datasets as ours
from annotator.datasets import Choice, huggingface
from annotator.errors import DatasetError
from tests.datasets.conftest import (
    BRIDGE,
    DOUBT,
    NEW,
    QUOTATION,
    answer,
    judge,
    span,
)


def test_without_pyarrow_it_says_what_to_install(project, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(DatasetError, match=r"pip install 'annotator\[huggingface\]'") as caught:
        ours.export(project, "huggingface", tmp_path / "out")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()


@pytest.fixture
def opened(project, tmp_path, monkeypatch):
    """The exported dataset as a user opens it, without a network."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(huggingface, "ROWS", 2)
    theirs = importlib.import_module("datasets")
    judge(project, "Old", DOUBT, answer("verified", "a_label_of_old"))
    report = ours.export(project, "huggingface", tmp_path / "out", Choice(names=True))
    cache = str(tmp_path / "cache")
    yield report, lambda *name: theirs.load_dataset(str(tmp_path / "out"), *name, cache_dir=cache)


@pytest.mark.readers
def test_claims_are_what_the_json_lines_say(project, opened, tmp_path):
    report, load = opened
    assert report.losses == (
        "huggingface cannot carry: 1 earlier taggings, 1 labels that the scheme does not have,"
        " 1 log of events"
    )
    ours.export(project, "jsonl", tmp_path / "lines", Choice(names=True))
    lines = (tmp_path / "lines" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    dataset = load()
    assert set(dataset) == {one["split"] for one in records}
    for split, part in dataset.items():
        expected = [one for one in records if one["split"] == split]
        assert [row["claim_id"] for row in part] == [one["claim_id"] for one in expected]
        for row, record in zip(part, expected, strict=True):
            same = row.keys() - {"judgements", "decision", "final", "final_basis", "final_spans"}
            assert {name: row[name] for name in same} == {name: record[name] for name in same}
            assert row["final_basis"] == {a: f["basis"] for a, f in record["final"].items()}
            assert [one["note"] for one in row["judgements"]] == [
                one["note"] for one in record["judgements"]
            ]


@pytest.mark.readers
def test_labels_are_classes_and_spans_lists_of_structs(opened):
    dataset = opened[1]()
    rows = {row["claim_id"]: row for part in dataset.values() for row in part}
    features = next(iter(dataset.values())).features
    veracity = features["final"]["veracity"]
    rhetoric = features["final"]["rhetoric"].feature
    assert veracity.int2str(rows[QUOTATION]["final"]["veracity"]) == "disputed"
    assert rhetoric.int2str(rows[QUOTATION]["final"]["rhetoric"]) == ["partisan_framing"]
    (ada, *_) = (one for one in rows[QUOTATION]["judgements"] if one["reviewer"] == "Ada Brun")
    assert veracity.int2str(ada["labels"]["veracity"]) == "disputed"
    (marked,) = ada["spans"]
    label = features["judgements"].feature["spans"].feature["label"]
    assert label.int2str(marked["label"]) == "partisan_framing"
    assert (marked["start"], marked["end"]) == span(BRIDGE, "sûr")
    assert veracity.int2str(rows[DOUBT]["decision"]["labels"]["veracity"]) == "unverified"
    (old,) = (one for one in rows[DOUBT]["judgements"] if one["reviewer"] == "Old")
    assert old["labels"]["rhetoric"] == []


@pytest.mark.readers
def test_articles_are_a_configuration_with_text_and_tags(opened):
    articles = {row["id"]: row for part in opened[1]("articles").values() for row in part}
    bridge = articles[BRIDGE.id]
    assert (bridge["text"], bridge["model"]) == (BRIDGE.text, "fr_model 1.0")
    assert [tuple(one["content"][0]) for one in bridge["attributions"]] == [
        NEW.attributions[0].content[0]
    ]
    assert [one["id"] for one in bridge["claims"]] == [one.id for one in NEW.claims]


@pytest.mark.readers
def test_the_card_opens_as_a_card(opened, tmp_path):
    from huggingface_hub import DatasetCard

    card = DatasetCard.load(tmp_path / "out" / "README.md")
    data = card.data.to_dict()
    assert data["language"] == ["en", "fr"]
    assert [one["config_name"] for one in data["configs"]] == ["claims", "articles"]
    assert "## Known limits" in card.text
