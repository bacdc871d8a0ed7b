"""The help: every key that works here, on one screen."""

from __future__ import annotations

from itertools import groupby

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from annotator.tui.keys import GROUPS, PAIRS, Action, Keymap, Where, sign
from annotator.tui.modal import Modal
from annotator.tui.wrap import pad

COLUMN = 37
KEYS = 11
MANY = 6
"""So many keys of one action are a row on the keyboard: the first and the last stand for it."""


class KeyTable(Widget):
    """The actions of a place in two columns, by group."""

    def __init__(self, keymap: Keymap, where: Where) -> None:
        super().__init__()
        self._lines = _two_columns(_column(keymap.at(where)))

    def render(self) -> Content:
        """Return the table."""
        return Content("\n").join(self._lines)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return the number of lines."""
        return len(self._lines)


class HelpScreen(Modal[None]):
    """A window with the keys; any key closes it."""

    def __init__(self, keymap: Keymap, where: Where) -> None:
        super().__init__()
        self._keymap = keymap
        self._where: Where = where

    def compose(self) -> ComposeResult:
        """Show the table in a frame."""
        table = KeyTable(self._keymap, self._where)
        table.border_title = "Keys"
        table.border_subtitle = "any key closes this"
        yield table

    def on_key(self, event: events.Key) -> None:
        """Close."""
        event.stop()
        event.prevent_default()
        self.close()

    def on_click(self, event: events.Click) -> None:
        """Close."""
        self.close()


def _column(actions: list[Action]) -> list[list[Content]]:
    """Return a block of lines for each group: its heading, then keys and words."""
    blocks = []
    for group, heading in GROUPS.items():
        own = [action for action in actions if action.group == group]
        rows = [_row(list(some)) for _, some in groupby(own, lambda one: PAIRS.get(one.id, one.id))]
        if rows:
            blocks.append([Content.styled(pad(heading, COLUMN), "bold $quiet"), *rows])
    return blocks


def _row(actions: list[Action]) -> Content:
    """Return the keys and words of an action, or of two that are a pair."""
    signs = [sign(key) for action in actions for key in action.keys]
    keys = " ".join(signs if len(signs) < MANY else (signs[0], "…", signs[-1]))
    words = PAIRS[actions[0].id] if len(actions) > 1 else actions[0].words
    return Content.assemble((pad(keys, KEYS), "bold $accent"), " ", pad(words, COLUMN - KEYS - 1))


def _two_columns(blocks: list[list[Content]]) -> list[Content]:
    """Set blocks in two columns of about the same height, none of them split."""
    half = sum(len(block) + 1 for block in blocks) / 2
    left: list[Content] = []
    right: list[Content] = []
    blank = Content(" " * COLUMN)
    for block in blocks:
        column = left if not right and len(left) + len(block) / 2 < half else right
        column.extend([*([blank] if column else []), *block])
    height = max(len(left), len(right))
    left += [blank] * (height - len(left))
    right += [blank] * (height - len(right))
    return [Content.assemble(a, "  ", b) for a, b in zip(left, right, strict=True)]
