"""The claims that wait for a decision, in the order in which they are gone through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from annotator.tui.desk import Desk

if TYPE_CHECKING:
    from annotator.store import Filter, Place
    from annotator.tui.beside import Newest

PAGE = 50
WORDS = "words marked"
"""Stands for the marked words among the axes; no axis has such an id."""


class Queue:
    """A way through the queue: claims already met stay on it, others are read page by page.

    With `only`, the way goes through these claims and nothing else, settled or not.
    """

    def __init__(self, desk: Desk, only: Sequence[str] | None = None) -> None:
        self._desk = desk
        self.fixed = only is not None
        self.order: Literal["worst", "article"] = "worst"
        self.without_mine = desk.project.local(self._setting) == "1"
        self.differing: str | None = None
        """Only claims on which this differs: an axis, or `WORDS`."""
        self.claims: list[str] = list(only or ())
        self.here = 0
        self._last: Place | None = None
        self._counted: tuple[tuple[Filter, int], int] | None = None

    def restart(self) -> None:
        """Begin anew with what waits now."""
        self.here = 0
        if not self.fixed:
            self.claims, self._last = [], None
            self._read_on()

    @property
    def current(self) -> str | None:
        """The claim to look at; None where there is none."""
        return self.claims[self.here] if self.here < len(self.claims) else None

    def anything_waits(self) -> bool:
        """Whether any claim waits now."""
        queue, reviewer = self._desk.project.queue, self._desk.reviewer
        return bool(queue.page(reviewer, "article", None, 1, self._wanted()))

    def waiting(self) -> int | None:
        """Return how many claims wait now; None where they have to be counted beside the keys."""
        state = self._state()
        if self._counted is None or self._counted[0] != state:
            known = self._desk.project.queue.known_count(self._desk.reviewer, state[0])
            if known is None:
                return None
            self._counted = state, known
        return self._counted[1]

    def last_count(self) -> int | None:
        """Return how many of the same claims waited when they were counted last."""
        counted = self._counted
        return counted[1] if counted and counted[0][0] == self._wanted() else None

    async def count(self, counter: Newest) -> bool:
        """Count beside the keys; whether `waiting` is known then."""
        state, reviewer = self._state(), self._desk.reviewer
        found = await counter.ask(lambda project: project.queue.count(reviewer, state[0]))
        if found is not None:
            self._counted = state, found
        return found is not None

    def _state(self) -> tuple[Filter, int]:
        """Return what a count depends on."""
        return self._wanted(), self._desk.project.version()

    def step(self, by: int) -> bool:
        """Go to the next claim, or the one before; False where there is none."""
        there = self.here + (by if self.current is not None or by < 0 else 0)
        if there >= len(self.claims):
            self._read_on()
        if not 0 <= there < len(self.claims):
            return False
        self.here = there
        return True

    def finish(self) -> None:
        """Go beyond the last claim, where nothing waits."""
        self.here = len(self.claims)

    def go_to(self, claim_id: str) -> None:
        """Go to a claim, which is put on the way here if it is not on it yet."""
        if claim_id not in self.claims:
            self.claims.insert(self.here, claim_id)
        self.here = self.claims.index(claim_id)

    def _wanted(self) -> Filter:
        from annotator.store import Filter

        axis = None if self.differing == WORDS else self.differing
        without = self._desk.reviewer if self.without_mine else None
        return Filter(axis, without, self.differing == WORDS)

    def leave_out_mine(self) -> None:
        """Leave out the claims that one judged oneself, or not; that is kept for the next time."""
        self.without_mine = not self.without_mine
        with self._desk.writing():
            self._desk.project.set_local(self._setting, str(int(self.without_mine)))

    @property
    def _setting(self) -> str:
        return f"review without own of {self._desk.reviewer}"

    def next_differing(self) -> str:
        """Ask for claims that differ on the next thing; return what that is, for a reader."""
        names: dict[str | None, str] = {None: "anything"}
        names.update((axis.id, axis.name) for axis in self._desk.session.scheme.axes)
        names[WORDS] = "the marked words"
        order = list(names)
        self.differing = order[(order.index(self.differing) + 1) % len(order)]
        return names[self.differing]

    def _read_on(self) -> None:
        if self.fixed:
            return
        found = self._desk.project.queue.page(
            self._desk.reviewer, self.order, self._last, PAGE, self._wanted()
        )
        if found:
            self._last = found[-1].place
            known = set(self.claims)
            self.claims += [one.claim_id for one in found if one.claim_id not in known]
