"""The list that grows by itself: words that reviewers mark more often than not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.model import Span

from .words import WORD, folder

SHORTEST = 3
"""Shorter words are articles and prepositions that were caught in a marked stretch."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A word that was marked in at least half of its places."""

    word: str
    """Folded: composed, in lower case."""
    marked: int
    seen: int


def grown(judged: Iterable[tuple[str, Sequence[Span]]]) -> tuple[Grown, ...]:
    """Return the words marked in at least half of their places, the surest first.

    `judged` gives the text of each claim that was judged, marked or not, and in it the spans that
    one label marks. Whose judgements these are is the caller's choice: only those that the reader
    may see.
    """
    seen: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for text, spans in judged:
        lower = folder(text)
        for match in WORD.finditer(text):
            word = lower(match[0])
            if len(word) < SHORTEST:
                continue
            seen[word] += 1
            marked[word] += any(s <= match.start() and match.end() <= e for s, e in spans)
    found = (Grown(word, times, seen[word]) for word, times in marked.items() if times)
    kept = [one for one in found if 2 * one.marked >= one.seen]
    return tuple(sorted(kept, key=lambda one: (-one.marked, one.seen, one.word)))
