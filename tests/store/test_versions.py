"""Projects made by every earlier version, and by a later one."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.errors import StoreError
from annotator.store import Project, open_project, schema
from tests.store.conftest import verdict

EARLIER = range(1, len(schema.KNOWN_STEPS))


def made_by_version(project: Project, steps: int) -> Path:
    """Return a file with a project's articles and log as a version with so many steps made it."""
    path = project.path.with_name("earlier.db")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN")
    schema.migrate(connection, schema.KNOWN_STEPS[:steps])
    connection.execute("COMMIT")
    connection.execute("ATTACH ? AS project", (str(project.path),))
    for table in ("articles", "taggings", "events"):
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM project.{table}")
    connection.close()
    return path


def said(project: Project) -> list:
    return [list(project.events()), [project.all_judgements(one) for one in project.article_ids()]]


@pytest.fixture
def worked(project: Project) -> Project:
    for row in project.claims():
        project.append("ana", "judge", row.claim.id, verdict("disputed"))
    return project


def rows(path: Path) -> list[list]:
    """Return all that a file keeps, read with SQLite alone."""
    connection = sqlite3.connect(path)
    tables = ("articles", "taggings", "events", schema.MIGRATIONS_TABLE)
    found = [connection.execute(f"SELECT * FROM {one} ORDER BY 1").fetchall() for one in tables]
    connection.close()
    return found


@pytest.mark.parametrize("steps", EARLIER)
def test_a_project_of_an_earlier_version_opens_with_a_backup(worked: Project, steps: int) -> None:
    path = made_by_version(worked, steps)
    before = rows(path)
    with open_project(path) as opened:
        assert said(opened) == said(worked)
        assert opened.check() == []
    assert rows(path.with_name(f"earlier.before-{schema.KNOWN_STEPS[steps]}.db")) == before
    open_project(path).close()
    assert len(list(path.parent.glob("earlier.before*.db"))) == 1


def test_a_second_update_leaves_the_first_backup_alone(worked: Project) -> None:
    path = made_by_version(worked, 1)
    shutil.copy(path, path.with_name("again.db"))
    open_project(path).close()
    first = path.with_name(f"earlier.before-{schema.KNOWN_STEPS[1]}.db")
    before = first.read_bytes()
    path.unlink()
    path.with_name("again.db").rename(path)
    open_project(path).close()
    assert first.read_bytes() == before
    assert path.with_name(f"earlier.before-{schema.KNOWN_STEPS[1]}-2.db").exists()


def test_where_no_backup_can_be_made_nothing_is_changed(worked: Project) -> None:
    path = made_by_version(worked, 1)
    before = path.read_bytes()
    script = (
        "import resource, sys\n"
        "from annotator.store import open_project\n"
        "from annotator.errors import StoreError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, -1))\n"
        "try: open_project(sys.argv[1])\n"
        "except StoreError as error: print(error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.count("\n") == 1 and str(path) in run.stdout
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.glob("*before*")] == []


def test_a_project_from_the_future_is_left_untouched(worked: Project) -> None:
    path = made_by_version(worked, len(schema.KNOWN_STEPS))
    with sqlite3.connect(path) as connection:
        connection.execute(
            f"INSERT INTO {schema.MIGRATIONS_TABLE} (migration_set, name, applied_at)"
            f" VALUES ('{schema.MIGRATION_SET}', 'm999_future', '2031-01-01')"
        )
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="made by a newer version of annotator; please update"):
        open_project(path)
    assert path.read_bytes() == before
    assert len(list(path.parent.glob("earlier.*"))) == 1
