"""A window in which kinds of hints are switched off and on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from annotator.errors import StoreError, UsageError
from annotator.settings import Settings
from annotator.tui.bars import MessageBar
from annotator.tui.dialogs import Choice, Choices
from annotator.tui.lines import LineList
from annotator.tui.modal import Modal

if TYPE_CHECKING:
    from annotator.store import Project

ON, OFF = "✓", " "


class HintKinds(Modal[frozenset[str]]):
    """Every kind of hint with whether it is shown; gives the kinds that are switched off."""

    def __init__(self, kinds: Mapping[str, str], off: frozenset[str], key: str) -> None:
        super().__init__()
        self._kinds = kinds
        self._off = off
        self._key = key

    def compose(self) -> ComposeResult:
        """Show the kinds in a frame, and below them what the one pointed at marks."""
        with Vertical(classes="window") as window:
            window.border_title = "Hints"
            window.border_subtitle = "Enter or Space switches · Esc closes"
            yield Choices()
            yield MessageBar()

    def on_mount(self) -> None:
        """Point at the first kind."""
        self._show(0)

    def on_key(self, event: events.Key) -> None:
        """Do what a key does in this window, which keeps all of them."""
        event.stop()
        event.prevent_default()
        choices = self.query_one(Choices)
        if event.key in ("escape", "q") or event.character == self._key:
            self.leave()
        elif event.key in ("down", "j", "up", "k"):
            choices.step(1 if event.key in ("down", "j") else -1)
            self._show(choices.cursor or 0)
        elif event.key in ("enter", "space"):
            self._switch(choices.cursor or 0)

    def leave(self) -> None:
        """End with what was chosen: it holds at once."""
        self.close(self._off)

    def on_line_list_pressed(self, message: LineList.Pressed) -> None:
        """Switch the kind that was clicked."""
        message.stop()
        self._switch(message.item)

    def _switch(self, at: int) -> None:
        self._off ^= {list(self._kinds)[at]}
        self._show(at)

    def _show(self, at: int) -> None:
        lines = [
            Choice(kind, f"{OFF if kind in self._off else ON} {name(kind)}") for kind in self._kinds
        ]
        choices = self.query_one(Choices)
        choices.show(lines, at)
        choices.styles.height = len(lines)
        self.query_one(MessageBar).say(list(self._kinds.values())[at])


def name(kind: str) -> str:
    """Return a kind of hint in words."""
    return kind.replace("_", " ")


def kept_off(project: Project, reviewer: str) -> frozenset[str] | None:
    """Return the kinds that the reviewer switched off in this copy; None if never chosen here."""
    value = project.local(_name(reviewer))
    return None if value is None else frozenset(json.loads(value))


def keep_off(project: Project, reviewer: str, off: frozenset[str]) -> None:
    """Keep which kinds are switched off; where that fails nothing of value is lost."""
    with suppress(StoreError):
        project.set_local(_name(reviewer), json.dumps(sorted(off)))


def off_by(settings: Settings) -> frozenset[str]:
    """Return the kinds switched off by the settings; UsageError for one that does not exist."""
    if not settings.hints_off:
        return frozenset()
    from annotator.tagging.hints import KINDS

    for kind in settings.hints_off:
        if kind not in KINDS:
            where = settings.places.get("hints_off", "settings")
            raise UsageError(f"{where}: no kind of hint {kind!r}; known: {', '.join(KINDS)}")
    return frozenset(settings.hints_off)


def _name(reviewer: str) -> str:
    return f"hints off for {reviewer}"
