"""The list that grows by itself: words that reviewers mark more often than not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.model import Span

from .words import WORD, fold

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
        # Most texts have no marks: their words are counted without a loop in Python.
        seen.update(WORD.findall(fold(text)))
        marked.update(_within(text, spans))
    found = (Grown(word, times, seen[word]) for word, times in marked.items())
    kept = [one for one in found if len(one.word) >= SHORTEST and 2 * one.marked >= one.seen]
    return tuple(sorted(kept, key=lambda one: (-one.marked, one.seen, one.word)))


def _within(text: str, spans: Sequence[Span]) -> Iterator[str]:
    """Yield the words of which all is marked, folded."""
    for match in WORD.finditer(text) if spans else ():
        if any(start <= match.start() and match.end() <= end for start, end in spans):
            yield fold(match[0])
