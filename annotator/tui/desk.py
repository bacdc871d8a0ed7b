"""What all screens work with: the open project, the reviewer's session and the keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from annotator.errors import StoreError
from annotator.review.clock import Clock
from annotator.tui.adding import Adding
from annotator.tui.hinting import Hinting
from annotator.tui.keys import Keymap
from annotator.tui.wrap import fit

if TYPE_CHECKING:
    from annotator.model import Event
    from annotator.review.session import Session
    from annotator.store import ClaimFilter, Project

Place = tuple[str, str]
MOST_COUNTED = 1001


@dataclass(frozen=True, slots=True)
class Search:
    """What is being looked for; it stays until it is ended, in whatever article one is."""

    text: str
    """As it was typed."""
    wanted: ClaimFilter
    count: int | None = None
    """How many claims there are, counted up to `MOST_COUNTED`; None while that is worked out."""

    def status(self, width: int) -> str:
        """Return what is looked for, cut to a width in cells, and how much of it there is."""
        return " ".join(filter(None, (fit(f"/{self.text}", width), counted(self.count))))


def counted(count: int | None) -> str:
    """Return how many claims there are in words; nothing while that is worked out."""
    if count is None:
        return ""
    number = f"over {MOST_COUNTED - 1}" if count == MOST_COUNTED else str(count)
    return f"{number} claim{'' if count == 1 else 's'}"


@dataclass
class Desk:
    """One reviewer at one open project; `query` is the filter of the list of articles."""

    project: Project
    session: Session
    keymap: Keymap
    query: str = ""
    search: Search | None = None
    place: Place | None = None
    """(article id, claim id) where the reviewer is."""
    last_label: str | None = None
    """The label given last."""
    clock: Clock = field(default_factory=Clock)
    """How long the reviewer was at work on each claim."""
    adding: Adding | None = None
    """How the adding of articles in the background goes; None where there was none."""
    hinting: Hinting = field(init=False)
    _words: dict[str, str] = field(default_factory=dict, init=False)
    _kept: Place | None = field(default=None, init=False)
    _version: int = field(init=False)
    _stale: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.hinting = Hinting(self.session)
        self._version = self.project.version()

    @property
    def reviewer(self) -> str:
        """Who is at work."""
        return self.session.reviewer

    @property
    def hide_outlet(self) -> bool:
        """Whether nothing shows who published and who wrote an article."""
        return self.session.working.hide_outlet

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Enclose a write of ours, so that `changed` speaks only of others'."""
        self._stale = self._stale or self.project.version() != self._version
        try:
            yield
        finally:
            self._version = self.project.version()

    def at_work(self) -> None:
        """Note that somebody is: a key, or a movement of the mouse."""
        self.clock.touch(monotonic())

    def turn_to(self, claim_id: str | None) -> None:
        """Note that another claim, or none, is looked at from now on."""
        self.clock.turn_to(claim_id, monotonic())

    def spent(self, claim_id: str) -> int:
        """Return the whole seconds spent on a claim that are not stored yet."""
        return self.clock.spent(claim_id, monotonic())

    def changed(self) -> bool:
        """Whether another process has written since the last call."""
        version = self.project.version()
        changed = self._stale or version != self._version
        self._version, self._stale = version, False
        return changed

    def told(self, event: Event) -> str:
        """Return in words what an act of the reviewer's that was undone or redone was.

        Of an answer it is how that stands now: an act may have changed but one part of it.
        """
        from annotator.review.history import act_of
        from annotator.review.telling import answer_told, told

        scheme = self.session.scheme
        if event.kind == "judge":
            return answer_told(self.project.judgement(self.reviewer, event.target), scheme)
        # Whose answer was sent back may be hidden.
        return told(act_of(event), scheme, lambda name: "its author")

    def words_of(self, claim_id: str) -> str | None:
        """Return the words of any claim, which never change; None where there is none such."""
        if claim_id not in self._words and (row := self.project.claim(claim_id)):
            self._words[claim_id] = row.text
        return self._words.get(claim_id)

    def keep_place(self) -> None:
        """Remember the place across restarts; where that fails nothing of value is lost."""
        if self.place is None or self.place == self._kept:
            return
        self._kept = self.place
        with suppress(StoreError), self.writing():
            self.project.set_place(self.reviewer, *self.place)
