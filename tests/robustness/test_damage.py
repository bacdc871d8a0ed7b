"""A damaged project is never believed: it is named, and what is good in it is saved."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from annotator.datasets import Choice, export
from annotator.errors import AnnotatorError
from annotator.store import open_project, recover
from tests.robustness.made import exported, worked

ROUNDS = 1000


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "project.db"
    worked(path)
    return path


def harmed(whole: bytes, chance: random.Random) -> bytes:
    """Return a file's bytes with one to three flipped, a stretch overwritten, or the end cut."""
    data = bytearray(whole)
    kind = chance.randrange(4)
    if kind == 0:
        return bytes(data[: chance.randrange(len(data))])
    if kind == 1:
        start, size = chance.randrange(len(data)), chance.randrange(1, 5000)
        data[start : start + size] = chance.randbytes(len(data[start : start + size]))
        return bytes(data)
    for _ in range(chance.randrange(1, 4)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def answers(path: Path) -> object:
    """Return what a project says to its screens and commands."""
    with open_project(path, create=False) as project:
        ids = list(project.article_ids())
        return (
            [project.article(one) for one in ids],
            [project.taggings(one) for one in ids],
            [project.corrected(one, "ana") for one in ids],
            [project.all_judgements(one) for one in ids],
            [project.decisions(one) for one in ids],
            list(project.claims(walk_only=False)),
            list(project.events()),
            project.page("ana", 0, 100),
            project.queue.count("lea"),
        )


def test_damage_is_named_and_never_believed(sound: Path, tmp_path: Path, length) -> None:
    whole, expected = sound.read_bytes(), answers(sound)
    reference = exported(sound, tmp_path / "reference")
    chance = random.Random(20)
    named = 0
    for turn in range(length(40, ROUNDS)):
        path = tmp_path / f"{turn}.db"
        path.write_bytes(harmed(whole, chance))
        try:
            with open_project(path, create=False) as project:
                problems = project.check()
        except AnnotatorError as error:
            problems = [str(error)]
        assert all("\n" not in line for line in problems)
        if not problems:
            assert answers(path) == expected
        named += bool(problems)
        try:
            with open_project(path, create=False) as project:
                export(project, "jsonl", tmp_path / f"out-{turn}", Choice(names=True))
        except AnnotatorError as error:
            assert "\n" not in str(error) and not (tmp_path / f"out-{turn}").exists()
        else:
            out = tmp_path / f"out-{turn}"
            assert {one.name: one.read_bytes() for one in out.iterdir()} == reference
    assert named > turn // 4


def test_what_still_verifies_is_saved(sound: Path, tmp_path: Path, length) -> None:
    whole = sound.read_bytes()
    with open_project(sound, create=False) as project:
        events, articles = set(project.events()), set(project.article_ids())
    chance = random.Random(21)
    saved = 0
    for turn in range(length(25, ROUNDS)):
        path, new = tmp_path / f"{turn}.db", tmp_path / f"new-{turn}.db"
        path.write_bytes(harmed(whole, chance))
        try:
            recover(path, new, "mia")
        except AnnotatorError as error:
            assert "\n" not in str(error) and not new.exists()
            continue
        with open_project(new, create=False) as project:
            assert project.check() == []
            assert {one for one in project.events() if one.actor != "mia"} <= events
            assert set(project.article_ids()) <= articles
            saved += len(list(project.events())) > len(events) // 2
    assert saved > turn // 4
