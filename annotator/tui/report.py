"""A screen of lines that are worked out beside the keys; some lead to claims or to an article."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.app import ComposeResult
from textual.strip import Strip

from annotator.errors import AnnotatorError
from annotator.review.rows import Row
from annotator.store import Project, open_project
from annotator.tui.bars import Bar, Footer, MessageBar
from annotator.tui.desk import Desk
from annotator.tui.keys import Action
from annotator.tui.lines import LineList
from annotator.tui.screen import KeyScreen, OpenArticle
from annotator.tui.wrap import fit

STEPS = 100
"""How often progress is shown."""
BAR = 20

Progress = Callable[[int, int], None]
Lines = Callable[[bool], Sequence[Row]]
"""Whether names are shown → the lines."""


class Kind(NamedTuple):
    """A report: what it is called and how it is worked out on a connection of its own."""

    title: str
    compute: Callable[[Project, str, Progress], Lines]
    """From the project and the reviewer; `Progress` may raise to stop it."""
    has_names: bool = False
    """Whether colleagues are letters until their names are asked for."""


class _Stopped(Exception):
    """Nobody wants the lines any more."""


class ReportList(LineList):
    """The lines of a report with a cursor."""

    COMPONENT_CLASSES: ClassVar = {"choices--cursor", "report--heading", "report--link"}

    def __init__(self) -> None:
        super().__init__(id="report")
        self.rows: Sequence[Row] = ()

    def load(self, found: Sequence[Row]) -> None:
        """Show other lines; the cursor stays where it is, as far as there are so many."""
        self.rows, self.cursor = found, min(self.cursor or 0, len(found) - 1)
        self.lay_out()
        self.reveal()

    @property
    def row(self) -> Row | None:
        """The line at the cursor."""
        return None if self.cursor is None or not self.rows else self.rows[self.cursor]

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


class ReportScreen(KeyScreen):
    """One kind of report."""

    AT = "report"
    desk: Desk

    def __init__(self, desk: Desk, kind: Kind) -> None:
        super().__init__(desk.keymap)
        self.desk = desk
        self.kind = kind
        self._lines: Lines | None = None
        self._version = -1
        self._names = False
        self._left = False

    def compose(self) -> ComposeResult:
        """Lay the screen out; its widgets have no keys of their own."""
        yield Bar(id="title")
        yield ReportList()
        yield MessageBar()
        yield Footer()

    def on_mount(self) -> None:
        """Begin to compute."""
        self._compute()

    def on_unmount(self) -> None:
        """Stop computing."""
        self._left = True

    def on_screen_resume(self) -> None:
        """Compute again where something has been written since."""
        if self.ready and self._lines is not None and self._version != self.desk.project.version():
            self._compute()

    def possible(self, action: Action) -> bool:
        """Whether an action would do something here and now."""
        if action.id == "names":
            return self.kind.has_names and self._lines is not None
        if action.id == "open_line":
            row = self._list.row
            return row is not None and row.opens
        return super().possible(action)

    # --- computing ------------------------------------------------------------------------------

    def _compute(self) -> None:
        self._version = self.desk.project.version()
        self._show_title("reading …")
        self.run_worker(self._computed(), exclusive=True)

    async def _computed(self) -> None:
        loop = asyncio.get_running_loop()

        def progress(done: int, total: int) -> None:
            if self._left:
                raise _Stopped
            if done % max(1, total // STEPS) == 0:
                loop.call_soon_threadsafe(self._show_title, _bar(done, total))

        def run() -> Lines:
            with open_project(self.desk.project.path, create=False) as project:
                return self.kind.compute(project, self.desk.reviewer, progress)

        try:
            self._lines = await asyncio.to_thread(run)
        except _Stopped:
            return
        except AnnotatorError as error:
            if self.ready:
                self._show_title("")
                self.say(str(error), error=True)
            return
        self._show()

    # --- keys -----------------------------------------------------------------------------------

    def action_next_line(self) -> None:
        """Point at the next line."""
        self._list.step(1)

    def action_previous_line(self) -> None:
        """Point at the line before."""
        self._list.step(-1)

    def action_page_down(self) -> None:
        """Go a page further down."""
        self._list.step(self._list.page)

    def action_page_up(self) -> None:
        """Go a page further up."""
        self._list.step(-self._list.page)

    def action_first(self) -> None:
        """Go to the first line."""
        self._list.step(-len(self._list.rows))

    def action_last(self) -> None:
        """Go to the last line."""
        self._list.step(len(self._list.rows))

    def action_names(self) -> None:
        """Show who is who, or letters again."""
        self._names = not self._names
        self._show()

    def action_open_line(self) -> None:
        """Show the claims, the article or the rules that a line is about."""
        from annotator.tui.review import ReviewScreen

        row = self._list.row
        if row is None:
            return
        if row.article_id:
            claim = row.claims[0] if row.claims else None
            self.post_message(OpenArticle(row.article_id, claim))
        elif row.claims:
            self.app.push_screen(ReviewScreen(self.desk, row.claims, row.title))
        elif row.label:
            self.desk.last_label = row.label
            self.action_codebook()

    def action_back(self) -> None:
        """Leave."""
        self.dismiss()

    def on_line_list_pressed(self, message: LineList.Pressed) -> None:
        """Open what was clicked."""
        message.stop()
        self._list.move(message.item)
        self.attempt(self.action_open_line)

    # --- showing --------------------------------------------------------------------------------

    @property
    def _list(self) -> ReportList:
        return self.query_one(ReportList)

    def _show(self) -> None:
        if self._lines is not None and self.ready:
            self._list.load(self._lines(self._names))
            self._show_title("")
            self.refresh_footer()

    def _show_title(self, status: str) -> None:
        if self.ready:
            left = [(f" {self.kind.title}", "bold $primary"), (f"  {status}", "bold")]
            self.query_one("#title", Bar).show(left, f"{self.desk.reviewer} ")


def _bar(done: int, total: int) -> str:
    """Return how far it is as a bar and a number."""
    full = BAR * done // max(1, total)
    return f"{'━' * full}{'─' * (BAR - full)} {100 * done // max(1, total)} %"
