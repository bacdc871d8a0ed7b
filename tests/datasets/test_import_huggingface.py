"""Parquet comes in: our own exports, others' texts with labels, and nothing that is not sound."""

import json
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given

from annotator import datasets
from annotator.datasets import Choice, parquet
from annotator.datasets.importing import take_in
from annotator.errors import DatasetError
from annotator.store import open_project
from tests.datasets.conftest import DOUBT, QUOTATION
from tests.datasets.generated import FEW, PEOPLE, made, project_of

NAMED = Choice(names=True)


@pytest.fixture
def empty(tmp_path):
    with open_project(tmp_path / "empty.db") as project:
        yield project


def table(path, columns, features=None, **how):
    import pyarrow
    from pyarrow import parquet as writer

    found = pyarrow.table(columns)
    if features:
        about = json.dumps({"info": {"features": features}})
        found = found.replace_schema_metadata({"huggingface": about})
    writer.write_table(found, path, **how)
    return path


def judged(project):
    return {
        project.article(one).text: {
            who: {label for chosen in row.judgement.labels.values() for label in chosen}
            for rows in project.all_judgements(one).values()
            for who, row in rows.items()
        }
        for one in project.article_ids()
    }


def test_without_pyarrow_it_says_what_to_install(empty, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(DatasetError, match=r"pip install 'annotator\[huggingface\]'"):
        take_in(empty, "huggingface", tmp_path, "Ada")


@pytest.mark.readers
@FEW
@given(made=made())
def test_what_we_export_comes_back(made):
    with project_of(made) as (project, place), tempfile.TemporaryDirectory() as other:
        datasets.export(project, "huggingface", place / "out", NAMED)
        with open_project(Path(other) / "again.db") as again:
            report = take_in(again, "huggingface", place / "out", "Zoe")
            assert report.problems == ()
            (article_id,) = again.article_ids()
            back = again.article(article_id)
            assert (back.text, back.about) == (made.article.text, made.article.about)
            told = {one.id(article_id): one for one in made.tagging.attributions}
            found = {one.id(article_id): one for one in again.taggings(article_id)[-1].attributions}
            assert found.keys() == told.keys()
            for one in found:
                assert found[one].speaker == told[one].speaker
            answers = again.all_judgements(article_id)
            for person in PEOPLE:
                for claim, judgement in made.answers[person].items():
                    one = answers[claim][f"{person} (imported)"].judgement
                    labels = {axis: some for axis, some in judgement.labels.items() if some}
                    assert (one.labels, one.spans) == (labels, judgement.spans)
                    assert one.note == judgement.note


@pytest.mark.readers
def test_what_is_lost_on_the_way_back_is_listed(project, empty, tmp_path):
    datasets.export(project, "huggingface", tmp_path / "out", NAMED)
    report = take_in(empty, "huggingface", tmp_path / "out", "Zoe")
    assert report.articles == 2
    lost = [problem.partition(": ")[2] for problem in report.problems]
    assert f"decision on {DOUBT} has no place" in lost
    assert f"framer of {QUOTATION} has no place" in lost
    assert f"evidence of {QUOTATION} has no place" in lost


@pytest.mark.readers
def test_final_answers_are_an_answer_too(project, empty, tmp_path):
    datasets.export(project, "huggingface", tmp_path / "out", Choice(who="final"))
    take_in(empty, "huggingface", tmp_path / "out", "Zoe")
    people = {who for answers in judged(empty).values() for who in answers}
    assert people == {"final (imported)"}


@pytest.mark.readers
def test_texts_with_classes_are_claims(empty, tmp_path):
    label = {"names": ["verified", "FALSE"], "_type": "ClassLabel"}
    several = {"feature": {"names": ["sarcasm"], "_type": "ClassLabel"}, "_type": "List"}
    texts = ["Le pont est sûr.", "Le pont 🎉 ferme.", "Il pleut."]
    rows = {"text": texts, "title": ["A", "B", None], "label": [0, 1, -1]}
    path = table(tmp_path / "a.parquet", rows, {"label": label})
    with pytest.raises(DatasetError, match=r"unknown labels: FALSE \(1\);"):
        take_in(empty, "huggingface", path, "Ada")
    assert not list(empty.article_ids())
    take_in(empty, "huggingface", path, "Ada", {"FALSE": "disputed"})
    who = "huggingface (imported)"
    wanted = [{who: {"verified"}}, {who: {"disputed"}}, {}]
    assert judged(empty) == dict(zip(texts, wanted, strict=True))
    rows = {"sentence": ["La digue tient."], "labels": [[0]]}
    table(tmp_path / "b.parquet", rows, {"labels": several})
    take_in(empty, "huggingface", tmp_path / "b.parquet", "Ada")
    assert judged(empty)["La digue tient."] == {who: {"sarcasm"}}


@pytest.mark.readers
def test_labels_as_text_or_numbers_without_names(empty, tmp_path):
    rows = {"claim": ["Il pleut.", "Il neige."], "label": ["Disputed", None]}
    take_in(empty, "huggingface", table(tmp_path / "a.parquet", rows), "Ada")
    rows = {"text": ["Il gèle."], "label": [1]}
    take_in(empty, "huggingface", table(tmp_path / "b.parquet", rows), "Ada", {"1": "verified"})
    who = "huggingface (imported)"
    assert judged(empty) == {
        "Il pleut.": {who: {"disputed"}}, "Il neige.": {}, "Il gèle.": {who: {"verified"}},
    }  # fmt: skip


def rewritten(source, target, change):
    from pyarrow import parquet as file

    found = file.read_table(source)
    rows = found.to_pylist()
    for row in rows:
        change(row)
    file.write_table(found.from_pylist(rows, schema=found.schema), target)


@pytest.mark.readers
@pytest.mark.parametrize(
    ("part", "change", "told"),
    [
        ("claims", {"text": "tout autre chose"}, "does not stand where the file says"),
        ("claims", {"start": -1}, "does not stand where the file says"),
        ("claims", {"article_id": "of none"}, "has claims of 1 articles without these articles"),
        ("articles", {"text": None}, "without its text; 'annotator rehydrate'"),
        ("articles", {"attributions": None}, "row 1: not a row of an annotated dataset"),
    ],
)
def test_what_does_not_fit_together_is_refused(project, empty, tmp_path, part, change, told):
    datasets.export(project, "huggingface", tmp_path / "out", NAMED)
    for path in sorted((tmp_path / "out" / "data" / part).iterdir()):
        rewritten(path, path, lambda row: row.update(change))
    with pytest.raises(DatasetError, match=told):
        take_in(empty, "huggingface", tmp_path / "out", "Zoe")
    assert not list(empty.article_ids())


@pytest.mark.readers
def test_what_is_no_annotated_dataset_is_refused(empty, tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(DatasetError, match=r"a\.parquet: not sound Parquet"):
        take_in(empty, "huggingface", path, "Ada")
    table(path, {"text": ["a"], "score": [1]})
    with pytest.raises(DatasetError, match=r"has no column of texts .* or none of labels"):
        take_in(empty, "huggingface", path, "Ada")
    table(path, {"text": [1], "label": ["verified"]})
    with pytest.raises(DatasetError, match="row 1: not a row of an annotated dataset"):
        take_in(empty, "huggingface", path, "Ada")
    table(path, {"text": ["a"], "label": [7]}, {"label": {"names": ["a"], "_type": "ClassLabel"}})
    with pytest.raises(DatasetError, match="not sound Parquet"):
        take_in(empty, "huggingface", path, "Ada")


@pytest.mark.readers
def test_a_bomb_is_refused_by_what_it_says_and_by_what_comes_out(empty, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "LARGEST_GROUP", 2**20)
    monkeypatch.setattr(parquet, "LARGEST_BATCH", 2**20)
    monkeypatch.setattr(parquet, "LARGEST_FILE", 2**23)
    rows = {"text": [f"{n} " + "a" * 2**16 for n in range(100)], "label": ["verified"] * 100}
    path = table(tmp_path / "a.parquet", rows, compression="zstd", use_dictionary=False)
    assert path.stat().st_size < 2**16
    with pytest.raises(DatasetError, match=r"a\.parquet: row group 1 says it has 6 MB"):
        take_in(empty, "huggingface", path, "Ada")
    rows = {"text": ["a" * 2**19] * 10_000, "label": ["verified"] * 10_000}
    path = table(tmp_path / "b.parquet", rows, compression="zstd")
    assert path.stat().st_size < 2**16
    with pytest.raises(DatasetError, match=r"b\.parquet: more than 8 MB in it"):
        take_in(empty, "huggingface", path, "Ada")
    assert not list(empty.article_ids())
