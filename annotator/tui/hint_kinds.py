"""A window in which kinds of hints are switched off and on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from annotator.errors import StoreError, UsageError
from annotator.settings import Settings
from annotator.tui.bars import MessageBar
from annotator.tui.dialogs import Choice, Choices
from annotator.tui.menu import ListWindow

if TYPE_CHECKING:
    from annotator.store import Project

ON, OFF = "✓", " "


class HintKinds(ListWindow[frozenset[str]]):
    """Every kind of hint with whether it is shown; gives the kinds that are switched off."""

    def __init__(self, kinds: Mapping[str, str], off: frozenset[str], key: str) -> None:
        super().__init__("Hints", "Enter or Space switches · Esc closes")
        self._kinds = kinds
        self._off = off
        self._key = key

    def compose_more(self) -> ComposeResult:
        """Leave room to say what the kind that is pointed at marks."""
        yield MessageBar()

    def on_mount(self) -> None:
        """Point at the first kind."""
        self._show(0)

    def take(self, at: int) -> None:
        """Switch a kind off or on."""
        self._off ^= {list(self._kinds)[at]}
        self._show(at)

    def pointed(self, at: int) -> None:
        """Say what a kind marks."""
        self.query_one(MessageBar).say(list(self._kinds.values())[at])

    def take_key(self, event: events.Key, at: int) -> None:
        """Leave by the key that led here."""
        if event.character == self._key:
            self.leave()

    def leave(self) -> None:
        """End with what was chosen: it holds at once."""
        self.close(self._off)

    def _show(self, at: int) -> None:
        lines = [
            Choice(kind, f"{OFF if kind in self._off else ON} {name(kind)}") for kind in self._kinds
        ]
        self.show(lines, at)
        self.query_one(Choices).styles.height = len(lines)
        self.pointed(at)


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
