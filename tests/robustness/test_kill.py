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

from annotator.store import open_project
from tests.robustness.made import exported, made, worked
from tests.robustness.worker import ACTS

ROUNDS = 50
LONGEST_SECONDS = 0.5


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project in which people worked, and two colleagues' files."""
    folder = tmp_path_factory.mktemp("ready")
    worked(folder / "project.db")
    for number in range(2):
        worked(folder / f"from-{number}.db", articles=3)
        with open_project(folder / f"from-{number}.db") as other:
            other.add([made(f"Sarn {number}", sentences=300)], "eva")
    return folder


def killed(folder: Path, act: str, seconds: float, first: bool = False) -> list[str]:
    """Let a process work for so long, kill it, and return what it said was done.

    With `first`, the time begins when it has said so once.
    """
    command = [sys.executable, "-m", "tests.robustness.worker", act, str(folder / "project.db")]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert worker.stdout and worker.stderr
    assert worker.stdout.readline() == "ready\n", worker.stderr.read()
    done = worker.stdout.readline().split() if first else []
    time.sleep(seconds)
    worker.send_signal(signal.SIGKILL)
    said, errors = worker.communicate()
    assert worker.returncode == -signal.SIGKILL, errors
    return done + said.split("\n")[:-1]  # the last line may be cut


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
