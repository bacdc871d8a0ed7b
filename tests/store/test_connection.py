"""Files that cannot be used, each with one clear line; locks; sudden death."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from annotator.errors import StoreError
from annotator.model import digest
from annotator.store import Project, open_project

from .conftest import HARBOUR, lines, made, verdict


def _refused(path: Path, words: str, **options) -> None:
    with pytest.raises(StoreError) as error:
        open_project(path, **options).close()
    message = str(error.value)
    assert str(path) in message and words in message and "\n" not in message, message


def test_a_new_project_is_made_and_found_again(tmp_path: Path):
    path = tmp_path / "très bien? 100% #1.db"
    with open_project(path) as project:
        project.add([made(HARBOUR)], "ana")
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    with open_project(str(path), create=False) as project:
        assert project.count("ana") == 1 and project.path == path
        assert not project.read_only


@pytest.mark.parametrize("create", [True, False])
def test_files_that_are_no_projects(tmp_path: Path, create: bool):
    (tmp_path / "text.db").write_text("Ceci n'est pas une base.\n" * 200, encoding="utf-8")
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    _refused(tmp_path / "text.db", "not an annotator project", create=create)
    _refused(tmp_path / "other.db", "not an annotator project", create=create)
    _refused(tmp_path, "a folder", create=create)
    _refused(tmp_path / "missing" / "project.db", "there is no folder", create=create)
    _refused(tmp_path / ("x" * 300), "File name too long", create=create)
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_nothing_is_made_unless_asked(tmp_path: Path):
    _refused(tmp_path / "project.db", "no such file", create=False)
    (tmp_path / "empty.db").touch()
    _refused(tmp_path / "empty.db", "not an annotator project", create=False)
    assert (tmp_path / "empty.db").stat().st_size == 0


def test_a_newer_version_is_left_untouched(path: Path):
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('annotator', 'm999_future', '2100-01-01')"
    )
    connection.commit()
    connection.close()
    before = path.read_bytes()
    _refused(path, "newer version")
    assert path.read_bytes() == before


def test_a_damaged_file_is_named(project: Project, path: Path):
    project.add([made(lines(50, f"l'article {n}")) for n in range(100)], "ana")
    project.close()
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    path.write_bytes(data[:middle])
    with pytest.raises(StoreError, match=str(path)), open_project(path) as cut:
        assert cut.check()
        list(cut.claims())
        cut.rebuild()
    data[8192:-4096] = os.urandom(len(data) - 8192 - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError, match=str(path)), open_project(path) as torn:
        assert torn.check()
        list(torn.claims())


def test_a_lock_that_is_not_let_go_is_named(path: Path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_project(path, patience=0.2) as project:
        started = time.monotonic()
        with pytest.raises(StoreError, match="locked by another program"):
            project.append("ana", "flag", "x", {})
        assert 0.2 <= time.monotonic() - started < 2
        assert list(project.events()) == []
        other.execute("ROLLBACK")
        project.append("ana", "flag", "x", {})
        assert len(list(project.events())) == 1
    other.close()


def test_an_exclusive_lock_at_opening_is_named(path: Path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("UPDATE local SET value = value")
    _refused(path, "locked by another program", patience=0.2)
    other.close()


# --- read-only ----------------------------------------------------------------------------------

READER = """
import os, sys
import sqlite_utils
from annotator.errors import StoreError
from annotator.scheme import default_scheme
from annotator.store import open_project
path, create = sys.argv[1], sys.argv[2] == "create"
default_scheme()  # Nobody may have no right to read the package's own files.
if os.geteuid() == 0:  # The superuser may write anything; read with nobody's rights.
    os.setgid(65534)
    os.setuid(65534)
try:
    with open_project(path, create=create) as project:
        print(project.read_only, project.count("ana"), len(list(project.events())))
        print(project.check())
        project.append("ana", "flag", "x", {})
except StoreError as error:
    print(error)
