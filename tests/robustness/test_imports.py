"""Datasets that came to harm, or mean it: taken in whole or refused in a line, never in part."""

from __future__ import annotations

import os
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.datasets import Choice, export, spacy
from annotator.datasets.importing import IMPORTERS, take_in
from annotator.datasets.taking import Taken
from annotator.display import display_text
from annotator.errors import AnnotatorError, DatasetError
from annotator.store import Project, open_project
from tests.robustness.made import worked
from tests.robustness.test_input import INPUTS, harmed, patience

FORMATS = [
    pytest.param(name, marks=[pytest.mark.readers] if name == "huggingface" else [])
    for name in IMPORTERS
]
ASIDE = ("SHA256SUMS", "README.md", "LOSSES.txt")


def held(project: Project) -> tuple[int, int]:
    """Return how many articles and events a project has."""
    return len(list(project.article_ids())), sum(1 for _ in project.events())


def took(project: Project, name: str, path: Path) -> bool:
    """Whether something came in; what was said of it is one line each, and all or nothing."""
    before = held(project)
    try:
        report = take_in(project, name, path, "Zoe")
    except AnnotatorError as error:
        assert str(error) and "\n" not in display_text(str(error))
        assert held(project) == before
        return False
    if isinstance(report, Taken):
        assert all(problem and "\n" not in display_text(problem) for problem in report.problems)
    return held(project) != before


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("original") / "annotations.db"
    worked(path, articles=2)
    return path


def exported(original: Path, name: str, folder: Path) -> dict[str, bytes]:
    """Return the files of an export that an importer reads."""
    with open_project(original, create=False) as project:
        export(project, name, folder, Choice(names=True))
    found = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ASIDE
    }
    return {path: data for path, data in found.items() if not path.startswith("textcat")}


def harmed_inside(data: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    """Return a file harmed: of a compressed one, most often what is in it."""
    if data[:1] == b"\x78" and chance.random() < 0.9:
        return zlib.compress(harmed([zlib.decompress(data)], chance))
    return harmed([data, *seeds[:1]], chance)


@pytest.fixture
def empties(tmp_path: Path) -> Iterator[Iterator[Path]]:
    yield (tmp_path / f"{number}.db" for number in range(INPUTS))


@pytest.mark.parametrize("name", FORMATS)
def test_harmed_datasets(name: str, original: Path, tmp_path: Path, empties, length) -> None:
    seeds = exported(original, name, tmp_path / "whole")
    folder = tmp_path / "out"
    for path, data in seeds.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    chance = random.Random(name)
    project = open_project(next(empties))
    assert took(project, name, folder)
    project.close()
    project = open_project(next(empties))
    for _ in range(length(15, INPUTS // 20)):
        path = chance.choice(list(seeds))
        (folder / path).write_bytes(harmed_inside(seeds[path], list(seeds.values()), chance))
        with patience():
            came_in = took(project, name, folder)
        (folder / path).write_bytes(seeds[path])
        if came_in:
            project.close()
            project = open_project(next(empties))
    project.close()


@pytest.mark.parametrize("name", FORMATS)
def test_paths_that_lead_nowhere_or_never_end(name: str, tmp_path: Path) -> None:
    paths = [tmp_path / ("a" * 5000), tmp_path / "loop", tmp_path / "pipe", tmp_path / "folder"]
    paths[1].symlink_to(paths[1])
    os.mkfifo(paths[2])
    paths[3].mkdir()
    (paths[3] / "up").symlink_to(paths[3])
    for ending in ("ann", "txt", "jsonl", "spacy", "parquet", "jsonld"):
        (paths[3] / f"a.{ending}").symlink_to(paths[2])
    for special in ("tasks.json", "articles.jsonl", "spans"):
        (paths[3] / special).symlink_to(paths[1])
    with open_project(tmp_path / "annotations.db") as project, patience():
        for path in paths:
            assert not took(project, name, path)


@pytest.mark.parametrize("target", ["../secret.txt", "{there}/secret.txt", "gone.txt", "a.txt"])
@pytest.mark.parametrize("name", ["brat", "webannotation"])
def test_links_out_of_a_dataset_take_nothing_in(name: str, target: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Le code est 1234.", encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.ann").touch()
    (folder / "a.jsonld").write_text('{"items": []}', encoding="utf-8")
    (folder / "a.txt").symlink_to(target.format(there=tmp_path))
    with open_project(tmp_path / "annotations.db") as project:
        assert not took(project, name, folder)


@pytest.mark.parametrize("name", ["../secret.txt", "/dev/zero", "a/../../secret.txt"])
def test_checksums_name_only_what_is_in_the_folder(name: str, tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  {name}\n", encoding="utf-8")
    with (
        open_project(tmp_path / "annotations.db") as project,
        patience(),
        pytest.raises(DatasetError, match="is not in the folder"),
    ):
        take_in(project, "jsonl", tmp_path, "Zoe")


def test_a_bomb_of_documents_is_refused_before_it_is_opened(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(spacy, "LARGEST", 2**21)
    (tmp_path / "a.spacy").write_bytes(zlib.compress(bytes(2**22)))
    with (
        open_project(tmp_path / "annotations.db") as project,
        pytest.raises(DatasetError, match=r"a\.spacy: more than 2 MB once it is decompressed"),
    ):
        take_in(project, "spacy", tmp_path, "Zoe")
