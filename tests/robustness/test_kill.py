"""Killed at any moment, a project has all that was acknowledged and nothing half done."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.datasets.importing import take_in
from annotator.store import open_project
from tests.robustness.made import exported, labelled, made, said, worked
from tests.robustness.worker import ACTS

ROUNDS = 50
LONGEST_SECONDS = 0.5


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project in which people worked, and two colleagues' files, and another
    tool's dataset.
    """
    folder = tmp_path_factory.mktemp("ready")
    worked(folder / "project.db")
    for number in range(2):
        worked(folder / f"from-{number}.db", articles=3)
        with open_project(folder / f"from-{number}.db") as other:
            other.add([made(f"Sarn {number}", sentences=300)], "eva")
    labelled(folder / "labelled.jsonl")
    return folder


def killed(folder: Path, act: str, seconds: float, first: bool = False) -> list[str]:
    """Let a process work for so long, kill it, and return what it said was done.

    With `first`, the time begins when it has said so once.
    """
    worker = started(folder, act)
    done = worker.stdout.readline().split() if first and worker.stdout else []
    time.sleep(seconds)
    return done + stopped(worker)


def started(folder: Path, act: str) -> subprocess.Popen[str]:
    """Let a process begin to work."""
    command = [sys.executable, "-m", "tests.robustness.worker", act, str(folder / "project.db")]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert worker.stdout and worker.stderr
    assert worker.stdout.readline() == "ready\n", worker.stderr.read()
    return worker


def stopped(worker: subprocess.Popen[str]) -> list[str]:
    """Kill a process and return what it said was done."""
    worker.send_signal(signal.SIGKILL)
    told, errors = worker.communicate()
    assert worker.returncode == -signal.SIGKILL, errors
    return told.split("\n")[:-1]  # the last line may be cut


@pytest.mark.parametrize("act", ACTS)
def test_nothing_acknowledged_is_lost_and_nothing_is_half(
    ready: Path, tmp_path: Path, act: str, length
) -> None:
    chance = random.Random(act)
    for turn in range(length(1, ROUNDS)):
        folder = tmp_path / str(turn)
        shutil.copytree(ready, folder)
        before = exported(folder / "project.db", folder / "reference")
        done = killed(folder, act, chance.uniform(0, LONGEST_SECONDS), first=turn == 0)
        assert done or turn > 0
        with open_project(folder / "project.db", create=False) as project:
            assert project.check() == []
            if act == "add":
                assert project.known(done) == set(done)
            if act in ("judge", "correct", "decide"):
                assert set(done) <= {event.id for event in project.events()}
            if act == "merge":
                for name in done:
                    assert project.colleagues.merge(folder / name).added == 0
        if act == "export":
            for out in folder.glob("out-*"):
                assert {one.name: one.read_bytes() for one in out.iterdir()} == before
            assert all((folder / name).is_dir() for name in done)
        shutil.rmtree(folder)


def test_an_interrupted_merge_can_be_taken_up(ready: Path, tmp_path: Path, length) -> None:
    for name in ("whole", "cut"):
        shutil.copytree(ready, tmp_path / name)
    with open_project(tmp_path / "whole" / "project.db") as project:
        for other in sorted(ready.glob("from-*.db")):
            project.colleagues.merge(other)
    for turn in range(length(1, 5)):
        killed(tmp_path / "cut", "merge", 0.02 * (turn + 1))
    with open_project(tmp_path / "cut" / "project.db") as project:
        for other in sorted(ready.glob("from-*.db")):
            project.colleagues.merge(other)
    whole, cut = (
        exported(tmp_path / name / "project.db", tmp_path / name / "out")
        for name in ("whole", "cut")
    )
    assert whole == cut


def judgements(path: Path) -> int:
    """Return how many judgements are in a project."""
    return sum(kind == "judge" for _, kind, *_ in said(path))


def test_an_interrupted_import_can_be_taken_up(ready: Path, tmp_path: Path) -> None:
    source = ready / "labelled.jsonl"
    whole, cut = tmp_path / "whole.db", tmp_path / "cut" / "project.db"
    with open_project(whole) as project:
        expected = take_in(project, "doccano", source, "ana")
    cut.parent.mkdir()
    shutil.copy(source, cut.parent)
    for part in (0, expected.judgements // 4):
        worker = started(cut.parent, "import")
        while judgements(cut) <= part:
            time.sleep(0.01)
        stopped(worker)
    before = judgements(cut)
    with open_project(cut) as project:
        rest = take_in(project, "doccano", source, "ana")
        assert 0 < rest.judgements == expected.judgements - before
        assert take_in(project, "doccano", source, "ana").judgements == 0
        assert project.check() == []
    assert said(cut) == said(whole)