"""


def _as_somebody(path: Path, how: str) -> list[str]:
    """Open a project in a process whose user may not write everywhere, and return its words."""
    for folder in path.parents:
        if str(folder).startswith(f"{tempfile.gettempdir()}/") and not folder.stat().st_mode & 1:
            folder.chmod(folder.stat().st_mode | 0o055)
    command = [sys.executable, "-c", READER, str(path), how]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.stderr == ""
    return found.stdout.splitlines()


def test_a_read_only_folder_can_be_read(project: Project, path: Path):
    project.close()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        assert _as_somebody(path, "read") == [
            "True 1 1",
            "[]",
            f"{path}: read-only, so nothing can be saved in it",
        ]
        (line,) = _as_somebody(path, "create")
        assert line == f"{path}: the file or its folder is read-only, nothing can be saved"
        (line,) = _as_somebody(path.parent / "new.db", "create")
        assert "read-only" in line
        assert [file.name for file in path.parent.iterdir()] == [path.name]
    finally:
        path.parent.chmod(0o755)


def test_a_read_only_folder_with_unwritten_work_is_not_read_wrongly(project: Project, path: Path):
    """The last events are still in the log beside the file, which must not be ignored."""
    copy = path.parent / "copy"
    copy.mkdir()
    for part in (path, Path(f"{path}-wal")):
        (copy / part.name).write_bytes(part.read_bytes())
        (copy / part.name).chmod(0o444)
    copy.chmod(0o555)
    try:
        (line,) = _as_somebody(copy / path.name, "read")
        assert "copy the folder" in line
    finally:
        copy.chmod(0o755)


def test_a_read_only_file_in_use_can_be_read(project: Project, path: Path):
    project.append("ana", "flag", "x", {})
    for part in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        part.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        assert _as_somebody(path, "read")[0] == "True 1 2"
    finally:
        path.parent.chmod(0o755)


# --- several processes --------------------------------------------------------------------------

WRITER = """
import sys, time
from annotator.store import open_project
path, actor, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
waits = []
with open_project(path) as project:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(count):
        start = time.monotonic()
        print(project.append(actor, "flag", str(number), {}).id, flush=True)
        waits.append(time.monotonic() - start)
        if number % 10 == 9:
            project.undo(actor)
"""


def _start(path: Path, actor: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), actor, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_several_processes_write_at_once_and_nothing_is_lost(path: Path):
    writers = [_start(path, actor, 200) for actor in ("ana", "ana", "ben")]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    said = [writer.communicate("go\n", timeout=60) for writer in writers]
    assert [errors for _, errors in said] == [""] * 3
    acknowledged = [line for words, _ in said for line in words.split()]
    with open_project(path) as project:
        events = list(project.events())
        assert {event.id for event in events if event.kind == "flag"} == set(acknowledged)
        assert len(acknowledged) == 600
        assert [event.seq for event in events] == list(range(1, 661))
        assert project.check() == [] and project.forks() == []


def test_two_processes_may_create_the_same_project(tmp_path: Path):
    writers = [_start(tmp_path / "project.db", actor, 1) for actor in ("ana", "ben")]
    said = [writer.communicate("go\n", timeout=60) for writer in writers]
    assert [errors for _, errors in said] == ["", ""]
    with open_project(tmp_path / "project.db") as project:
        assert len(list(project.events())) == 2 and project.check() == []


ADDER = """
import sys
sys.path.insert(0, sys.argv[2])
from store.conftest import lines, made
from annotator.store import open_project
with open_project(sys.argv[1]) as project:
    print("ready", flush=True)
    project.add([made(lines(100, f"l'article {n}")) for n in range(200)], "ana")
