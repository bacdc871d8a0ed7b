"""Handing out and in: new project files with a part of a project, and what has come back.

An `assign` event says what somebody is given: its target is their name, its body {"articles":
[ids], "each", "everybody", "seed"}, in several events where the articles are many. A file holds
the log as it was at the last of them: what else is in the file may leave out what lay between,
and its counters go on from there (see `content.counters` and `content.chains`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from annotator.errors import StoreError
from annotator.model import canonical_json, digest
from annotator.store import blind, content, disputes, fold, log
from annotator.store.articles import known
from annotator.store.catalogue import TAGGING_COLUMNS
from annotator.store.connection import PAUSE_SECONDS, Connection, connect
from annotator.store.plan import Plan, share_out
from annotator.store.schema import ACTS_OR_UNDO, NEW_DEVICE

PATIENCE_SECONDS = 5.0
PORTION = 1000
"""How many articles one `assign` event names at most."""

UNSAFE = re.compile(r"[^\w.-]+")
LONGEST_NAME = 60

GIVEN = "INSERT INTO temp.given SELECT DISTINCT value FROM json_each(?)"
COPY_ARTICLES = """
INSERT INTO main.articles (id, text) SELECT id, text FROM project.articles
WHERE id IN (SELECT id FROM temp.given) ORDER BY number
"""
COPY_TAGGINGS = f"""
INSERT INTO main.taggings ({TAGGING_COLUMNS}) SELECT {TAGGING_COLUMNS} FROM project.taggings
WHERE article IN (SELECT id FROM temp.given) ORDER BY number
"""
# What somebody did themselves, and of what others did only the book-keeping: scheme, names, what
# is said about these articles, what this person was given, and what was lost by damage.
COPY_EVENTS = f"""
INSERT INTO main.events (id, {log.COLUMNS}) SELECT id, {log.COLUMNS} FROM project.events
WHERE seq <= :start AND (actor = :person OR NOT ({ACTS_OR_UNDO}) AND (
    kind IN ('scheme', 'person') OR target IN (:person, '{blind.SETTING}', '{content.LOST}')
    OR target IN (SELECT id FROM temp.given)
))
ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file made for one person."""

    person: str
    path: Path
    articles: int


def bundle(
    file: Connection,
    device: str,
    actor: str,
    articles: Sequence[str],
    people: Sequence[str],
    folder: Path,
    plan: Plan,
    force: bool,
) -> list[Bundle]:
    """Write a project file for each person with their share of the articles.

    StoreError where the plan is impossible or, without `force`, a file is there already; then
    nothing is written.
    """
    missing = set(articles) - known(file, articles)
    if missing:
        raise StoreError(f"{file.path}: no article {min(missing)}")
    shares = share_out(_sizes(file, articles), people, plan)
    paths = {person: folder / _file_name(file.path, person, people) for person in people}
    for path in paths.values():
        _check_free(file, path, force)
    made = []
    for person, share in shares.items():
        start = _assign(file, device, actor, person, share, plan)
        _extract(file, paths[person], person, share, start)
        made.append(Bundle(person, paths[person], len(share)))
    return made


def hand_in(file: Connection, device: str, path: Path, reviewer: str | None, force: bool) -> None:
    """Write a clean copy of a project to give back: all of it, without this copy's settings.

    With a reviewer, of what people did only that reviewer's own part; the log says so.
    """
    _check_free(file, path, force)
    if reviewer is None:
        _copy_whole(file, path)
        return
    articles = [identity for (identity,) in file.rows("SELECT id FROM articles ORDER BY number")]
    start = _write(file, device, reviewer, reviewer, {"articles": []})
    _extract(file, path, reviewer, articles, start)


def _sizes(file: Connection, articles: Sequence[str]) -> Mapping[str, int]:
    wanted = set(articles)
    rows = file.rows("SELECT id, claims FROM catalogue")
    return {identity: claims for identity, claims in rows if identity in wanted}


def _file_name(project: Path, person: str, people: Sequence[str]) -> str:
    """Return a file name with a person's name in it, as far as names of files allow."""
    plain = {one: UNSAFE.sub("_", one).strip("._")[:LONGEST_NAME].casefold() for one in people}
    name = plain[person]
    if not name or list(plain.values()).count(name) > 1:
        name = f"{name}-{digest(person)[:6]}".strip("-")
    return f"{project.stem}-{name}.db"


def _assign(
    file: Connection, device: str, actor: str, person: str, share: Sequence[str], plan: Plan
) -> int:
    """Log what somebody is given; return how far the counter of the log is then."""
    start = 0
    for first in range(0, max(len(share), 1), PORTION):
        body = {"articles": list(share[first : first + PORTION]), **asdict(plan)}
        start = _write(file, device, actor, person, body)
        time.sleep(PAUSE_SECONDS)
    return start


def _write(
    file: Connection, device: str, actor: str, person: str, body: Mapping[str, object]
) -> int:
    with file.writing():
        since = log.last_number(file)
        event = log.write_event(file, device, actor, "assign", person, body)
        fold.fold(file, since)
    return event.seq


# --- files --------------------------------------------------------------------------------------


def _check_free(file: Connection, path: Path, force: bool) -> None:
    try:
        taken = path.exists() and not (force and path.is_file())
        own = path.resolve() == file.path.resolve()
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error
    if taken or own:
        raise StoreError(f"{path}: {'the project itself' if own else 'is there already'}")


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """Yield the place to write a file that is whole in its own place afterwards, or absent."""
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        yield draft
        draft.replace(path)
        # What an earlier file of this name left beside it belongs to that one.
        for companion in _companions(path):
            companion.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        with suppress(OSError):
            for part in (draft, *_companions(draft)):
                part.unlink(missing_ok=True)


def _companions(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def _extract(
    file: Connection, path: Path, person: str, articles: Sequence[str], start: int
) -> None:
    """Write a project file with these articles and a person's part of the log up to `start`."""
    with _draft(path) as draft:
        new = connect(draft, create=True, patience=PATIENCE_SECONDS)
        try:
            new.run("CREATE TEMP TABLE given (id TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID")
            new.run(GIVEN, (canonical_json(articles),))
            new.attach(file)
            with new.writing():
                new.run(COPY_ARTICLES)
                new.run(COPY_TAGGINGS)
                new.run(COPY_EVENTS, {"start": start, "person": person})
                fold.rebuild(new)
        finally:
            new.close()


def _copy_whole(file: Connection, path: Path) -> None:
    with _draft(path) as draft:
        file.run("VACUUM INTO ?", (str(draft),))
        new = connect(draft, create=False, patience=PATIENCE_SECONDS)
        try:
            new.run("PRAGMA journal_mode = WAL")
            # What is deleted is overwritten, or it could still be read in the file.
            new.run("PRAGMA secure_delete = ON")
            with new.writing():
                new.run("DELETE FROM local WHERE key <> ?", (disputes.BEHIND,))
                new.run(NEW_DEVICE)
        finally:
            new.close()
