"""Choosing words of a text with keys or the mouse; never part of a grapheme."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

import regex

from annotator.model import Span
from annotator.tagging.graphemes import interior

# Words, and pictures, which carry as much as words do; an apostrophe or a hyphen ends a word.
WORD = regex.compile(r"[\p{L}\p{N}\p{M}_]+|[\p{So}\p{Sk}\p{M}\u200d\ufe0f]+")


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of the text; `backwards` says that its start is the end that moves."""

    start: int
    end: int
    backwards: bool = False

    @property
    def span(self) -> Span:
        """The stretch as offsets into the article."""
        return self.start, self.end

    def turned(self) -> Selection:
        """Return the same stretch with the other end to move."""
        return replace(self, backwards=not self.backwards)


class Words:
    """The words of a stretch of an article, and where it may be cut."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._start, self._end = start, end
        inside = interior(text[start:end])
        offsets = range(end - start + 1)
        self._edges = [start + offset for offset in offsets if offset not in inside]
        found = regex.finditer(WORD, text[start:end])
        self._words = [self.whole(start + one.start(), start + one.end()) for one in found]

    def whole(self, start: int, end: int) -> Span:
        """Return the smallest stretch of whole graphemes around one; it stays inside the text."""
        first = bisect_right(self._edges, max(start, self._start)) - 1
        last = bisect_left(self._edges, min(end, self._end))
        return self._edges[first], self._edges[last]

    def first(self) -> Selection:
        """Return the first word, or all there is where there are no words."""
        return Selection(*(self._words[0] if self._words else (self._start, self._end)))

    def at(self, offset: int) -> Selection:
        """Return the word at a place, else the next one, else the last."""
        after = (word for word in self._words if word[1] > offset)
        last = self._words[-1] if self._words else (self._start, self._end)
        return Selection(*next(after, last))

    def around(self, start: int, end: int) -> Selection | None:
        """Return what lies between two places, in any order; None if it is empty."""
        low, high = sorted((start, end))
        first, last = self.whole(low, high)
        return Selection(first, last, end < start) if first < last else None

    def step(self, selection: Selection, by: int) -> Selection:
        """Return the word after what is selected (before it, if `by` is negative)."""
        if by > 0:
            after = [word for word in self._words if word[0] >= selection.end]
            return Selection(*after[0]) if after else selection
        before = [word for word in self._words if word[1] <= selection.start]
        return Selection(*before[-1]) if before else selection

    def by_word(self, selection: Selection, longer: bool) -> Selection:
        """Return the selection with its moving end at the next word's, outwards or inwards."""
        forward = longer != selection.backwards
        ends = [word[not selection.backwards] for word in self._words]
        return self._moved(selection, ends, forward)

    def to_next(self, selection: Selection, places: list[int], longer: bool) -> Selection:
        """Return the selection with its moving end at the next of some places, sorted."""
        here = [place for place in places if self._start <= place <= self._end]
        return self._moved(selection, here, longer != selection.backwards)

    def by_character(self, selection: Selection, longer: bool) -> Selection:
        """Return the selection with its moving end a grapheme further out or in."""
        return self._moved(selection, self._edges, longer != selection.backwards)

    def _moved(self, selection: Selection, places: list[int], forward: bool) -> Selection:
        here = selection.start if selection.backwards else selection.end
        beyond = [place for place in places if (place > here if forward else place < here)]
        if not beyond:
            return selection
        place = beyond[0] if forward else beyond[-1]
        if selection.backwards:
            return selection if place >= selection.end else replace(selection, start=place)
        return selection if place <= selection.start else replace(selection, end=place)
