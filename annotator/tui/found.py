"""What the screens that list claims found over the corpus have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from annotator.store import Project
from annotator.tui.beside import Newest, reported
from annotator.tui.claimlist import ClaimList, Entry
from annotator.tui.desk import Desk
from annotator.tui.dialogs import Choices
from annotator.tui.finding import PAGE
from annotator.tui.keys import Action
from annotator.tui.lines import LineList
from annotator.tui.screen import KeyScreen

NEAR_END = 40
GoThere = Callable[[str, str], object]
"""What is called with an article and a claim once the screen is left for them."""
Row = TypeVar("Row")


class FoundScreen(KeyScreen, Generic[Row]):
    """A list of claims, read a page at a time beside the keys; `here` is the claim one comes from.

    A subclass reads a page with `page_after`.
    """

    desk: Desk

    def __init__(self, desk: Desk, here: str | None, go_there: GoThere) -> None:
        super().__init__(desk.keymap)
        self.desk = desk
        self.here = here
        self.rows: list[Row] = []
        self.newest = Newest(self, desk)
        self.go_there = go_there
        self._reading = False

    def page_after(self, project: Project, last: Row | None) -> tuple[list[Row], list[Entry]]:
        """Return the claims after another one, and their lines; called in a thread."""
        raise NotImplementedError

    @property
    def claims(self) -> ClaimList:
        """The list on the screen."""
        return self.query_one(ClaimList)

    @property
    def chooser(self) -> ClaimList | Choices:
        """What the arrows move through now."""
        return self.claims

    def show_page(self, rows: list[Row], entries: list[Entry]) -> None:
        """Show the first claims, with the cursor on the one that one comes from if it is there."""
        self.rows = rows
        here = (n for n, one in enumerate(entries) if one.claim_id == self.here)
        self.claims.show(entries, next(here, 0))
        self._reading = False
        self.refresh_footer()

    async def _read_on(self) -> None:
        last = self.rows[-1]
        found = await self.newest.ask(lambda project: self.page_after(project, last))
        if found is not None and self.rows[-1:] == [last]:
            self.rows += found[0]
            self.claims.extend(found[1])
        self._reading = False

    # --- keys -----------------------------------------------------------------------------------

    def possible(self, action: Action) -> bool:
        """Whether an action would do something now."""
        if action.group == "move":
            return self.chooser.item_count > 0
        return super().possible(action)

    def action_next_found(self) -> None:
        """Go to the next line."""
        self.step(1)

    def action_previous_found(self) -> None:
        """Go to the line before."""
        self.step(-1)

    def action_page_down(self) -> None:
        """Go a page further down."""
        self.step(self.chooser.page)

    def action_page_up(self) -> None:
        """Go a page further up."""
        self.step(-self.chooser.page)

    def action_first(self) -> None:
        """Go to the first claim."""
        self.step(-len(self.rows))

    def action_last(self) -> None:
        """Go to the last claim read so far."""
        self.step(len(self.rows))

    def action_open_found(self) -> None:
        """Go to the claim under the cursor."""
        if entry := self.claims.chosen:
            self.dismiss()
            self.go_there(entry.article_id, entry.claim_id)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()

    def on_line_list_pressed(self, message: LineList.Pressed) -> None:
        """Go to what was clicked."""
        message.stop()
        self.chooser.move(message.item)
        self.attempt(self.action_open_found)

    def step(self, by: int) -> None:
        """Move the cursor; near the end of what was read, read on."""
        self.chooser.step(by)
        near_end = (self.claims.cursor or 0) + NEAR_END > len(self.rows)
        if near_end and self.rows and len(self.rows) % PAGE == 0 and not self._reading:
            self._reading = True
            self.run_worker(reported(self, self._read_on()))
