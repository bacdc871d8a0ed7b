"""An export is complete or absent, replaces nothing else, and depends on the content alone."""

import os
import resource

import pytest

from annotator import datasets
from annotator.datasets import Choice, jsonl, writing
from annotator.datasets.folder import files_in
from annotator.datasets.format import Format
from annotator.errors import DatasetError, UsageError
from annotator.store import open_project
from tests.datasets.conftest import QUOTATION, answer, formats, judge, merged

FORMATS = pytest.mark.parametrize("name", formats())


def content(folder):
    return {path: (folder / path).read_bytes() for path in files_in(folder)}


def test_every_format_is_explained_in_a_line():
    assert {"jsonl", "csv", "huggingface"} <= set(datasets.FORMATS)
    for one in datasets.FORMATS.values():
        assert one.description and "\n" not in one.description + one.cannot_carry


@FORMATS
def test_the_report_counts_what_is_in_the_files(project, tmp_path, name):
    report = datasets.export(project, name, tmp_path / "new" / "out")
    assert str(report) == "2 articles, 7 claims, 7 judgements by 3 reviewers"
    assert os.listdir(tmp_path / "new") == ["out"]


@FORMATS
@pytest.mark.parametrize("names", [True, False])
def test_the_same_content_gives_the_same_bytes_in_whatever_order_it_came(
    project, tmp_path, name, names
):
    datasets.export(project, name, tmp_path / "a", Choice(names=names))
    for seed in range(3):
        with merged(project, tmp_path / f"{seed}.db", seed) as other:
            datasets.export(other, name, tmp_path / f"b{seed}", Choice(names=names))
        assert content(tmp_path / f"b{seed}") == content(tmp_path / "a")


def test_an_existing_export_is_replaced_only_by_force(project, tmp_path):
    out = tmp_path / "out"
    datasets.export(project, "csv", out)
    before = content(out)
    judge(project, "Ada Brun", QUOTATION, answer("verified"))
    with pytest.raises(DatasetError, match="--force"):
        datasets.export(project, "csv", out)
    assert content(out) == before
    datasets.export(project, "csv", out, force=True)
    assert content(out) != before
    assert [name for name in os.listdir(tmp_path) if "out" in name] == ["out"]


def test_force_never_replaces_what_is_no_export_of_this_format(project, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.docx").write_text("years of work")
    with pytest.raises(DatasetError, match=r"other files \(thesis.docx\)"):
        datasets.export(project, "csv", out, force=True)
    assert (out / "thesis.docx").read_text() == "years of work"
    with pytest.raises(DatasetError, match="not a folder"):
        datasets.export(project, "csv", out / "thesis.docx", force=True)


def test_an_empty_folder_is_filled(project, tmp_path):
    (tmp_path / "out").mkdir()
    datasets.export(project, "jsonl", tmp_path / "out")
    assert len(content(tmp_path / "out")) == 6


def test_an_unknown_format_is_refused_with_the_known_ones(project, tmp_path):
    with pytest.raises(UsageError, match="jsonl, csv"):
        datasets.export(project, "xlsx", tmp_path / "out")


def test_an_export_that_breaks_off_leaves_nothing(project, tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(DatasetError, match="out: File too large"):
            datasets.export(project, "jsonl", tmp_path / "new" / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert os.listdir(tmp_path / "new") == []


def test_others_may_write_during_an_export_and_it_shows_one_state(project, tmp_path, monkeypatch):
    def interrupted(dataset, folder):
        with open_project(project.path) as other:
            judge(other, "Late", QUOTATION, answer("verified"))
        jsonl.write(dataset, folder)

    slow = Format("written while a colleague goes on", "", interrupted, {})
    monkeypatch.setitem(writing.FORMATS, "slow", slow)
    report = datasets.export(project, "slow", tmp_path / "out", Choice(names=True))
    assert report.judgements == 7
    assert b"Late" not in b"".join(content(tmp_path / "out").values())
    assert "Late" in project.reviewers()


@FORMATS
def test_an_empty_project_gives_an_empty_dataset(tmp_path, name):
    with open_project(tmp_path / "empty.db") as project:
        report = datasets.export(project, name, tmp_path / "out")
    assert str(report) == "0 articles, 0 claims, 0 judgements by 0 reviewers"


def test_a_read_only_project_can_be_exported(project, tmp_path):
    project.close()
    with open_project(project.path, create=False) as again:
        assert datasets.export(again, "csv", tmp_path / "out").judgements == 7
