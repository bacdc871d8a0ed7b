"""The window of all corrections: what the tags are now, and the key that changes each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from annotator.tui.bars import MessageBar
from annotator.tui.dialogs import Choice, Choices
from annotator.tui.keys import Action, Keymap, sign
from annotator.tui.lines import LineList
from annotator.tui.modal import Modal, entitle
from annotator.tui.wrap import pad

KEY, WORDS = 4, 28


@dataclass(frozen=True, slots=True)
class Row:
    """One correction that can be made."""

    action: Action
    now: str
    """What there is now, in words; may be empty."""
    hindrance: str | None
    """Why it cannot be made here; None where it can."""


class TagMenu(Modal[Action]):
    """Gives the correction that was chosen by its key, by arrows and Enter, or with the mouse."""

    def __init__(self, title: str, rows: Sequence[Row], keymap: Keymap, high: bool) -> None:
        super().__init__(classes="-high" if high else "")
        self._title = title
        self._rows = rows
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """Show the corrections in a frame."""
        with Vertical(classes="window") as window:
            entitle(window, self._title, "the key, or ↑ ↓ Enter · Esc leaves")
            yield Choices(most=len(self._rows))
            yield MessageBar()

    def on_mount(self) -> None:
        """Point at the first that can be made."""
        at = next((n for n, row in enumerate(self._rows) if row.hindrance is None), 0)
        self.query_one(Choices).show([_choice(row) for row in self._rows], at)

    def on_key(self, event: events.Key) -> None:
        """Do what a key does in this window, which keeps all of them."""
        event.stop()
        event.prevent_default()
        key = event.character if event.is_printable and event.character != " " else event.key
        action = self._keymap.find("tags", key or event.key)
        choices = self.query_one(Choices)
        if action is not None:
            self._take(action.id)
        elif event.key in ("down", "j", "up", "k"):
            choices.step(1 if event.key in ("down", "j") else -1)
        elif event.key == "enter" and choices.chosen is not None:
            self._take(choices.chosen.value)

    def on_line_list_pressed(self, message: LineList.Pressed) -> None:
        """Take what was clicked."""
        message.stop()
        self._take(self._rows[message.item].action.id)

    def _take(self, action_id: str) -> None:
        """End with a correction, or say why it cannot be made."""
        row = next((one for one in self._rows if one.action.id == action_id), None)
        if row is None:  # the key for going back
            self.close()
        elif row.hindrance is not None:
            self.query_one(MessageBar).say(row.hindrance)
        else:
            self.close(row.action)


def _choice(row: Row) -> Choice:
    """Return the line of a correction; one that cannot be made is in brackets."""
    words = row.action.words if row.hindrance is None else f"({row.action.words})"
    return Choice(
        row.action.id, f"{pad(sign(row.action.keys[0]), KEY)}{pad(words, WORDS)}  {row.now}"
    )
