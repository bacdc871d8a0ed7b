"""The codebook in a window: it opens where a label is defined, `/` searches in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input

from annotator.codebook import Codebook, Section
from annotator.tui.dialogs import Field
from annotator.tui.markdown import markdown_lines
from annotator.tui.window import Window
from annotator.tui.wrap import broken

# Letters whose small form has another length stay as they are, so that places stay too.
_LOWER = re.compile("[^\u0130]+")
SUBTITLE = "/ searches · ↑ ↓ PgUp PgDn · Esc closes"


class CodebookScreen(Window):
    """All sections below each other."""

    def __init__(self, codebook: Codebook, label_id: str | None, key: str) -> None:
        super().__init__("Codebook", self.text_lines, key)
        self._codebook = codebook
        self._label_id = label_id
        self._sought = ""
        self._wrapped = lru_cache(maxsize=2)(self._wrap)

    def compose(self) -> ComposeResult:
        """Add the line to search with."""
        yield from super().compose()
        yield Field(placeholder="search in the codebook", id="search")

    def on_mount(self) -> None:
        """Go to the label."""
        self.query_one("#search").display = False
        self.query_one(VerticalScroll).border_subtitle = SUBTITLE
        self.call_after_refresh(self._go_to_label)

    def text_lines(self, width: int) -> list[Content]:
        """Return the lines for a width, what was sought marked."""
        lines = list(self._wrapped(width)[0])
        for number, start, end in _places(lines, self._sought):
            lines[number] = lines[number].stylize("reverse", start, end)
        return lines

    def take_key(self, event: events.Key) -> None:
        """Search, scroll or close."""
        field = self.query_one("#search", Field)
        if field.has_focus:
            if event.key in ("escape", "down", "up"):
                self._close_search()
        elif event.character == "/":
            field.display = True
            field.focus()
        elif event.key in ("enter", "m") and self._sought:
            self._next(self._top() + 1)
        else:
            super().take_key(event)

    @on(Input.Changed, "#search")
    def search_changed(self, event: Input.Changed) -> None:
        """Mark what is sought and go to the first place."""
        event.stop()
        self._sought = event.value.strip().lower()
        self.query_one("#sheet").refresh()
        self._next(0)

    @on(Input.Submitted, "#search")
    def search_submitted(self, event: Input.Submitted) -> None:
        """Go to the next place."""
        event.stop()
        self._next(self._top() + 1)

    def _close_search(self) -> None:
        self.set_focus(None)
        self.query_one("#search").display = False

    def _top(self) -> int:
        return round(self.query_one(VerticalScroll).scroll_target_y)

    def _next(self, first: int) -> None:
        """Scroll to the next line that has what is sought, from the start again at the end."""
        lines = self._wrapped(self.query_one("#sheet").size.width)[0]
        places = [number for number, _, _ in _places(lines, self._sought)]
        if places:
            place = next((one for one in places if one >= first), places[0])
            self.query_one(VerticalScroll).scroll_to(y=place, animate=False, immediate=True)

    def _go_to_label(self) -> None:
        if self._label_id is None:
            return
        try:
            section = self._codebook.section_for(self._label_id)
        except KeyError:
            return
        starts = self._wrapped(self.query_one("#sheet").size.width)[1]
        self.query_one(VerticalScroll).scroll_to(y=starts[section.line], animate=False)

    def _wrap(self, width: int) -> tuple[list[Content], dict[int, int]]:
        """Return the lines, and for the line number of each section where it begins in them."""
        lines: list[Content] = []
        starts: dict[int, int] = {}
        for section in self._codebook.sections:
            if lines:
                lines.append(Content())
            starts[section.line] = len(lines)
            lines += _section(section, width)
        return lines, starts


def _section(section: Section, width: int) -> list[Content]:
    style = "bold $primary" if section.level < 3 else "bold $accent"
    heading = [Content.styled(line, style) for line in broken(section.title, max(1, width))]
    return [*heading, *(markdown_lines(section.text, width) if section.text else [])]


def _places(lines: Sequence[Content], sought: str) -> list[tuple[int, int, int]]:
    """Return (line, start, end) of all that is sought, also where it goes on in the next line."""
    bodies = [line.plain.lstrip("│ ") for line in lines]
    starts = list(accumulate((len(body) + 1 for body in bodies), initial=0))
    text = _LOWER.sub(lambda match: match[0].lower(), " ".join(bodies))
    if not sought:
        return []
    found = []
    for match in re.finditer(re.escape(sought), text):
        for number in range(
            bisect_right(starts, match.start()) - 1, bisect_right(starts, match.end() - 1)
        ):
            margin = len(lines[number].plain) - len(bodies[number]) - starts[number]
            first, last = max(match.start(), starts[number]), min(match.end(), starts[number + 1])
            found.append((number, first + margin, last + margin))
    return found
