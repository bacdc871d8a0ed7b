"""A project: one SQLite file with articles, taggings and everything people did with them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from annotator.model import Article, Event, EventKind, Judgement, Tagging, Working
from annotator.scheme import Scheme
from annotator.store import (
    articles,
    blind,
    check,
    claims,
    corrections,
    disputes,
    fold,
    log,
    verifying,
    work,
)
from annotator.store.blind import Lifts
from annotator.store.catalogue import ArticleRow
from annotator.store.claims import ClaimRow, DecisionRow, JudgementRow
from annotator.store.colleagues import Colleagues
from annotator.store.connection import Connection, connect
from annotator.store.corrections import KnownClaim
from annotator.store.finder import Finder
from annotator.store.listing import Listing
from annotator.store.log import EventRow
from annotator.store.queue import Queue
from annotator.store.schema import OUTDATED
from annotator.tagging.overlay import Corrected, Correction

PATIENCE_SECONDS = 5.0


def open_project(
    path: str | Path, *, create: bool = True, patience: float = PATIENCE_SECONDS
) -> Project:
    """Open a project file, made new if `create` and it is missing, and bring it up to date.

    With `create`, the file must be writable; without, a read-only one is opened for reading.
    `patience` is how many seconds to wait for a lock. StoreError says in one line what is wrong.
    """
    file = connect(Path(path), create, patience)
    try:
        project = Project(file)
        if not project.read_only:
            if project.local(OUTDATED):
                project.rebuild()
            disputes.catch_up(file)
        return project
    except BaseException:
        file.close()
        raise


class Project:
    """An open project file; StoreError whenever it cannot be read or written."""

    def __init__(self, file: Connection) -> None:
        self._file = file
        self.path = file.path
        self.device: str = self.local("device") or ""
        self.finder = Finder(file)
        self._listing = Listing(file)
        self.colleagues = Colleagues(file, self.device)
        self.queue = Queue(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the project cannot be used afterwards."""
        self._file.close()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._file.read_only

    def snapshot(self) -> AbstractContextManager[None]:
        """See one state of the project for several reads, whatever others write meanwhile."""
        return self._file.snapshot()

    def version(self) -> int:
        """Return a number that grows with every change, by this process or another."""
        return self._file.version()

    def keep_little(self) -> None:
        """Keep little of the file in memory, as suits a program that stays open for long."""
        self._file.keep_little()

    # --- articles -------------------------------------------------------------------------------

    def add(self, batch: Sequence[tuple[Article, Tagging]], actor: str) -> int:
        """Add articles that are not there yet with their tagging; return how many were new.

        Each goes in whole or not at all, in transactions short enough for others to work.
        """
        return articles.add(self._file, self.device, batch, actor)

    def add_tagging(self, tagging: Tagging, actor: str) -> bool:
        """Add a tagging beside an article's others and make it current; False if it is already."""
        return articles.add_tagging(self._file, self.device, tagging, actor)

    def known(self, ids: Iterable[str]) -> set[str]:
        """Return which of the article ids are in the project."""
        return articles.known(self._file, ids)

    def article(self, article_id: str) -> Article:
        """Return an article with what was first said about it; StoreError if it is not there."""
        return articles.article(self._file, article_id)

    def article_ids(self) -> Iterator[str]:
        """Yield the ids of all articles, sorted."""
        return articles.article_ids(self._file)

    def tagging(self, article_id: str) -> Tagging:
        """Return the current tagging of an article; StoreError if it is not there."""
        return articles.tagging(self._file, article_id)

    def taggings(self, article_id: str) -> list[Tagging]:
        """Return all taggings of an article, the current one last; StoreError if not there."""
        return articles.taggings(self._file, article_id)

    def corrected(self, article_id: str, reviewer: str) -> Corrected:
        """Return the current tagging with a reviewer's corrections on top."""
        return corrections.corrected_for(self._file, self.tagging(article_id), reviewer)

    def corrections(self, article_id: str) -> dict[str, tuple[Correction, ...]]:
        """Return reviewer → current corrections in the order of the log, of those with any."""
        return corrections.corrections(self._file, article_id)

    # --- the list of articles -------------------------------------------------------------------

    def work_as(self, reviewer: str, working: Working) -> None:
        """List articles, and go to unseen claims and matches, in a reviewer's order from now on.

        Where they hide the outlet, neither search nor filter finds anything by outlet or author.
        """
        self._listing = Listing(self._file, reviewer, working)
        self.finder = Finder(self._file, working.hide_outlet, self._listing.ordering)

    def conditions(self) -> dict[str, Working]:
        """Return reviewer → how they last said that they work, of those who did."""
        return work.conditions(self._file)

    def count(self, reviewer: str, query: str = "") -> int:
        """Return how many articles are in the list under a query.

        That is words in title, outlet or author, and pairs of `key:value` as in `parse_filter`,
        which the article or any of its claims must meet; UsageError where one of these is none.
        """
        return self._listing.count(reviewer, query)

    def page(self, reviewer: str, offset: int, limit: int, query: str = "") -> list[ArticleRow]:
        """Return some lines of the list of articles with the reviewer's progress."""
        return self._listing.page(reviewer, offset, limit, query)

    def around(
        self, reviewer: str, article_id: str | None, limit: int, query: str
    ) -> list[ArticleRow] | None:
        """Return `limit` lines on either side of an article, with its own, without counting.

        From the first one on where the article is None or not in the list. None where nothing is
        saved by that, since counting costs little.
        """
        return self._listing.around(reviewer, article_id, limit, query)

    def position(self, article_id: str, query: str = "", reviewer: str = "") -> int | None:
        """Return the place of an article in that list, from 0; None where it is not in it."""
        return self._listing.position(reviewer, article_id, query)

    def neighbour(
        self, article_id: str, step: int, query: str = "", reviewer: str = ""
    ) -> str | None:
        """Return the article `step` lines further down (or up, if negative) in that list."""
        return self._listing.neighbour(reviewer, article_id, step, query)

    # --- claims and judgements ------------------------------------------------------------------

    def claim(self, claim_id: str) -> ClaimRow | None:
        """Return a claim of any tagging or correction, or None."""
        return claims.claim(self._file, claim_id)

    def claims_starting(self, prefix: str, limit: int) -> list[ClaimRow]:
        """Return at most `limit` claims of any tagging whose ids start with some hex digits."""
        found = claims.ids_starting(self._file, prefix, limit)
        return [row for one in found if (row := self.claim(one)) is not None]

    def claims(self, article_id: str | None = None, walk_only: bool = True) -> Iterator[ClaimRow]:
        """Yield the claims of an article, or of all in the order of the list."""
        return claims.claims(self._file, article_id, walk_only)

    def known_claims(self, article_id: str) -> Iterator[KnownClaim]:
        """Yield every claim of an article that anybody can have judged: of all taggings too."""
        return claims.known(self._file, article_id)

    def next_unseen(
        self, reviewer: str, article_id: str, claim_id: str | None, step: int = 1
    ) -> tuple[str, str] | None:
        """Return (article id, claim id) of the next claim of their walk without a judgement.

        It looks after the given claim (before it, if `step` is negative), or from the article's
        first (last) claim if that is None, up to the end (beginning) of the corpus.
        """
        ordering = self._listing.ordering
        return claims.next_unseen(self._file, reviewer, article_id, claim_id, step, ordering)

    def judgement(self, reviewer: str, claim_id: str) -> Judgement | None:
        """Return a reviewer's judgement on a claim, or None."""
        return claims.judgement(self._file, reviewer, claim_id)

    def judgements(self, article_id: str, reviewer: str) -> dict[str, Judgement]:
        """Return claim id → the reviewer's judgement, superseded claims included."""
        rows = claims.judgements(self._file, article_id, reviewer)
        return {row.claim_id: row.judgement for row in rows}

    def all_judgements(self, article_id: str) -> dict[str, dict[str, JudgementRow]]:
        """Return claim id → reviewer → judgement, superseded claims included."""
        found: dict[str, dict[str, JudgementRow]] = {}
        for row in claims.judgements(self._file, article_id):
            found.setdefault(row.claim_id, {})[row.reviewer] = row
        return found

    def judgements_on(self, claim_id: str) -> dict[str, JudgementRow]:
        """Return reviewer → judgement on one claim."""
        return {row.reviewer: row for row in claims.judgements_on(self._file, claim_id)}

    def skipped(self, article_id: str, reviewer: str) -> dict[str, str]:
        """Return claim id → note of the claims that the reviewer skipped for later."""
        return claims.notes(self._file, article_id, reviewer, "skip")

    def flagged(self, article_id: str, reviewer: str) -> dict[str, str]:
        """Return claim id → comment of the claims that the reviewer flagged."""
        return claims.notes(self._file, article_id, reviewer, "flag")

    def decisions(self, article_id: str) -> dict[str, DecisionRow]:
        """Return claim id → the decision that stands, superseded claims included."""
        return {row.claim_id: row for row in claims.decisions(self._file, article_id)}

    def decision(self, claim_id: str) -> DecisionRow | None:
        """Return the decision that stands on one claim, or None."""
        return claims.decision(self._file, claim_id)

    def scheme(self) -> Scheme:
        """Return the label set: that of the last `scheme` event, else the default one."""
        return log.scheme(self._file)

    def codebook_text(self) -> str | None:
        """Return the codebook that came with the last `scheme` event; None where none did."""
        return log.codebook_text(self._file)

    def reviewers(self) -> list[str]:
        """Return the names of all who have judged a claim, sorted."""
        return log.actors_of(self._file, "judge")

    def actors(self) -> dict[str, str]:
        """Return everybody in the log → the id of the first event in their name."""
        return log.actors(self._file)

    def named(self) -> dict[str, str]:
        """Return whom the log names otherwise: display names, and those given or sent something.

        With the id of the first event that does.
        """
        return log.named(self._file)

    # --- the log --------------------------------------------------------------------------------

    def append(self, actor: str, kind: EventKind, target: str, body: Mapping[str, Any]) -> Event:
        """Add an event to the log and bring the state up to date, in one transaction."""
        with self._file.writing():
            said = corrections.placed(self._file, target, body)
            event = self._append(actor, kind, target, said)
        if kind == "scheme":
            disputes.catch_up(self._file)
        return event

    def undo(self, actor: str) -> Event | None:
        """Take back the actor's last act on this device and return it; None if there is none."""
        with self._file.writing():
            act = log.to_undo(self._file, self.device, actor)
            if act is None:
                return None
            self._append(actor, "undo", act, {})
            return log.read_event(self._file, act)

    def redo(self, actor: str) -> Event | None:
        """Put back what the actor's last undo took back and return it; None if there is nothing."""
        with self._file.writing():
            found = log.to_redo(self._file, self.device, actor)
            if found is None:
                return None
            undo, act = found
            self._append(actor, "undo", undo, {})
            return log.read_event(self._file, act)

    def can_undo(self, actor: str) -> bool:
        """Whether `undo` would take something back."""
        return log.to_undo(self._file, self.device, actor) is not None

    def can_redo(self, actor: str) -> bool:
        """Whether `redo` would put something back."""
        return log.to_redo(self._file, self.device, actor) is not None

    def events(
        self,
        actor: str | None = None,
        kind: EventKind | None = None,
        target: str | None = None,
    ) -> Iterator[Event]:
        """Yield the events that match every filter given, in the order of the log."""
        return log.events(self._file, actor, kind, target)

    def acted_on(self, kind: EventKind) -> list[str]:
        """Return the targets of everybody's standing acts of a kind, sorted."""
        return log.acted_on(self._file, kind)

    def corrections_made(self, article_id: str) -> Iterator[Event]:
        """Yield every correction of an article's tags that was ever made, in order of the log."""
        return corrections.made(self._file, article_id)

    def event_rows(self) -> Iterator[EventRow]:
        """Yield the whole log in its order as it is kept: much faster than `events`."""
        return log.event_rows(self._file)

    def _append(self, actor: str, kind: EventKind, target: str, body: Mapping[str, Any]) -> Event:
        since = log.last_number(self._file)
        event = log.write_event(self._file, self.device, actor, kind, target, body)
        fold.fold(self._file, since)
        return event

    # --- who sees what --------------------------------------------------------------------------

    def is_blind(self) -> bool:
        """Whether colleagues' answers are hidden from those who have not answered."""
        return blind.is_blind(self._file)

    def blindness_lifted(self) -> Lifts:
        """Return for whom the hiding was ever lifted, be it for a time."""
        return blind.lifts(self._file)

    def set_blind(self, actor: str, hidden: bool) -> None:
        """Hide colleagues' answers from those who have not answered, or show them to everybody."""
        self.append(actor, "meta", blind.SETTING, {"blind": hidden})

    def unblind(self, actor: str) -> None:
        """Show colleagues' answers to this person from now on, which is logged.

        It holds until `set_blind` hides them again, and changes nothing for others.
        """
        if not self.sees_all(actor):
            self.append(actor, "meta", blind.OWN_SETTING, {"blind": False})

    def hides(self, reviewer: str) -> bool:
        """Whether colleagues said anything that a reviewer may not see yet."""
        return blind.hides(self._file, self.scheme(), reviewer)

    def sees_all(self, reviewer: str) -> bool:
        """Whether nothing is hidden from a reviewer: no blind project, or one who never judged."""
        return blind.sees_all(self._file, reviewer)

    def sees(self, reviewer: str, claim_id: str) -> bool:
        """Whether a reviewer may see what colleagues said of a claim, decisions included."""
        return blind.sees(self._file, self.scheme(), reviewer, claim_id)

    def visible_judgements(
        self, article_id: str, reviewer: str
    ) -> dict[str, dict[str, JudgementRow]]:
        """Return claim id → reviewer → judgement: one's own, and others' where one may see them."""
        everything = self.sees_all(reviewer)
        return {
            claim_id: rows
            if everything or self.sees(reviewer, claim_id)
            else {name: row for name, row in rows.items() if name == reviewer}
            for claim_id, rows in self.all_judgements(article_id).items()
        }

    # --- settings of this copy ------------------------------------------------------------------

    def local(self, key: str) -> str | None:
        """Return a setting of this copy of the file, or None."""
        value: str | None = self._file.value("SELECT value FROM local WHERE key = ?", (key,))
        return value

    def set_local(self, key: str, value: str) -> None:
        """Keep a setting of this copy of the file; it is no event and never merged."""
        with self._file.writing():
            self._file.run("INSERT OR REPLACE INTO local VALUES (?, ?)", (key, value))

    def place(self, reviewer: str) -> tuple[str, str] | None:
        """Return (article id, claim id) where the reviewer stopped, or None."""
        value = self.local(f"place of {reviewer}")
        if value is None:
            return None
        article_id, claim_id = json.loads(value)
        return article_id, claim_id

    def set_place(self, reviewer: str, article_id: str, claim_id: str) -> None:
        """Keep where the reviewer is."""
        self.set_local(f"place of {reviewer}", json.dumps([article_id, claim_id]))

    # --- upkeep ---------------------------------------------------------------------------------

    def check(self) -> list[str]:
        """Verify everything in the file and return a line for each problem."""
        return check.check(self._file)

    def verifying(self) -> AbstractContextManager[None]:
        """Verify what people said while it is read; StoreError at the end where it is damaged."""
        return verifying.verifying(self._file)

    def forks(self) -> list[str]:
        """Return a line for each place where a chain of events goes on in two ways: no damage."""
        return log.forks(self._file)

    def rebuild(self) -> None:
        """Make all that follows from articles, taggings and the log again."""
        with self._file.writing():
            fold.rebuild(self._file)
            self._file.run("DELETE FROM local WHERE key = ?", (OUTDATED,))
