"""Datasets without text: what is quoted, and the text put back from the articles."""

import json

import pytest

from annotator import datasets
from annotator.datasets import Choice
from annotator.datasets.folder import files_in
from annotator.errors import DatasetError, UsageError
from tests.datasets.conftest import BRIDGE, FERRY, NEW, formats
from tests.datasets.test_people import readable

TEXTLESS = [one for one in formats() if datasets.FORMATS[one.values[0]].textless]
WITHOUT = Choice(text=False)


@pytest.fixture
def articles(tmp_path):
    """The articles as files; the first one's title is not in its text."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number, article in enumerate((BRIDGE, FERRY)):
        record = json.dumps({"text": article.text})
        (folder / f"{number}.jsonl").write_text(record + "\n", encoding="utf-8")
    return folder


def data(folder):
    """Return what is in the files of an export but for the card and what follows from it."""
    others = {"README.md", "LOSSES.txt", "SHA256SUMS"}
    return {name: readable(folder / name) for name in set(files_in(folder)) - others}


@pytest.mark.parametrize("name", TEXTLESS)
def test_text_is_left_out_and_comes_back_as_it_was(project, articles, tmp_path, name):
    datasets.export(project, name, tmp_path / "whole")
    datasets.export(project, name, tmp_path / "out", WITHOUT)
    left = " ".join(readable(tmp_path / "out" / one) for one in files_in(tmp_path / "out"))
    for words in ("doutent encore", "Le pont est sûr", "did not sail", "a déclaré"):
        assert words not in left
    report = datasets.rehydrate(tmp_path / "out", [articles])
    assert (report.articles, report.missing, report.refusals) == (2, (), ())
    assert data(tmp_path / "out") == data(tmp_path / "whole")
    with pytest.raises(DatasetError, match="no text was left out"):
        datasets.rehydrate(tmp_path / "out", [articles])


@pytest.mark.parametrize("name", TEXTLESS)
def test_at_most_so_many_words_are_quoted(project, articles, tmp_path, name):
    datasets.export(project, name, tmp_path / "out", Choice(text=False, quoted=2))
    left = " ".join(readable(tmp_path / "out" / one) for one in files_in(tmp_path / "out"))
    assert "Les riverains" in left and "Les riverains en" not in left
    datasets.export(project, name, tmp_path / "whole")
    datasets.rehydrate(tmp_path / "out", [articles])
    assert data(tmp_path / "out") == data(tmp_path / "whole")


def test_what_is_missing_is_named_and_can_come_later(project, articles, tmp_path):
    datasets.export(project, "jsonl", tmp_path / "whole")
    datasets.export(project, "jsonl", tmp_path / "out", WITHOUT)
    (articles / "broken.txt").write_bytes(b"\xff\xfe\xff")
    report = datasets.rehydrate(tmp_path / "out", [articles / "1.jsonl", articles / "broken.txt"])
    assert report.articles == 1
    assert report.missing == (f"article {BRIDGE.id}: not found ({BRIDGE.about.title})",)
    assert [one.name for one in report.refusals] == [str(articles / "broken.txt")]
    texts = [json.loads(line)["text"] for line in (tmp_path / "out" / "articles.jsonl").open()]
    assert sorted(texts, key=str) == sorted([None, FERRY.text], key=str)
    assert datasets.rehydrate(tmp_path / "out", [articles]).missing == ()
    assert data(tmp_path / "out") == data(tmp_path / "whole")


def test_another_text_is_never_taken_for_the_article(project, articles, tmp_path):
    datasets.export(project, "jsonl", tmp_path / "out", WITHOUT)
    (articles / "0.jsonl").write_text(json.dumps({"text": BRIDGE.text + " "}), encoding="utf-8")
    (missing,) = datasets.rehydrate(tmp_path / "out", [articles]).missing
    assert BRIDGE.id in missing


def test_a_dataset_that_was_changed_is_refused_and_stays(project, articles, tmp_path):
    datasets.export(project, "jsonl", tmp_path / "out", WITHOUT)
    claims = tmp_path / "out" / "claims.jsonl"
    changed = claims.read_text(encoding="utf-8").replace('"start": 0', '"start": 1')
    claims.write_text(changed, encoding="utf-8")
    with pytest.raises(DatasetError, match=r"claims.jsonl: changed after it was written"):
        datasets.rehydrate(tmp_path / "out", [articles])
    claims.unlink()
    with pytest.raises(DatasetError, match=r"claims.jsonl: No such file"):
        datasets.rehydrate(tmp_path / "out", [articles])
    assert changed.count("Le pont est sûr") == 0


def test_a_claim_says_where_the_words_of_its_attribution_are(project):
    from annotator.datasets.dataset import Dataset

    (told,) = (
        claim["attribution"]
        for claim in Dataset(project, WITHOUT).claims()
        if claim["attribution"] and not claim["superseded"]
    )
    said = NEW.attributions[0]
    assert told["spans"] == {"content": said.content, "cue": said.cue, "source": said.source}
    assert (told["cue"], told["source"]) == (None, None)


@pytest.mark.parametrize(
    "name", sorted(name for name, one in datasets.FORMATS.items() if not one.textless)
)
def test_formats_that_are_their_text_refuse_to_go_without(project, tmp_path, name):
    with pytest.raises(UsageError, match="jsonl, csv"):
        datasets.export(project, name, tmp_path / "out", WITHOUT)
