"""What lies in an export's folder, and what a later one may replace."""

import subprocess

import pytest

from annotator import datasets
from annotator.datasets.folder import files_in, listed
from annotator.errors import DatasetError


def test_the_checksums_are_those_of_all_files(project, tmp_path):
    out = tmp_path / "out"
    datasets.export(project, "jsonl", out)
    assert listed(out).keys() == set(files_in(out)) - {"SHA256SUMS"}
    run = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=out)
    assert run.returncode == 0


def test_force_replaces_an_export_of_another_format(project, tmp_path):
    out = tmp_path / "out"
    datasets.export(project, "jsonl", out)
    with pytest.raises(DatasetError, match="--force"):
        datasets.export(project, "csv", out)
    datasets.export(project, "csv", out, force=True)
    assert "articles.jsonl" not in files_in(out) and "claims.csv" in files_in(out)


def test_force_never_replaces_a_file_that_no_export_wrote(project, tmp_path):
    out = tmp_path / "out"
    datasets.export(project, "jsonl", out)
    (out / "figures").mkdir()
    (out / "figures" / "mine.png").write_bytes(b"mine")
    with pytest.raises(DatasetError, match=r"other files \(figures/mine.png\)"):
        datasets.export(project, "jsonl", out, force=True)
    assert (out / "figures" / "mine.png").read_bytes() == b"mine"


@pytest.mark.parametrize("sums", [b"\xff", b"hello\n"])
def test_a_folder_whose_checksums_are_none_is_left_alone(project, tmp_path, sums):
    (tmp_path / "SHA256SUMS").write_bytes(sums)
    with pytest.raises(DatasetError, match="SHA256SUMS"):
        datasets.export(project, "csv", tmp_path, force=True)
