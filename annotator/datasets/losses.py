"""What a format could not carry: counted while it is written, and told afterwards."""

from __future__ import annotations

from collections import Counter


class Losses:
    """Counts of what was left out or changed because the format has no place for it."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, what: str, count: int = 1) -> None:
        """Count something lost; `what` names it in the plural ("discontinuous spans")."""
        self._counts[what] += count

    def reset(self) -> None:
        """Start anew, as when documents are gone through once more."""
        self._counts.clear()

    @property
    def counts(self) -> dict[str, int]:
        """What was lost → how often, in the order of the alphabet, without what was not lost."""
        return {what: count for what, count in sorted(self._counts.items()) if count}

    def report(self, name: str) -> str:
        """Return the loss report of a format in a line."""
        told = ", ".join(f"{count} {what}" for what, count in self.counts.items())
        return f"{name} cannot carry: {told}" if told else f"{name} carries all that was chosen"
