"""Merging colleagues' files: a set union of articles, taggings and events.

The same set gives the same project, whatever the order of merging and however often. A merge
that was interrupted leaves a sound project and can be repeated. Several files at once are gone
through together: their authors mostly judged the same claims in the same order, and all that
was said of a claim is then written and compared once.
"""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from annotator.errors import StoreError
from annotator.model import canonical_json
from annotator.store import blind, content, disputes, fold, intake
from annotator.store.catalogue import TAGGING_COLUMNS
from annotator.store.connection import PAUSE_SECONDS, TRANSACTION_SECONDS, Connection, Row
from annotator.store.log import last_number

BATCH = 500
FIRST_LOAD = 100
MOST_LOAD = 2000
# What is said about an article or its tags makes its line in the list and its claims anew, which
# costs as much as so many other events.
HEAVY = {"correct": 30, "meta": 30, "retag": 30}

# The columns of an event as they are read, the order of the log first.
EVENT_COLUMNS = "seq, id, {source}, actor, device, prev, at, kind, target, body"
ID, SOURCE, ACTOR, DEVICE, KIND = 1, 2, 3, 4, 7

# Our own copy refuses to replace anything, so what is there already has to be left out. Looking
# for it first costs less than an INSERT with a condition, which keeps what it could have to undo.
KNOWN = "SELECT id FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
ADD_EVENT = (
    "INSERT INTO events (seq, id, actor, device, prev, at, kind, target, body)"
    " VALUES (?1, ?2, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
)
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
    """Whether this file's events lifted the blindness of this project."""

    @property
    def added(self) -> int:
        """How many events were new."""
        return sum(person.added for person in self.people)


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of the files that were to be merged together."""

    reports: tuple[MergeReport, ...]
    """What each sound one brought, in the order given; what several bring is the first one's."""
    refused: tuple[StoreError, ...]
    """What is wrong with each of the others; nothing of them was taken."""


def merge(
    file: Connection, device: str, paths: Sequence[Path], reviewer: str | None, report: Report
) -> Merged:
    """Merge project files into this one; of those that are not sound nothing is taken.

    `report` is called with the events and articles done and their total.
    """
    refused = []
    with ExitStack() as stack:
        sources = []
        for path in paths:
            try:
                sources.append(stack.enter_context(intake.opened(path)))
            except StoreError as error:
                refused.append(error)
        stack.enter_context(file.bulk())
        taker = _Taker(file, sources, device, reviewer, report)
        # Events first: when an article comes, all that is said about it is there, and its line in
        # the list is made once.
        taker.take_events()
        taker.take_articles()
        disputes.catch_up(file)
        return Merged(tuple(taker.reports()), tuple(refused))


