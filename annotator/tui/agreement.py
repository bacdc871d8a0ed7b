"""The agreement screen: the figures, computed beside the keys, and the claims behind them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.strip import Strip

from annotator.errors import AnnotatorError
from annotator.review.collecting import Collected, collect
from annotator.review.report import Report
from annotator.review.report import agreement as compute
from annotator.scheme import Scheme
from annotator.store import open_project
from annotator.tui.agreement_rows import Row, rows
from annotator.tui.bars import Bar
from annotator.tui.desk import Desk
from annotator.tui.lines import LineList
from annotator.tui.modal import Modal
from annotator.tui.screen import OpenArticle
from annotator.tui.wrap import fit

KEYS = " ↑ ↓ PgUp PgDn move   Enter the claims behind a line   q back"


class _Stopped(Exception):
    """Nobody wants the figures any more."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The report with what is needed to read it."""

    report: Report
    collected: Collected
    scheme: Scheme
    titles: dict[str, str]
    """Article id → title, of those in the report."""


def figures(path: Path, reviewer: str, progress: Callable[[int, int], None]) -> Figures:
    """Compute the report on a project of its own connection; `progress` may raise to stop it."""
    with open_project(path, create=False) as project:
        collected = collect(project, reviewer)
        scheme = project.scheme()
        report = compute(collected.ratings, scheme, progress=progress)
        articles = {line.subject for line in report.by_article}
        titles = {one: project.article(one).about.title or one[:8] for one in articles}
    return Figures(report, collected, scheme, titles)


class ReportList(LineList):
    """The lines of the report with a cursor."""

    COMPONENT_CLASSES: ClassVar = {"choices--cursor", "report--heading", "report--link"}

    def __init__(self) -> None:
        super().__init__(id="report")
        self.rows: Sequence[Row] = ()

    def load(self, found: Sequence[Row]) -> None:
        """Show a report from its start."""
        self.rows, self.cursor = found, 0
        self.lay_out()

    def step(self, by: int) -> None:
        """Move the cursor, not beyond the ends."""
        if self.rows:
            self.move(min(max(0, (self.cursor or 0) + by), len(self.rows) - 1))

    def measure(self, width: int) -> Sequence[int]:
        """Return a line for each row."""
        return range(len(self.rows) + 1)

    def paint(self, item: int, line: int, width: int) -> Strip:
        """Return a row's line; the cursor and what can be opened have signs of their own."""
        row, here = self.rows[item], item == self.cursor
        names = ["report--heading"] if row.heading else []
        names += ["report--link"] if row.opens else []
        names += ["choices--cursor"] if here else []
        sign = "▸ " if here else "  "
        return Strip([Segment(sign + fit(row.text, width - 2), self.style(*names))])


class AgreementScreen(Modal[None]):
    """How far reviewers agree; lines about claims or an article lead there."""

    AUTO_FOCUS = ""
    MOVES: ClassVar = {"down": 1, "j": 1, "up": -1, "k": -1, "home": -(10**9), "end": 10**9}

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._left = False

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Bar(id="title")
        yield ReportList()
        yield Bar(id="keys")

    def on_mount(self) -> None:
        """Begin to compute."""
        self._show_title("reading …")
        self.query_one("#keys", Bar).show([(KEYS, "$quiet")])
        self.run_worker(self._compute())

    def on_unmount(self) -> None:
        """Stop computing."""
        self._left = True

    async def _compute(self) -> None:
        loop = asyncio.get_running_loop()

        def progress(done: int, total: int) -> None:
            if self._left:
                raise _Stopped
            if done % max(1, total // 100) == 0:
                text = f"{100 * done // max(1, total)} %"
                loop.call_soon_threadsafe(self._show_title, text)

        path, reviewer = self._desk.project.path, self._desk.reviewer
        try:
            found = await asyncio.to_thread(figures, path, reviewer, progress)
        except _Stopped:
            return
        except AnnotatorError as error:
            self._show_title(f"! {error}")
            return
        self.query_one(ReportList).load(
            rows(found.report, found.collected, found.scheme, found.titles)
        )
        self._show_title("")

    def _show_title(self, status: str) -> None:
        if self.is_attached:
            left = [(" Agreement", "bold $primary"), (f"  {status}", "bold")]
            self.query_one("#title", Bar).show(left, f"{self._desk.reviewer} ")

    def on_key(self, event: events.Key) -> None:
        """Do what a key does on this screen, which keeps all of them."""
        event.stop()
        event.prevent_default()
        report = self.query_one(ReportList)
        if event.key in ("escape", "q"):
            self.close()
        elif event.key in self.MOVES:
            report.step(self.MOVES[event.key])
        elif event.key in ("pagedown", "pageup"):
            report.step(report.page if event.key == "pagedown" else -report.page)
        elif event.key == "enter" and report.rows:
            self._open(report.rows[report.cursor or 0])

    def on_line_list_pressed(self, message: LineList.Pressed) -> None:
        """Open what was clicked."""
        message.stop()
        report = self.query_one(ReportList)
        report.move(message.item)
        self._open(report.rows[message.item])

    def _open(self, row: Row) -> None:
        """Show the claims or the article that a line is about."""
        from annotator.tui.review import ReviewScreen

        if row.claims:
            self.app.push_screen(ReviewScreen(self._desk, row.claims, row.title))
        elif row.article_id:
            self.post_message(OpenArticle(row.article_id))
