"""What is read of a damaged project is refused, whether verified beside it or after it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import StoreError
from annotator.store import open_project
from annotator.store.verifying import LARGE

from .conftest import lines, made, verdict

SMALL_NOTE, LARGE_NOTE = 10, 190_000


def noted(path: Path, length: int) -> Path:
    """Make a project of sixty judgements and flags with notes of so many characters."""
    with open_project(path) as project:
        project.add([made(lines(60, "la suite"))], "ana")
        for row in project.claims():
            project.append("ana", "judge", row.claim.id, verdict("verified"))
            project.append("ana", "flag", row.claim.id, {"note": "n" * length})
        project.undo("ana")
    return path


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("verified")
    found = {
        "small": noted(folder / "small.db", SMALL_NOTE),
        "large": noted(folder / "large.db", LARGE_NOTE),
    }
    assert found["small"].stat().st_size < LARGE < found["large"].stat().st_size
    return found


@pytest.fixture(params=["small", "large"])
def size(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def copied(sound: dict[str, Path], size: str, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound[size], tmp_path / "copied.db"))


@pytest.fixture
def large(sound: dict[str, Path]) -> Path:
    return sound["large"]


def change(path: Path, statement: str) -> None:
    """Change a project behind the program's back."""
    connection = sqlite3.connect(path, isolation_level=None)
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    assert connection.execute(statement).rowcount == 1
    connection.close()


def children() -> Iterator[int]:
    """Yield the processes that this one started and that have not ended."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = status.read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == os.getpid() and state != "Z":
            yield int(status.parent.name)


def test_a_sound_project_passes(copied: Path):
    with open_project(copied, create=False) as project, project.verifying():
        read = list(project.events())
    assert len(read) > 120


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE events SET at = '2031' || substr(at, 5) WHERE number = 4", "event .* was changed"),
        ("UPDATE events SET seq = seq + 1 WHERE number = 4", "event .* was changed"),
        ("UPDATE state SET body = '{}' WHERE seq = 9", "the flag of .* is not in the log"),
        ("UPDATE state SET event = substr(event, 2) || 'x' WHERE seq = 9", "is not in the log"),
        ("UPDATE state SET seq = 9999 WHERE seq = 9", "the flag of .* is not in the log"),
        ("UPDATE state SET target = target || 'x' WHERE seq = 9", "is not in the log"),
        ("DELETE FROM events WHERE number = 9", "is not in the log"),
    ],
)
def test_damage_is_told_after_the_reading(copied: Path, statement: str, problem: str):
    change(copied, statement)
    done = []
    with (
        open_project(copied, create=False) as project,
        pytest.raises(StoreError, match=f"copied.db: damaged: .*{problem}.*annotator check"),
        project.verifying(),
    ):
        done.append(True)
    assert done


def test_damage_is_why_the_reading_failed(copied: Path):
    change(copied, "UPDATE state SET body = '{}' WHERE seq = 9")
    with (
        open_project(copied, create=False) as project,
        pytest.raises(StoreError, match="not in the log"),
        project.verifying(),
    ):
        raise ValueError("stumbled")


def test_a_reading_that_failed_by_itself_says_so(copied: Path):
    with (
        open_project(copied, create=False) as project,
        pytest.raises(ValueError, match="stumbled"),
        project.verifying(),
    ):
        raise ValueError("stumbled")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc")
def test_a_verifying_that_was_killed_is_not_taken_for_a_good_one(large: Path):
    with (
        open_project(large, create=False) as project,
        pytest.raises(StoreError, match=r"could not be verified.*\(exit code -9\)") as raised,
        project.verifying(),
    ):
        (process,) = children()
        os.kill(process, signal.SIGKILL)
    assert "\n" not in str(raised.value)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc")
def test_an_interrupt_leaves_no_process_behind(large: Path):
    with (
        open_project(large, create=False) as project,
        pytest.raises(KeyboardInterrupt),
        project.verifying(),
    ):
        raise KeyboardInterrupt
    assert list(children()) == []


def test_nothing_of_the_current_folder_is_run(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    Path("annotator").mkdir()
    for name in ("annotator/__init__.py", "json.py", "sqlite3.py"):
        Path(name).write_text("raise SystemExit(1)\n", encoding="utf-8")
    with open_project(large, create=False) as project, project.verifying():
        pass
