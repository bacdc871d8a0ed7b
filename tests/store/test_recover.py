"""What is good in a damaged file comes into a new one that verifies."""

import random
import sqlite3
from pathlib import Path

import pytest

from annotator.errors import StoreError
from annotator.store import Project, open_project, recover
from tests.store.conftest import HARBOUR, lines, made, verdict


@pytest.fixture
def worked(project: Project) -> Project:
    """A project in which two people did things of all kinds."""
    project.add([made(lines(30, f"l'article {number}")) for number in range(12)], "ana")
    for number, row in enumerate(list(project.claims())[:150]):
        project.append("ana", "judge", row.claim.id, verdict("disputed"))
        if number % 3 == 0:
            project.append("ben", "judge", row.claim.id, verdict("verified"))
        if number % 10 == 0:
            project.append("ben", "flag", row.claim.id, {"note": "encore une fois " * 500})
            project.undo("ben")
    return project


def kept(path: Path) -> dict[str, list]:
    with open_project(path, create=False) as project:
        assert project.check() == []
        return {
            "articles": [project.article(one) for one in project.article_ids()],
            "taggings": [project.taggings(one) for one in project.article_ids()],
            "events": list(project.events()),
            "judgements": [project.all_judgements(one) for one in project.article_ids()],
        }


def closed(project: Project) -> Path:
    project.close()
    return project.path


def test_a_sound_file_comes_out_whole(worked: Project, tmp_path: Path) -> None:
    before = kept(worked.path)
    found = recover(closed(worked), tmp_path / "new.db", "lea")
    assert (found.articles, found.untagged, found.without_text, found.lost) == (13, (), 0, 0)
    assert found.events == len(before["events"])
    assert kept(tmp_path / "new.db") == before


def test_what_is_still_in_the_log_beside_the_file_is_saved(worked: Project, tmp_path: Path) -> None:
    assert Path(f"{worked.path}-wal").stat().st_size > 0
    recover(worked.path, tmp_path / "new.db", "lea")
    assert kept(tmp_path / "new.db") == kept(worked.path)


def test_a_file_without_header_and_schema_comes_out_whole(worked: Project, tmp_path: Path) -> None:
    before = kept(worked.path)
    path = closed(worked)
    data = bytearray(path.read_bytes())
    data[:4096] = bytes(4096)
    path.write_bytes(data)
    with pytest.raises(StoreError):
        open_project(path, create=False)
    recover(path, tmp_path / "new.db", "lea")
    assert kept(tmp_path / "new.db") == before


def test_only_what_is_damaged_is_missing_and_the_new_file_can_be_merged(
    worked: Project, tmp_path: Path
) -> None:
    """An event in the middle of a chain is changed by one letter, and so is what was undone."""
    events = list(worked.events())
    judged = next(one for one in events[40:] if one.kind == "judge" and one.actor == "ana")
    undone = next(one for one in events if one.kind == "flag")
    path = closed(worked)
    with sqlite3.connect(path, isolation_level=None) as connection:
        # Else the rows as they were could still be found.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("DROP TRIGGER events_are_not_changed")
        changed = ((judged.id,), (undone.id,))
        connection.executemany("UPDATE events SET actor = 'eve' WHERE id = ?", changed)
    connection.close()
    found = recover(path, tmp_path / "new.db", "lea")
    assert (found.events, found.lost) == (len(events) - 2, 2)
    saved = kept(tmp_path / "new.db")["events"]
    *rest, last = saved
    assert rest == [one for one in events if one not in (judged, undone)]
    assert (last.actor, last.kind) == ("lea", "meta")
    assert judged.id in last.body and undone.id in last.body
    with open_project(tmp_path / "other.db") as other:
        with pytest.raises(InterruptedError):
            other.colleagues.merge(tmp_path / "new.db", report=interrupt)
        assert 0 < len(list(other.events())) < len(saved) and other.check() == []
        other.colleagues.merge(tmp_path / "new.db")
        assert list(other.events()) == saved and other.check() == []
        (given,) = other.colleagues.bundle("lea", ["ana"], tmp_path / "out")
        other.colleagues.merge(given.path)


def interrupt(done: int, total: int) -> None:
    raise InterruptedError


def test_articles_whose_tags_are_lost_are_given_back(worked: Project, tmp_path: Path) -> None:
    path = closed(worked)
    text = HARBOUR.encode()
    data = path.read_bytes()
    with sqlite3.connect(path) as connection:
        (tags,) = connection.execute(
            "SELECT claims FROM taggings JOIN articles ON articles.id = article WHERE text = ?",
            (HARBOUR,),
        ).fetchone()
    connection.close()
    assert data.count(text) == 1 and data.count(tags[:200].encode()) == 1
    path.write_bytes(data.replace(tags[:200].encode(), b"?" * 200))
    found = recover(path, tmp_path / "new.db", "lea")
    assert [article.text for article in found.untagged] == [HARBOUR]
    assert found.articles == 12
    kept(tmp_path / "new.db")


def test_tags_whose_text_is_lost_are_counted(worked: Project, tmp_path: Path) -> None:
    path = closed(worked)
    data = path.read_bytes()
    path.write_bytes(data.replace(HARBOUR.encode(), HARBOUR.swapcase().encode()))
    found = recover(path, tmp_path / "new.db", "lea")
    assert (found.articles, found.without_text, found.untagged) == (12, 1, ())
    kept(tmp_path / "new.db")


def test_random_damage_never_brings_in_anything_wrong(worked: Project, tmp_path: Path) -> None:
    before = kept(worked.path)
    path = closed(worked)
    whole = path.read_bytes()
    random.seed(7)
    found = 0
    for turn in range(15):
        data = bytearray(whole[: random.randrange(len(whole) // 2, len(whole) + 1)])
        for _ in range(random.randrange(1, 60)):
            data[random.randrange(len(data))] ^= random.randrange(1, 256)
        path.write_bytes(data)
        new = tmp_path / f"new-{turn}.db"
        recover(path, new, "lea")
        saved = kept(new)
        assert set(saved["events"][:-1]) <= set(before["events"])
        assert {one.text for one in saved["articles"]} <= {one.text for one in before["articles"]}
        found += len(saved["events"])
    # How much one damage takes is chance; most of them leave most.
    assert found > 15 * len(before["events"]) // 4


@pytest.mark.parametrize("content", [b"", b"no database at all " * 1000, None])
def test_where_nothing_is_found_nothing_is_written(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "old.db").write_bytes(content)
    with pytest.raises(StoreError, match=r"old\.db"):
        recover(tmp_path / "old.db", tmp_path / "new.db", "lea")
    assert {one.name for one in tmp_path.iterdir()} <= {"old.db"}


def test_a_file_that_is_there_is_not_overwritten(worked: Project, tmp_path: Path) -> None:
    (tmp_path / "new.db").write_text("mine")
    with pytest.raises(StoreError, match=r"new\.db: is there already"):
        recover(closed(worked), tmp_path / "new.db", "lea")
    assert (tmp_path / "new.db").read_text() == "mine"
