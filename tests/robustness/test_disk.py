"""What the disk, the folder and the clock may do to a session: said in one line, nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.store import open_project
from tests.commands import annotator
from tests.robustness.made import worked
from tests.terminal import Terminal

ARTICLE = (
    "Le quai de Verlac ferme\n\n« Rien ne presse », a déclaré Ana Brovic. Il pleut. Il vente.\n"
)
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)

NO_LOCKS = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
/* A drive without locking, as some network drives are. */
#define REFUSE(name)                                                        \
  int name(int file, int command, ...) {                                    \
    va_list rest; va_start(rest, command);                                  \
    void *value = va_arg(rest, void *); va_end(rest);                       \
    if (command == F_SETLK || command == F_SETLKW) { errno = ENOLCK; return -1; } \
    int (*real)(int, int, ...) = dlsym(RTLD_NEXT, #name);                   \
    return real(file, command, value);                                      \
  }
REFUSE(fcntl)
REFUSE(fcntl64)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "quay.txt").write_text(ARTICLE, encoding="utf-8")
    annotator(tmp_path, "add", "quay.txt", "--as", "Ada")
    return tmp_path


@pytest.fixture
def session(folder: Path) -> Iterator[Terminal]:
    """The terminal UI at the first claim."""
    terminal = Terminal(folder, "--as", "Ada", columns=120)
    terminal.wait("Le quai de Verlac")
    terminal.press("\r")
    terminal.wait("0/")
    yield terminal
    terminal.kill()


def judged(folder: Path) -> int:
    with open_project(folder / "annotations.db", create=False) as project:
        assert project.check() == []
        return len(list(project.events("Ada", "judge")))


def test_a_full_disk_in_a_session(folder: Path, session: Terminal) -> None:
    session.press("v")
    session.wait("1/")
    # No file may grow any more; SQLite's log grows with every event.
    resource.prlimit(session.pid, resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
    session.press("d")
    said = session.wait(lambda text: "disk" in text or "saved" in text)
    assert "1/" in said and "Traceback" not in said
    resource.prlimit(session.pid, resource.RLIMIT_FSIZE, UNLIMITED)
    session.press("d")
    session.wait("2/")
    assert judged(folder) == 2


def test_a_file_that_vanishes_in_a_session(folder: Path, session: Terminal) -> None:
    session.press("v")
    session.wait("1/")
    project = folder / "annotations.db"
    project.rename(folder / "away.db")
    session.press("d")
    session.wait("moved or deleted")
    (folder / "away.db").rename(project)
    session.press("d")
    session.wait("2/")
    assert judged(folder) == 2


def test_a_folder_that_becomes_read_only_in_a_session(folder: Path, session: Terminal) -> None:
    """What is open may still be written to; what is shown as saved is saved."""
    folder.chmod(0o555)
    try:
        session.press("v")
        session.wait(lambda text: "1/" in text or "read-only" in text)
        shown = "1/" in session.text
    finally:
        folder.chmod(0o755)
    assert judged(folder) == shown


COMMANDS = {
    "add": ("add", "other.txt", "--as", "Ada"),
    "merge": ("merge", "theirs.db", "--as", "Ada"),
    "export": ("export", "jsonl", "-o", "out"),
    "handin": ("handin", "-o", "given.db", "--as", "Ada"),
    "bundle": ("bundle", "--for", "Ben", "-o", "bundles", "--as", "Ada"),
    "recover": ("recover", "theirs.db", "-o", "saved.db", "--as", "Ada"),
}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little room left."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only an administrator can make a small disk here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(disk: Path) -> None:
    """Leave no room."""
    with (disk / "filler").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 512)
        except OSError:
            pass


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_command_on_a_full_disk(small_disk: Path, command: tuple[str, ...]) -> None:
    (small_disk / "quay.txt").write_text(ARTICLE, encoding="utf-8")
    (small_disk / "other.txt").write_text(ARTICLE.replace("Verlac", "Sarn"), encoding="utf-8")
    annotator(small_disk, "add", "quay.txt", "--as", "Ada")
    worked(small_disk / "theirs.db", articles=2)
    before = {one.name: one.read_bytes() for one in small_disk.glob("*.db")}
    fill(small_disk)
    environment = {**os.environ, "ANNOTATOR_CONFIG": str(small_disk.parent / "settings.toml")}
    run = subprocess.run(
        [sys.executable, "-m", "annotator", *command],
        cwd=small_disk,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert run.returncode == 1, (run.stdout, run.stderr)
    assert run.stderr.count("\n") == 1 and "Traceback" not in run.stderr
    left = {one.name for one in small_disk.iterdir()}
    assert left <= {*before, "quay.txt", "other.txt", "filler", "annotations.db-shm"} | {
        f"{name}-wal" for name in before
    }, left
    assert (small_disk / "theirs.db").read_bytes() == before["theirs.db"]

    (small_disk / "filler").unlink()
    assert "everything verifies" in annotator(small_disk, "check")[0]
    out, _ = annotator(small_disk, *command)
    assert out


def test_a_drive_that_cannot_lock(folder: Path, tmp_path: Path) -> None:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("needs a C compiler, to make a drive refuse locks")
    source, library = tmp_path / "locks.c", tmp_path / "locks.so"
    source.write_text(NO_LOCKS)
    command = [compiler, "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True)
    before = (folder / "annotations.db").read_bytes()
    for arguments in (("check",), ("label", "0", "verified", "--as", "Ada")):
        run = subprocess.run(
            [sys.executable, "-m", "annotator", *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            env={**os.environ, "LD_PRELOAD": str(library)},
        )
        assert run.returncode == 1
        assert run.stderr.count("\n") == 1 and "annotations.db" in run.stderr, run.stderr
    assert (folder / "annotations.db").read_bytes() == before


def test_a_clock_that_is_set_back(folder: Path) -> None:
    """Order comes from the counter, not from the clock."""
    faketime = shutil.which("faketime")
    claims = annotator(folder, "claims")[0].split("\n")
    claim = claims[0].split()[0]
    command = [sys.executable, "-m", "annotator", "label", claim, "disputed", "--as", "Ada"]
    annotator(folder, "label", claim, "verified", "--as", "Ada")
    if faketime is None:
        pytest.skip("faketime is not installed")
    subprocess.run([faketime, "2001-01-01", *command], cwd=folder, check=True)
    with open_project(folder / "annotations.db") as project:
        first, last = project.events("Ada", "judge")
        assert last.at < first.at and last.seq > first.seq
        assert "disputed" in str(project.judgement("Ada", first.target))
        assert project.check() == []
