"""The windows in which evidence is listed, added and changed."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from annotator.errors import AnnotatorError
from annotator.model import Evidence
from annotator.tui.bars import MessageBar
from annotator.tui.dialogs import Choice, Choices, Field, Pick, Search
from annotator.tui.menu import ListWindow
from annotator.tui.screen import is_open

URL = re.compile(r"https?://\S+", re.IGNORECASE)
ADD = Choice("", "add …")
Elsewhere = Callable[[str], Awaitable[Sequence[Choice]]]
"""What is typed → claims of any article that match it."""


class Caption(Widget):
    """A few words beside a field."""

    def __init__(self, words: str) -> None:
        super().__init__(classes="caption")
        self._words = words

    def render(self) -> Content:
        """Return the words."""
        return Content.styled(self._words, "$quiet")


class EvidenceForm(Pick):
    """Asks for one piece of evidence: a URL, a claim from the list, or a text, and its date."""

    def __init__(
        self,
        search: Search,
        evidence: Evidence | None,
        give: Callable[[Evidence], None],
        elsewhere: Elsewhere,
    ) -> None:
        value = evidence.value if evidence else ""
        super().__init__("Evidence", search, value, "URL, text, or words of another claim")
        self._before = evidence
        self._give = give
        self._elsewhere = elsewhere
        self._typed = ""

    def show(self, typed: str) -> None:
        """Show the claims at hand that match, then those of all articles."""
        super().show(typed)
        self._typed = typed
        if typed:
            self.run_worker(self._add_others(typed))

    async def _add_others(self, typed: str) -> None:
        try:
            found = await self._elsewhere(typed)
        except AnnotatorError as error:
            if is_open(self):
                self.query_one(MessageBar).say(str(error), error=True)
            return
        if typed == self._typed and is_open(self):
            choices = self.query_one(Choices)
            listed = {one.value for one in choices.choices}
            others = [one for one in found if one.value not in listed]
            choices.show([*choices.choices, *others], choices.cursor)

    def compose_more(self) -> ComposeResult:
        """Add the date."""
        today = date.today().isoformat()
        as_of = (self._before.as_of or "") if self._before else today
        with Horizontal(id="date-row"):
            yield Caption("as of")
            yield Field(as_of, "YYYY-MM-DD, or empty", id="date")

    def give(self, choice: Choice) -> None:
        """End with the evidence, if its date is one."""
        as_of = self.query_one("#date", Field).value.strip()
        try:
            stated = date.fromisoformat(as_of).isoformat() if as_of else None
        except ValueError:
            self.query_one(MessageBar).say("The date must be YYYY-MM-DD, or empty.", error=True)
            return
        if choice.value:
            self._give(self._evidence(choice, stated))
            self.close(choice)

    def _evidence(self, choice: Choice, as_of: str | None) -> Evidence:
        if choice.text != choice.value:  # one of the claims listed, not what was typed
            return Evidence("claim", choice.value, as_of)
        if self._before is not None and choice.value == self._before.value:
            return Evidence(self._before.kind, choice.value, as_of)
        return Evidence("url" if URL.fullmatch(choice.value) else "text", choice.value, as_of)


class EvidenceList(ListWindow[None]):
    """The evidence on a claim: Enter changes one or adds another, Backspace takes one off."""

    def __init__(
        self,
        evidence: Sequence[Evidence],
        line: Callable[[Evidence], str],
        edit: Callable[[int | None], None],
        remove: Callable[[int], Sequence[Evidence]],
    ) -> None:
        super().__init__("Evidence", "Enter changes or adds · Bksp takes off · Esc closes")
        self._evidence = evidence
        self._line = line
        self._edit = edit
        self._remove = remove

    def on_mount(self) -> None:
        """Point at the first."""
        self._show(0)

    def take(self, at: int) -> None:
        """Change a piece of evidence, or add one."""
        self.close()
        self._edit(at if at < len(self._evidence) else None)

    def take_key(self, event: events.Key, at: int) -> None:
        """Take a piece off, or leave by the key that led here."""
        if event.key == "e":
            self.close()
        elif event.key in ("backspace", "delete") and at < len(self._evidence):
            self._evidence = self._remove(at)
            self._show(at)

    def _show(self, at: int) -> None:
        lines = [Choice(one.value, f"{one.kind:<6}{self._line(one)}") for one in self._evidence]
        choices = [*lines, ADD]
        self.show(choices, min(at, len(choices) - 1))