"""


def test_a_person_hardly_waits_for_a_long_import(path: Path):
    adder = subprocess.Popen(
        [sys.executable, "-c", ADDER, str(path), str(Path(__file__).parents[1])],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert adder.stdout.readline() == "ready\n"
    waits = []
    with open_project(path) as project:
        while adder.poll() is None:
            started = time.monotonic()
            project.append("ben", "flag", "x", {})
            waits.append(time.monotonic() - started)
            time.sleep(0.02)
        assert adder.returncode == 0 and project.count("ben") == 200
        assert len(waits) > 10
        # Three transactions' worth, on a machine that may be busy with other things.
        assert sorted(waits)[len(waits) // 2] < 0.15
        assert project.check() == []


def test_what_was_acknowledged_survives_a_kill(path: Path):
    for moment in (0.0, 0.05, 0.2):
        writer = _start(path, "ana", 100_000)
        assert writer.stdout.readline() == "ready\n"
        writer.stdin.write("go\n")
        writer.stdin.flush()
        acknowledged = [writer.stdout.readline().strip()]
        time.sleep(moment)
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged += writer.stdout.read().split()
        writer.wait()
        writer.stderr.close()
        writer.stdin.close()
        with open_project(path) as project:
            kept = {event.id for event in project.events()}
            assert {one for one in acknowledged if len(one) == 32} <= kept
            assert project.check() == []


def test_a_full_disk_keeps_what_was_acknowledged_and_nothing_else(path: Path):
    """A limit on the size of files stands for the disk."""
    script = """
import resource, signal, sys
from annotator.errors import StoreError
from annotator.store import open_project
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_project(sys.argv[1]) as project:
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, -1))
    done = 0
    try:
        for number in range(5000):
            project.append("ana", "flag", str(number), {"note": "x" * 300})
            done += 1
    except StoreError as error:
        print(done, error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
    project.append("ana", "flag", "later", {})
    print(len(list(project.events())))
"""
    found = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    failed, after = found.stdout.splitlines()
    assert str(path) in failed
    done = int(failed.split()[0])
    assert 0 < done < 5000 and int(after) == done + 1
    with open_project(path) as project:
        assert project.check() == []
        assert [event.target for event in project.events()][-1] == "later"


def test_a_file_that_is_moved_away_takes_nothing_until_it_is_back(project: Project, path: Path):
    """Its companions stay where they were, and so does what is not carried over yet."""
    before = len(list(project.events()))
    path.rename(path.with_name("away.db"))
    for _ in range(2):
        with pytest.raises(StoreError, match=r"project\.db: moved or deleted .* nothing was saved"):
            project.append("ana", "flag", "lost", {})
    path.with_name("away.db").rename(path)
    project.append("ana", "flag", "saved", {})
    assert len(list(project.events())) == before + 1
    with open_project(path) as other:
        assert [one.target for one in other.events()][-1] == "saved" and other.check() == []


def test_a_file_in_the_place_of_a_deleted_one_is_not_written_to(project: Project, path: Path):
    path.unlink()
    with pytest.raises(StoreError, match="moved or deleted"):
        project.append("ana", "flag", "lost", {})
    path.write_bytes(b"another")
    with pytest.raises(StoreError, match="moved or deleted"):
        project.append("ana", "flag", "lost", {})
    assert path.read_bytes() == b"another"


def test_opening_an_up_to_date_project_does_not_import_sqlite_utils(path: Path):
    script = (
        "import sys; from annotator.store import open_project\n"
        f"with open_project({str(path)!r}) as project: project.page('ana', 0, 50)\n"
        "assert 'sqlite_utils' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_key_press_costs_well_under_a_millisecond(project: Project):
    project.add([made(lines(40, f"l'article {n}")) for n in range(50)], "ana")
    claims = [row.claim.id for row in project.claims()][:500]
    spent = []
    for claim in claims:
        started = time.process_time()
        project.append("ana", "judge", claim, verdict("verified"))
        spent.append(time.process_time() - started)
    assert sorted(spent)[len(spent) // 2] < 0.001
    assert project.judgement("ana", claims[0]) and digest(HARBOUR) in project.article_ids()
