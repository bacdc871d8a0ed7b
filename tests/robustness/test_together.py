"""Two people and a merge at one file: nothing is lost or doubled, and nobody sees a lock."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.store import open_project
from tests.robustness.made import made, worked
from tests.terminal import Terminal

ARTICLES = 12
SENTENCES = 40
SECONDS = 120


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_project(tmp_path / "annotations.db") as project:
        project.add([made(f"Verlac {n}", SENTENCES) for n in range(ARTICLES)], "lea")
    for number in range(2):
        worked(tmp_path / f"from-{number}.db")
        with open_project(tmp_path / f"from-{number}.db") as other:
            other.add([made(f"Sarn {number}-{n}", SENTENCES) for n in range(40)], "eva")
    return tmp_path


def merging(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "annotator", "merge", "from-0.db", "from-1.db", "--as", "Lea"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe, text=True)


def test_each_sees_the_others_work_on_the_next_claim(folder: Path) -> None:
    people = {name: Terminal(folder, "--as", name, columns=120, rows=40) for name in ("Ada", "Ben")}
    for terminal in people.values():
        terminal.wait("Verlac")
        terminal.press("\r")
        terminal.wait("claim")
    people["Ada"].press("v")
    people["Ada"].wait("1/")
    people["Ben"].press("jk")
    people["Ben"].wait("Il pleut")
    assert "Ada" not in people["Ben"].text  # not before their own answer is in
    people["Ben"].press("dk")
    people["Ben"].wait("Ada")
    people["Ada"].press("k")
    people["Ada"].wait("Ben")
    for terminal in people.values():
        terminal.kill()


def test_two_sessions_and_merges_on_one_file(folder: Path, length) -> None:
    people = {name: Terminal(folder, "--as", name, columns=120) for name in ("Ada", "Ben")}
    for terminal in people.values():
        terminal.wait("Verlac")
        terminal.press("\r")
        terminal.wait("claim")
    pressed = dict.fromkeys(people, 0)
    keys = {"Ada": "vd ", "Ben": "dnv"}
    seconds = length(6, SECONDS)
    end, merge = time.monotonic() + seconds, merging(folder)
    while time.monotonic() < end:
        for name, terminal in people.items():
            terminal.press(keys[name][pressed[name] % 3])
            pressed[name] += 1
            terminal.take()
            assert "locked" not in terminal.text and "Traceback" not in terminal.text
        if merge.poll() is not None:
            assert merge.returncode == 0, merge.communicate()
            merge = merging(folder)
    said, errors = merge.communicate(timeout=60)
    assert merge.returncode == 0, (said, errors)

    for terminal in people.values():
        terminal.press("q")
        terminal.wait("/")
        terminal.press("q")
        assert terminal.ended() == 0
        assert b"locked" not in terminal.received and b"Traceback" not in terminal.received
    with open_project(folder / "annotations.db") as project:
        assert project.check() == []
        for name, count in pressed.items():
            events = list(project.events(name, "judge"))
            assert len(events) == len({event.id for event in events})
            # A key press that falls on the last claim of an article asks for the next one.
            assert len(events) == count
