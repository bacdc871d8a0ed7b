"""Python's search for unused objects, made between keys: during one it can take 0.1 s."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

PAUSE_SECONDS = 2.0
"""A pause after which no key is expected at once."""
LONGEST_SECONDS = 30.0
"""So long old objects are left alone where nobody pauses."""
YOUNG = 1
"""The generation of objects made since the last few searches."""


@contextmanager
def no_search_by_itself() -> Iterator[None]:
    """Leave searching to `Tidying` while the block runs."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


class Tidying:
    """Searches the young objects whenever asked, and all of them in the pauses.

    The times it takes are seconds of any clock that never goes back.
    """

    def __init__(self) -> None:
        self._last = 0.0
        self._searched = 0.0

    def touched(self, now: float) -> None:
        """Note that somebody is at work."""
        self._last = now

    def tidy(self, now: float) -> None:
        """Search now, between two keys."""
        paused = now - self._last > PAUSE_SECONDS and self._searched < self._last
        if paused or now - self._searched > LONGEST_SECONDS:
            self._searched = now
            gc.collect()
        else:
            gc.collect(YOUNG)
