"""Merging a colleague's file: a set union of articles, taggings and events.

The same set gives the same project, whatever the order of merging and however often. A merge
that was interrupted leaves a sound project and can be repeated.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.model import canonical_json
from annotator.store import blind, fold, intake
from annotator.store.articles import PAUSE_SECONDS, TRANSACTION_SECONDS
from annotator.store.catalogue import TAGGING_COLUMNS
from annotator.store.connection import Connection, Row
from annotator.store.log import COLUMNS, last_number

BATCH = 500
FIRST_LOAD = 100
MOST_LOAD = 4000
# What is said about an article or its tags makes its line in the list and its claims anew, which
# costs as much as so many other events.
HEAVY = {"correct": 30, "meta": 30, "retag": 30}
KIND = 7

# Our own copy refuses to replace anything, so what is there already has to be left out. Looking
# for it first costs less than an INSERT with a condition, which keeps what it could have to undo.
KNOWN = "SELECT id FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
ADD_EVENT = f"INSERT INTO events (id, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
ADD_TAGGING = f"INSERT INTO taggings ({TAGGING_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PersonReport:
    """What a merged file had of one person."""

    name: str
    added: int
    """Events that were new here."""
    known: int
    """Events that were here already."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge brought."""

    path: Path
    articles: int
    """New articles."""
    known_articles: int
    taggings: int
    """New taggings, those of new articles included."""
    people: tuple[PersonReport, ...]
    """Everybody in the merged file, by name."""
    devices: tuple[tuple[str, int], ...]
    """New events in the reviewer's own name from devices they have not used here: how many each."""
    lifted: bool
    """Whether the merged events lifted the blindness of this project."""

    @property
    def added(self) -> int:
        """How many events were new."""
        return sum(person.added for person in self.people)


def merge(
    file: Connection, device: str, path: Path, reviewer: str | None, report: Report
) -> MergeReport:
    """Merge a project file into this one; StoreError, and no change, where it is not sound.

    `report` is called with the events and articles done and their total.
    """
    with intake.opened(path) as source, file.bulk():
        blind_before = blind.is_blind(file)
        taker = _Taker(file, source, device, reviewer, report)
        # Events first: when an article comes, all that is said about it is there, and its line in
        # the list is made once.
        taker.take_events()
        taker.take_articles()
        everybody = source.rows("SELECT actor, count(*) FROM events GROUP BY actor ORDER BY actor")
        return MergeReport(
            path,
            taker.articles,
            taker.all_articles - taker.articles,
            taker.taggings,
            tuple(
                PersonReport(name, taker.added[name], total - taker.added[name])
                for name, total in everybody
            ),
            tuple(sorted(taker.devices.items())),
            blind_before and not blind.is_blind(file),
        )


class _Taker:
    """One merge under way."""

    def __init__(
        self,
        file: Connection,
        source: Connection,
        device: str,
        reviewer: str | None,
        report: Report,
    ) -> None:
        self.file = file
        self.source = source
        self.reviewer = reviewer
        self.added: Counter[str] = Counter()
        self.devices: Counter[str] = Counter()
        self.articles = 0
        self.taggings = 0
        self.all_articles = _size(source, "articles")
        self._used = {device, *_devices(file, reviewer)}
        self._total = _size(source, "events") + self.all_articles
        self._report = report
        self._done = 0

    def take_events(self) -> None:
        """Add the events that are missing, in short transactions."""
        load = float(FIRST_LOAD)
        rows = _events(self.source)
        while batch := _portion(rows, load):
            with self.file.writing():
                started = time.monotonic()
                since = last_number(self.file)
                self.file.run_many(ADD_EVENT, _new(self.file, "events", batch))
                fold.fold(self.file, since)
                self._count(since)
            spent = time.monotonic() - started
            load = min(MOST_LOAD, load * min(1.5, max(0.2, TRANSACTION_SECONDS / spent)))
            self._step(len(batch))

    def take_articles(self) -> None:
        """Add the articles and taggings that are missing, in short transactions.

        An article comes with all its taggings or not at all.
        """
        left = self.source.rows("SELECT id FROM articles ORDER BY number DESC")
        while left:
            before = len(left)
            with self.file.writing():
                end = time.monotonic() + TRANSACTION_SECONDS
                while left and time.monotonic() < end:
                    self._take_article(*left.pop())
            self._step(before - len(left))

    def _take_article(self, article_id: str) -> None:
        find = "SELECT number FROM articles WHERE id = ?"
        if self.file.value(find, (article_id,)) is None:
            text = self.source.value("SELECT text FROM articles WHERE id = ?", (article_id,))
            self.file.run("INSERT INTO articles (id, text) VALUES (?, ?)", (article_id, text))
            self.articles += 1
        taggings = self.source.rows(
            f"SELECT {TAGGING_COLUMNS} FROM taggings WHERE article = ? ORDER BY id", (article_id,)
        )
        new = _new(self.file, "taggings", taggings)
        if new:
            self.file.run_many(ADD_TAGGING, new)
            self.taggings += len(new)
            fold.derive(self.file, [self.file.value(find, (article_id,))])

    def _count(self, since: int) -> None:
        # Not by the index on authors, which would be read whole for every batch.
        for actor, device, number in self.file.rows(
            "SELECT actor, device, count(*) FROM events NOT INDEXED WHERE number > ?"
            " GROUP BY actor, device",
            (since,),
        ):
            self.added[actor] += number
            if actor == self.reviewer and device not in self._used:
                self.devices[device] += number

    def _step(self, done: int) -> None:
        self._done += done
        self._report(self._done, self._total)
        time.sleep(PAUSE_SECONDS)


def _new(file: Connection, table: str, rows: Sequence[Row]) -> list[Row]:
    """Return those of some rows, which begin with their ids, that are not in the table."""
    found = file.rows(KNOWN.format(table=table), (canonical_json([row[0] for row in rows]),))
    known = {identity for (identity,) in found}
    return [row for row in rows if row[0] not in known]


def _size(file: Connection, table: str) -> int:
    # Nothing is ever deleted, so the last number is the number of rows.
    return file.value(f"SELECT max(number) FROM {table}") or 0


def _devices(file: Connection, reviewer: str | None) -> set[str]:
    rows = file.rows("SELECT DISTINCT device FROM events WHERE actor = ?", (reviewer,))
    return {device for (device,) in rows}


def _events(source: Connection) -> Iterator[Row]:
    """Yield the events in the order of the log, so that each comes after the one before it.

    The `assign` events come first: what the others may leave out depends on them.
    """
    for kinds in ("kind = 'assign'", "kind <> 'assign'"):
        last: Row = (0, "")
        while rows := source.rows(
            f"SELECT id, {COLUMNS} FROM events WHERE (seq, id) > (?, ?) AND {kinds}"
            " ORDER BY seq, id LIMIT ?",
            (*last, BATCH),
        ):
            yield from rows
            last = (rows[-1][1], rows[-1][0])


def _portion(rows: Iterator[Row], load: float) -> Sequence[Row]:
    """Take the next events, as many as make up a load."""
    taken: list[Row] = []
    for row in rows:
        taken.append(row)
        load -= HEAVY.get(row[KIND], 1)
        if load <= 0:
            break
    return taken