class _Taker:
    """One merge under way."""

    def __init__(
        self,
        file: Connection,
        sources: Sequence[Connection],
        device: str,
        reviewer: str | None,
        report: Report,
    ) -> None:
        self.file = file
        self.sources = sources
        self.reviewer = reviewer
        self._blind = blind.is_blind(file)
        self._used = {device, *_devices(file, reviewer)}
        self._events: Counter[tuple[int, str, str]] = Counter()
        """New events by source, author and device."""
        self._articles: Counter[int] = Counter()
        self._taggings: Counter[int] = Counter()
        sizes = [_size(one, table) for one in sources for table in ("events", "articles")]
        self._total = sum(sizes)
        self._report = report
        self._done = 0

    def take_events(self) -> None:
        """Add the events that are missing, in short transactions."""
        load = float(FIRST_LOAD)
        missing = self._missing(_events(self.sources))
        while batch := _portion(missing, load):
            with self.file.writing():
                started = time.monotonic()
                since = last_number(self.file)
                # Somebody else may have merged the same in the meantime.
                known = _known(self.file, "events", [row[ID] for row in batch])
                new = [row for row in batch if row[ID] not in known]
                self.file.run_many(ADD_EVENT, new)
                fold.fold(self.file, since)
            spent = time.monotonic() - started
            load = min(MOST_LOAD, load * min(1.5, max(0.2, TRANSACTION_SECONDS / spent)))
            self._events.update((row[SOURCE], row[ACTOR], row[DEVICE]) for row in new)
            time.sleep(PAUSE_SECONDS)

    def _missing(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Yield those of the events that are not here yet, each once: equal ones are neighbours."""
        last = None
        while some := list(islice(rows, BATCH)):
            known = _known(self.file, "events", [row[ID] for row in some])
            for row in some:
                if row[ID] != last and row[ID] not in known:
                    yield row
                last = row[ID]
            self._step(len(some))

    def take_articles(self) -> None:
        """Add the articles and taggings that are missing, in short transactions.

        An article comes with all its taggings or not at all.
        """
        for number, source in enumerate(self.sources):
            left = source.rows("SELECT id FROM articles ORDER BY number DESC")
            while left:
                before = len(left)
                with self.file.writing():
                    end = time.monotonic() + TRANSACTION_SECONDS
                    while left and time.monotonic() < end:
                        self._take_article(number, source, *left.pop())
                self._step(before - len(left))
                time.sleep(PAUSE_SECONDS)

    def _take_article(self, number: int, source: Connection, article_id: str) -> None:
        find = "SELECT number FROM articles WHERE id = ?"
        if self.file.value(find, (article_id,)) is None:
            text = source.value("SELECT text FROM articles WHERE id = ?", (article_id,))
            self.file.run("INSERT INTO articles (id, text) VALUES (?, ?)", (article_id, text))
            self._articles[number] += 1
        taggings = source.rows(
            f"SELECT {TAGGING_COLUMNS} FROM taggings WHERE article = ? ORDER BY id", (article_id,)
        )
        known = _known(self.file, "taggings", [row[0] for row in taggings])
        new = [row for row in taggings if row[0] not in known]
        if new:
            self.file.run_many(ADD_TAGGING, new)
            self._taggings[number] += len(new)
            fold.derive(self.file, [self.file.value(find, (article_id,))])

    def reports(self) -> Iterator[MergeReport]:
        """Yield what each file brought."""
        lifted = self._blind and not blind.is_blind(self.file)
        for number, source in enumerate(self.sources):
            articles = self._articles[number]
            yield MergeReport(
                source.path,
                articles,
                _size(source, "articles") - articles,
                self._taggings[number],
                tuple(self._people(number, source)),
                tuple(sorted(self._devices(number).items())),
                lifted and not blind.is_blind(source),
            )

    def _people(self, number: int, source: Connection) -> Iterator[PersonReport]:
        added: Counter[str] = Counter()
        for (where, actor, _), events in self._events.items():
            added[actor] += events if where == number else 0
        for name, total in source.rows(
            "SELECT actor, count(*) FROM events GROUP BY actor ORDER BY actor"
        ):
            yield PersonReport(name, added[name], total - added[name])

    def _devices(self, number: int) -> dict[str, int]:
        return {
            device: events
            for (where, actor, device), events in self._events.items()
            if where == number and actor == self.reviewer and device not in self._used
        }

    def _step(self, done: int) -> None:
        self._done += done
        self._report(self._done, self._total)


def _known(file: Connection, table: str, ids: Sequence[str]) -> set[str]:
    """Return which of some ids are in a table."""
    rows = file.rows(KNOWN.format(table=table), (canonical_json(ids),))
    return {identity for (identity,) in rows}


def _size(file: Connection, table: str) -> int:
    # Nothing is ever deleted, so the last number is the number of rows.
    return file.value(f"SELECT max(number) FROM {table}") or 0


def _devices(file: Connection, reviewer: str | None) -> set[str]:
    rows = file.rows("SELECT DISTINCT device FROM events WHERE actor = ?", (reviewer,))
    return {device for (device,) in rows}


def _events(sources: Sequence[Connection]) -> Iterator[Row]:
    """Yield the events in the order of the log, so that each comes after the one before it.

    That brings together what colleagues said of the same claims at about the same time. Those
    come first that say what may be missing before the others.
    """
    for kinds in (content.EXCUSES, f"NOT {content.EXCUSES}"):
        # No two rows are the same up to the number of the source, so no more is compared.
        yield from heapq.merge(
            *(_events_of(source, number, kinds) for number, source in enumerate(sources))
        )


def _events_of(source: Connection, number: int, kinds: str) -> Iterator[Row]:
    last: Row = (0, "")
    while rows := source.rows(
        f"SELECT {EVENT_COLUMNS.format(source=number)} FROM events"
        f" WHERE (seq, id) > (?, ?) AND {kinds} ORDER BY seq, id LIMIT ?",
        (*last, BATCH),
    ):
        yield from rows
        last = rows[-1][:2]


def _portion(rows: Iterator[Row], load: float) -> Sequence[Row]:
    """Take the next events, as many as make up a load."""
    taken: list[Row] = []
    for row in rows:
        taken.append(row)
        load -= HEAVY.get(row[KIND], 1)
        if load <= 0:
            break
    return taken
