"""Windows to read in: lines that are broken to the width, scrolled with the arrows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from annotator.tui.modal import Modal, entitle

Lines = Callable[[int], Sequence[Content]]
"""The lines of a window for a width in cells."""


class Sheet(Widget):
    """Lines of text as high as they need."""

    def __init__(self, lines: Lines) -> None:
        super().__init__(id="sheet")
        self._lines = lines

    def render(self) -> Content:
        """Return the lines for the present width."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return the number of lines."""
        return max(1, len(self._lines(width)))


class Window(Modal[None]):
    """A window with lines to read; Esc, q and the key that opened it close it."""

    AUTO_FOCUS = ""
    MOVES: ClassVar = {
        "down": (0, 1), "j": (0, 1), "up": (0, -1), "k": (0, -1), "pagedown": (1, -1),
        "space": (1, -1), "pageup": (-1, 1), "home": (0, -10_000), "end": (0, 10_000),
    }  # fmt: skip

    def __init__(self, title: str, lines: Lines, key: str) -> None:
        super().__init__()
        self._title = title
        self._lines = lines
        self._key = key

    def compose(self) -> ComposeResult:
        """Show the lines in a frame."""
        with VerticalScroll(classes="window", can_focus=False) as window:
            entitle(window, self._title, "↑ ↓ PgUp PgDn · Esc closes")
            yield Sheet(self._lines)

    def on_key(self, event: events.Key) -> None:
        """Do what a key does in this window, which keeps all of them."""
        event.stop()
        event.prevent_default()
        self.take_key(event)

    def take_key(self, event: events.Key) -> None:
        """Scroll or close."""
        key = event.character if event.is_printable and event.character != " " else event.key
        if key in ("escape", "q", self._key):
            self.close()
        elif key in self.MOVES:
            pages, lines = self.MOVES[key]
            self.scroll_lines(pages * self.page_lines + lines)

    @property
    def page_lines(self) -> int:
        """The number of lines in view."""
        return self.query_one(VerticalScroll).size.height

    def scroll_lines(self, by: int) -> None:
        """Scroll by so many lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
