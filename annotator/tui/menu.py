"""A window that asks for one of a few things: by number, or by arrows and Enter."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from annotator.tui.dialogs import Choice, Choices
from annotator.tui.lines import LineList
from annotator.tui.modal import Modal
from annotator.tui.wrap import shown


class Menu(Modal[str]):
    """Gives the value of the choice that was taken; Esc and q give None."""

    def __init__(self, title: str, choices: Sequence[Choice], at: int = 0) -> None:
        super().__init__()
        self._title = title
        self._choices = [
            Choice(one.value, f"{number}  {one.text}") for number, one in enumerate(choices, 1)
        ]
        self._at = at

    def compose(self) -> ComposeResult:
        """Show the choices in a frame."""
        with Vertical(classes="window") as window:
            window.border_title = shown(self._title)
            window.border_subtitle = "↑ ↓ Enter, or the number · Esc leaves"
            yield Choices()

    def on_mount(self) -> None:
        """Point at the choice to begin with."""
        self.query_one(Choices).show(self._choices, self._at)

    def on_key(self, event: events.Key) -> None:
        """Do what a key does in this window, which keeps all of them."""
        event.stop()
        event.prevent_default()
        choices = self.query_one(Choices)
        if event.key in ("escape", "q"):
            self.close()
        elif event.key in ("down", "j", "up", "k"):
            choices.step(1 if event.key in ("down", "j") else -1)
        elif event.key == "enter" and choices.chosen is not None:
            self.close(choices.chosen.value)
        elif (event.character or "") in [str(n) for n in range(1, len(self._choices) + 1)]:
            self.close(self._choices[int(event.character or 0) - 1].value)

    def on_line_list_pressed(self, message: LineList.Pressed) -> None:
        """Take what was clicked."""
        message.stop()
        self.close(self._choices[message.item].value)
