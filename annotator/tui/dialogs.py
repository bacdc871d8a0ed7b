"""Windows that ask for one thing: a line of text, or one of a list of choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.segment import Segment
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip
from textual.widgets import Input

from annotator.tui.bars import MessageBar
from annotator.tui.lines import LineList
from annotator.tui.modal import Modal, entitle
from annotator.tui.wrap import fit, shown

# What a keyboard sends or a clipboard holds, without the characters that act on a terminal.
PRINTABLE = r"[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*"


class _Shown(Highlighter):
    """Makes the text of a field safe to show."""

    def __call__(self, text: str | Text) -> Text:
        return Text(shown(str(text)), no_wrap=True, overflow="ignore", end="")

    def highlight(self, text: Text) -> None:
        """There is nothing to highlight."""


class Field(Input):
    """A line to type in that shows foreign text safely."""

    def __init__(self, value: str = "", placeholder: str = "", *, id: str | None = None) -> None:
        super().__init__(
            value=shown(value).replace("\ufffd", ""), placeholder=placeholder, id=id,
            restrict=PRINTABLE, highlighter=_Shown(), select_on_focus=False, compact=True,
        )  # fmt: skip
        self.cursor_blink = False


class Ask(Modal[str]):
    """Asks for a line of text: Enter gives it, without outer space; Esc gives None."""

    def __init__(self, title: str, value: str = "", placeholder: str = "") -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Show the line in a frame."""
        with Vertical(classes="window") as window:
            entitle(window, self._title, "Enter saves · Esc leaves")
            yield Field(self._value, self._placeholder)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Give what was typed."""
        event.stop()
        self.close(event.value.strip())

    def on_key(self, event: events.Key) -> None:
        """Leave."""
        if event.key == "escape":
            event.stop()
            self.close()


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list to choose from."""

    value: str
    text: str


class Choices(LineList):
    """Choices one below the other; the first column points at the one that Enter takes."""

    COMPONENT_CLASSES: ClassVar = {"choices--cursor"}

    def __init__(self, choices: Sequence[Choice] = (), most: int = 10) -> None:
        super().__init__(id="choices")
        self.choices = choices
        self._most = most

    def show(self, choices: Sequence[Choice], cursor: int | None) -> None:
        """Show other choices."""
        self.choices, self.cursor = choices, cursor
        self.styles.height = min(len(choices), self._most)
        self.lay_out()

    def step(self, by: int) -> None:
        """Move the cursor, not beyond the ends."""
        if self.choices:
            here = -1 if self.cursor is None else self.cursor
            self.move(min(max(0, here + by), len(self.choices) - 1))

    @property
    def chosen(self) -> Choice | None:
        """The choice at the cursor."""
        return None if self.cursor is None else self.choices[self.cursor]

    def measure(self, width: int) -> Sequence[int]:
        """Return a line for each choice."""
        return range(len(self.choices) + 1)

    def paint(self, item: int, line: int, width: int) -> Strip:
        """Return a choice's line."""
        here = item == self.cursor
        style = self.style(*(["choices--cursor"] if here else []))
        sign = "▸ " if here else "  "
        return Strip([Segment(sign + fit(self.choices[item].text, width - 2), style)])


Search = Callable[[str], Sequence[Choice]]
"""What is typed → the choices that match it, not more than a list can show."""


class Pick(Modal[Choice]):
    """Asks for one of some choices, or for a text of one's own; Esc gives None.

    Typing narrows the choices down; where none is pointed at, Enter gives what was typed.
    """

    HINT = "↑ ↓ choose · Enter saves · Esc leaves"
    STEPS: ClassVar = {"down": 1, "up": -1, "pagedown": 8, "pageup": -8}
    TAKES_TYPED: ClassVar = True
    """Whether one can point at none of the choices, but at what was typed."""

    def __init__(self, title: str, search: Search, value: str = "", placeholder: str = "") -> None:
        super().__init__()
        self._title = title
        self._search = search
        self._value = value
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Show a line to type in, and the choices below."""
        with Vertical(classes="window") as window:
            entitle(window, self._title, self.HINT)
            yield Field(self._value, self._placeholder, id="value")
            yield from self.compose_more()
            yield Choices()
            yield MessageBar()

    def compose_more(self) -> ComposeResult:
        """Lay out what stands between the line and the choices."""
        yield from ()

    def on_mount(self) -> None:
        """Show all choices."""
        self.query_one(MessageBar).say("")
        self.show("")

    @on(Input.Changed, "#value")
    def value_changed(self, event: Input.Changed) -> None:
        """Show the choices that match."""
        event.stop()
        self.show("" if event.value == shown(self._value) else event.value)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Give what was chosen or typed."""
        event.stop()
        typed = self.query_one("#value", Field).value.strip()
        self.give(self.query_one(Choices).chosen or Choice(typed, typed))

    def give(self, choice: Choice) -> None:
        """End with a choice."""
        self.close(choice)

    def on_key(self, event: events.Key) -> None:
        """Move through the choices, or leave."""
        if event.key == "escape":
            event.stop()
            self.close()
        elif event.key in self.STEPS:
            event.stop()
            choices = self.query_one(Choices)
            if event.key == "up" and choices.cursor == 0 and self.TAKES_TYPED:
                choices.show(choices.choices, None)
            else:
                choices.step(self.STEPS[event.key])

    def on_line_list_pressed(self, message: LineList.Pressed) -> None:
        """Give what was clicked."""
        message.stop()
        self.give(self.query_one(Choices).choices[message.item])

    def show(self, typed: str) -> None:
        """Show the choices for what is typed; none of them is pointed at."""
        self.query_one(Choices).show(self._search(typed), None)


def among(choices: Sequence[Choice], most: int = 50) -> Search:
    """Return a search through choices that are at hand: each word anywhere, case does not count."""

    def search(typed: str) -> list[Choice]:
        words = typed.casefold().split()
        found: list[Choice] = []
        for choice in choices:
            text = choice.text.casefold()
            if all(word in text for word in words):
                found.append(choice)
                if len(found) == most:
                    break
        return found

    return search
