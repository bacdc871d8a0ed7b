"""Choosing the words that a correction is about: one piece of the text, or several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from annotator.model import Span, merge_spans
from annotator.tui.selection import Selection, Words


@dataclass(frozen=True, slots=True)
class Pieces:
    """The piece that is being chosen, and those that are kept beside it."""

    chosen: Selection
    kept: tuple[Span, ...] = ()
    empty: bool = False
    """Whether what is chosen only says where one is, because all was dropped."""

    @classmethod
    def begun(cls, words: Words, spans: Sequence[Span], start: int) -> Self:
        """Return what there is already, else the first word from a place on."""
        if spans:
            return cls(Selection(*spans[0]), tuple(spans[1:]))
        return cls(words.at(start))

    @property
    def spans(self) -> tuple[Span, ...]:
        """All that is chosen."""
        return merge_spans([*self.kept, *([] if self.empty else [self.chosen.span])])

    def moved(self, selection: Selection) -> Self:
        """Return these with another piece in the place of the one that was being chosen."""
        return replace(self, chosen=selection, empty=False)

    def another(self, words: Words) -> Self:
        """Keep what is chosen and go on to the next word."""
        following = words.step(self.chosen, 1)
        return replace(self, chosen=following, kept=self.spans, empty=following == self.chosen)

    def dropped(self) -> Self:
        """Drop what is chosen, from what is kept as well, and go on with the first that is left."""
        left = tuple(_without(self.kept, self.chosen.span))
        if left:
            return replace(self, chosen=Selection(*left[0]), kept=left[1:], empty=False)
        return replace(self, kept=(), empty=True)


@dataclass(frozen=True, slots=True)
class Task:
    """What words are being chosen for."""

    prompt: str
    done: Callable[[tuple[Span, ...]], object]
    """Takes what was chosen, sorted; may raise an AnnotatorError, then choosing goes on."""
    pieces: Pieces
    one: bool = False
    """Whether one place is asked for, so that nothing can be added or dropped."""


def trimmed(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return stretches of the text without white space at their ends, and none that is empty."""
    found = []
    for start, end in spans:
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        if words.strip():
            found.append((start, start + len(words.strip())))
    return tuple(found)


def _without(spans: Sequence[Span], gone: Span) -> Iterator[Span]:
    """Yield what is left of some spans without another one."""
    for start, end in spans:
        for first, last in ((start, min(end, gone[0])), (max(start, gone[1]), end)):
            if first < last:
                yield first, last
