"""How long somebody was at work on a claim, pauses left out; fed with times, it reads no clock."""

from __future__ import annotations

from collections import defaultdict

IDLE_SECONDS = 60.0


class Clock:
    """Active seconds by claim: of a pause between two acts no more than `IDLE_SECONDS` count.

    Times are seconds of any clock that never goes back.
    """

    def __init__(self) -> None:
        self._active: defaultdict[str, float] = defaultdict(float)
        self._claim: str | None = None
        self._last = 0.0

    def touch(self, now: float) -> None:
        """Note an act: a key or a movement of the mouse."""
        if self._claim is not None:
            self._active[self._claim] += min(max(0.0, now - self._last), IDLE_SECONDS)
        self._last = now

    def turn_to(self, claim_id: str | None, now: float) -> None:
        """Note that another claim, or none, is looked at from now on."""
        self.touch(now)
        self._claim = claim_id

    def spent(self, claim_id: str, now: float) -> int:
        """Return the whole seconds spent on a claim since they were last taken."""
        self.touch(now)
        return int(self._active.get(claim_id, 0.0))

    def taken(self, claim_id: str, seconds: int) -> None:
        """Note that seconds spent on a claim are stored; what is left of them counts next time."""
        self._active[claim_id] = max(0.0, self._active[claim_id] - seconds)
