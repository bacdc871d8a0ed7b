"""What all screens work with: the open project, the reviewer's session and the keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.errors import StoreError
from annotator.review.clock import Clock
from annotator.tui.adding import Adding
from annotator.tui.keys import Keymap

if TYPE_CHECKING:
    from annotator.review.session import Session
    from annotator.store import Project

Place = tuple[str, str]


@dataclass
class Desk:
    """One reviewer at one open project; `query` is the filter of the list of articles."""

    project: Project
    session: Session
    keymap: Keymap
    query: str = ""
    place: Place | None = None
    """(article id, claim id) where the reviewer is."""
    last_label: str | None = None
    """The label given last."""
    hide_outlet: bool = False
    """Whether nothing shows who published and who wrote an article."""
    hints_off: frozenset[str] = frozenset()
    """Kinds of hints that are not wanted."""
    clock: Clock = field(default_factory=Clock)
    """How long the reviewer was at work on each claim."""
    adding: Adding | None = None
    """How the adding of articles in the background goes; None where there was none."""
    _kept: Place | None = field(default=None, init=False)
    _version: int = field(default=-1, init=False)
    _stale: bool = field(default=False, init=False)

    @property
    def reviewer(self) -> str:
        """Who is at work."""
        return self.session.reviewer

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Enclose a write of ours, so that `changed` speaks only of others'."""
        self._stale = self._stale or self.project.version() != self._version
        try:
            yield
        finally:
            self._version = self.project.version()

    def changed(self) -> bool:
        """Whether another process has written since the last call."""
        version = self.project.version()
        changed = self._stale or version != self._version
        self._version, self._stale = version, False
        return changed

    def keep_place(self) -> None:
        """Remember the place across restarts; where that fails nothing of value is lost."""
        if self.place is None or self.place == self._kept:
            return
        self._kept = self.place
        with suppress(StoreError), self.writing():
            self.project.set_place(self.reviewer, *self.place)
