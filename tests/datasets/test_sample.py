"""The labelled sample that lies in exports/, opened in each format by its reader."""

import json
from pathlib import Path

import pytest

from annotator import datasets
from annotator.datasets import Choice
from annotator.datasets.dataset import Dataset
from annotator.datasets.importing import take_in
from annotator.datasets.layers import marks, parts
from annotator.store import open_project
from tests.datasets.opened import EXACT
from tests.datasets.test_brat import shown
from tests.datasets.test_round_trips import spacy_docs, spacy_spans

SAMPLE = Path(__file__).parents[2] / "exports" / "sample"
NAMED = Choice(names=True)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with open_project(tmp_path_factory.mktemp("sample") / "annotations.db") as project:
        take_in(project, "jsonl", SAMPLE, "Ada")
        yield project


def marked(project):
    """(article, person, what their sheet shows of it) of all who judged something there."""
    for document in Dataset(project, NAMED).documents():
        tags = [(part.role, part.spans) for part in parts(document.tagging)]
        tags += [("claim", ((one["start"], one["end"]),)) for one in document.claims]
        answers = [one for claim in document.claims for one in claim["judgements"]]
        for person in sorted({one["reviewer"] for one in answers}):
            words = [mark for one in answers if one["reviewer"] == person for mark in marks(one)]
            yield document.article, person, sorted([*tags, *((a, (b,)) for a, b in words)])


@pytest.mark.parametrize("name", EXACT)
def test_exact_formats_show_what_the_sample_has(sample, tmp_path, name):
    datasets.export(sample, name, tmp_path / "out", NAMED)
    sheets = list(marked(sample))
    assert len(sheets) > 2
    for article, person, wanted in sheets:
        assert sorted(EXACT[name](tmp_path / "out", article, person)) == wanted


def test_spacy_has_a_document_for_each_sheet(sample, tmp_path):
    datasets.export(sample, "spacy", tmp_path / "out", NAMED)
    docs = {
        (told["article"]["article_id"], told["reviewer"]): doc
        for doc in spacy_docs(tmp_path / "out")
        for told in [doc.user_data["annotator"]]
    }
    sheets = list(marked(sample))
    assert len(docs) == len(sheets)
    for article, person, wanted in sheets:
        doc = docs[article.id, person]
        assert doc.text == article.text
        assert len(list(spacy_spans(doc))) == sum(len(spans) for _, spans in wanted)


@pytest.mark.readers
def test_bratly_shows_what_the_sample_has(sample, tmp_path):
    datasets.export(sample, "brat", tmp_path / "out", NAMED)
    for article, person, wanted in marked(sample):
        assert sorted(shown(tmp_path / "out", article, person)) == wanted


@pytest.mark.readers
def test_label_studio_accepts_the_sample(sample, tmp_path):

    from label_studio_sdk.label_interface import LabelInterface

    datasets.export(sample, "label-studio", tmp_path / "out")
    reader = LabelInterface((tmp_path / "out" / "config.xml").read_text(encoding="utf-8"))
    for task in json.loads((tmp_path / "out" / "tasks.json").read_text(encoding="utf-8")):
        assert all(map(reader.validate_annotation, task["annotations"]))
