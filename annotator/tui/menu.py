"""Windows with a list: to choose one of a few things in, or to work on."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from annotator.tui.dialogs import Choice, Choices
from annotator.tui.lines import LineList
from annotator.tui.modal import Modal, Result, entitle


class ListWindow(Modal[Result]):
    """A list in a frame: arrows point, Enter, Space or a click take, Esc and q leave."""

    def __init__(self, title: str, keys: str) -> None:
        super().__init__()
        self._title = title
        self._keys = keys

    def take(self, at: int) -> None:
        """Do what is to be done with a line of the list."""
        raise NotImplementedError

    def pointed(self, at: int) -> None:
        """Do what is to be done when another line is pointed at."""

    def take_key(self, event: events.Key, at: int) -> None:
        """Do what any other key does, with the line that is pointed at."""

    def compose(self) -> ComposeResult:
        """Show the list in a frame."""
        with Vertical(classes="window") as window:
            entitle(window, self._title, self._keys)
            yield Choices()
            yield from self.compose_more()

    def compose_more(self) -> ComposeResult:
        """Lay out what stands below the list."""
        yield from ()

    def show(self, choices: Sequence[Choice], at: int) -> None:
        """Show other lines and point at one."""
        self.query_one(Choices).show(choices, at)

    def on_key(self, event: events.Key) -> None:
        """Do what a key does in this window, which keeps all of them."""
        event.stop()
        event.prevent_default()
        choices = self.query_one(Choices)
        at = choices.cursor or 0
        if event.key in ("escape", "q"):
            self.leave()
        elif event.key in ("down", "j", "up", "k"):
            choices.step(1 if event.key in ("down", "j") else -1)
            self.pointed(choices.cursor or 0)
        elif event.key in ("enter", "space"):
            self.take(at)
        else:
            self.take_key(event, at)

    def on_line_list_pressed(self, message: LineList.Pressed) -> None:
        """Take what was clicked."""
        message.stop()
        self.take(message.item)


class Menu(ListWindow[str]):
    """Gives the value of the choice that was taken, by its number too; Esc and q give None."""

    def __init__(self, title: str, choices: Sequence[Choice], at: int = 0) -> None:
        super().__init__(title, "↑ ↓ Enter, or the number · Esc leaves")
        self._choices = [
            Choice(one.value, f"{number}  {one.text}") for number, one in enumerate(choices, 1)
        ]
        self._at = at

    def on_mount(self) -> None:
        """Point at the choice to begin with."""
        self.show(self._choices, self._at)

    def take(self, at: int) -> None:
        """Give a choice."""
        self.close(self._choices[at].value)

    def take_key(self, event: events.Key, at: int) -> None:
        """Give the choice with a number."""
        numbers = [str(number) for number in range(1, len(self._choices) + 1)]
        if event.character in numbers:
            self.take(numbers.index(event.character))
