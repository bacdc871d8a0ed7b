"""The search over all claims: as one types they are listed, with the words in their sentences."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from annotator.store import ClaimFilter, Match, Project, parse_filter
from annotator.tui.bars import Bar, Footer, MessageBar
from annotator.tui.beside import Newest, reported
from annotator.tui.claimlist import ClaimList, Entry
from annotator.tui.corpus import Notice
from annotator.tui.desk import MOST_COUNTED, Desk, Search, counted
from annotator.tui.dialogs import Choices, Field
from annotator.tui.finding import PAGE, key_help, matched, ready_counts, ready_lists
from annotator.tui.found import FoundScreen, GoThere
from annotator.tui.lines import LineList

NO_MATCH = "No claim has this: all words must be in one sentence, or in a note on it."


class SearchScreen(FoundScreen[Match]):
    """What is typed is looked for; going to a claim leaves the search on."""

    AT = "results"
    AUTO_FOCUS: ClassVar = "#words"

    def __init__(self, desk: Desk, text: str, here: str | None, go_there: GoThere) -> None:
        super().__init__(desk, here, go_there)
        self._text = text
        self._shown: str | None = None
        self._wanted = ClaimFilter()
        self._count: int | None = None
        self._counter = Newest(self, desk)
        self._opens = False

    def compose(self) -> ComposeResult:
        """Lay the screen out; characters go to the field, all other keys to the list."""
        yield Bar(id="title")
        yield Field(self._text, "words of sentences and notes, or a list below", id="words")
        yield Bar(id="keyhelp")
        yield ClaimList()
        yield Choices()
        yield Notice(id="empty")
        yield MessageBar()
        yield Footer()

    def on_mount(self) -> None:
        """Look for what is in the field already, which the next character replaces."""
        self._field.select_all()
        self._empty.show("")
        self._show_part(None)
        self._ask()

    # --- looking --------------------------------------------------------------------------------

    @on(Input.Changed, "#words")
    def typed(self, event: Input.Changed) -> None:
        """Look for what is typed now."""
        event.stop()
        self._opens = False
        self._ask()

    def _ask(self) -> None:
        keys = key_help(self._field.value, self.desk)
        self.query_one("#keyhelp", Bar).show([(keys, "$quiet")])
        text = self._field.value.strip()
        self.run_worker(reported(self, self._look(text) if text else self._offer()))

    async def _look(self, text: str) -> None:
        """Show the first claims that match, then how many there are."""
        found = await self.newest.ask(lambda project: self._first(project, text))
        if found is None:
            return
        self._wanted, rows, entries = found
        self._show_matches(text, rows, entries)
        if self._count is not None:
            return
        count = await self._counter.ask(
            lambda project: project.finder.count(self.desk.reviewer, self._wanted, MOST_COUNTED)
        )
        if count is not None and text == self._shown:
            self._count = count
            self._show_title()

    async def _offer(self) -> None:
        """Show the lists that can be had without typing, then how many claims each has."""
        self._shown, self._count, self.rows = "", None, []
        self._ready.show(ready_lists({}), None)
        self._show_part(self._ready)
        self.newest.forget()
        counts = await self._counter.ask(lambda one: ready_counts(one, self.desk.reviewer))
        if counts is not None and not self._shown:
            self._ready.show(ready_lists(counts), self._ready.cursor)

    def page_after(self, project: Project, last: Match | None) -> tuple[list[Match], list[Entry]]:
        """Return the claims after another one, and their lines."""
        return self._page(project, self._wanted, last)

    def _first(self, project: Project, text: str) -> tuple[ClaimFilter, list[Match], list[Entry]]:
        wanted = parse_filter(text)
        return wanted, *self._page(project, wanted, None)

    def _page(
        self, project: Project, wanted: ClaimFilter, last: Match | None
    ) -> tuple[list[Match], list[Entry]]:
        reviewer, scheme = self.desk.reviewer, self.desk.session.scheme
        matches = project.finder.search(reviewer, wanted, PAGE, last)
        return matches, matched(project, scheme, reviewer, matches)

    def _show_matches(self, text: str, matches: list[Match], entries: list[Entry]) -> None:
        self._shown = text
        self._count = len(matches) if len(matches) < PAGE else None
        self._empty.show("" if entries else NO_MATCH)
        self._show_part(self.claims if entries else self._empty)
        self.show_page(matches, entries)
        if self._opens:
            self.attempt(self.action_open_found)

    # --- keys -----------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Do what a key does; a character that comes before the field has the focus is typed."""
        if self.is_active and event.is_printable and not self._field.has_focus:
            event.stop()
            self._field.focus()
            self._field.post_message(events.Key(event.key, event.character))
        else:
            super().on_key(event)

    @property
    def chooser(self) -> ClaimList | Choices:
        """What the arrows move through now."""
        return self._ready if self._ready.display else self.claims

    def action_open_found(self) -> None:
        """Go to the claim, or show the list, under the cursor; an empty search ends."""
        text = self._field.value.strip()
        if text != self._shown:
            self._opens = True  # what was typed last is still being looked for
        elif text and self.claims.chosen is not None:
            self.desk.search = Search(text, self._wanted, self._count)
            super().action_open_found()
        elif not text and self._ready.chosen is not None:
            self._field.value = self._ready.chosen.value
            self._field.cursor_position = len(self._field.value)
        elif not text:
            self.action_back()

    def action_back(self) -> None:
        """Go back; emptied, the search is over."""
        if not self._field.value.strip():
            self.desk.search = None
        super().action_back()

    # --- parts ----------------------------------------------------------------------------------

    def _show_part(self, shown: LineList | Notice | None) -> None:
        for part in (self.claims, self._ready, self._empty):
            part.display = part is shown
        self.query_one(MessageBar).say("")
        self._show_title()
        self.refresh_footer()

    def _show_title(self) -> None:
        found = counted(self._count) if self._shown else ""
        self.query_one("#title", Bar).show([(" Search all claims", "bold $primary")], f"{found} ")

    @property
    def _field(self) -> Field:
        return self.query_one("#words", Field)

    @property
    def _ready(self) -> Choices:
        return self.query_one(Choices)

    @property
    def _empty(self) -> Notice:
        return self.query_one("#empty", Notice)
