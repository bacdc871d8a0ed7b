"""Finds quotations by their marks, in any language: nested, over paragraphs, unclosed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from annotator.model import Span

CLOSERS = {
    "«": "»", "»": "«", "‹": "›", "“": "”", "„": "“”", "”": "”", "‘": "’",
    '"': '"', "'": "'", "「": "」", "『": "』",
}  # fmt: skip
"""Opening mark → the marks that may close it."""
MIXED = {"“": '"“', '"': "”"}
"""Opening mark → marks that close it by mistake."""
MARKS = frozenset(CLOSERS) | frozenset("".join(CLOSERS.values()))
OPENERS_ONLY = frozenset("«“„‹「『")
CLOSERS_ONLY = frozenset("»”›」』")
WORDS = re.compile(r"\S")
# Marks that open in more quotations than this open none: nobody quotes so deep.
DEEPEST = 8
# A quotation left open at the end of its paragraph is looked for so far down, not further.
LOOKAHEAD = 8
# So many line breaks and spaces may stand between two paragraphs.
GAP = 8


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks."""

    start: int
    end: int
    """From the opening to the closing mark, both included."""
    content: tuple[Span, ...]
    """What stands inside: one span per paragraph, without marks and outer white space."""
    depth: int = 0
    """How many quotations it stands in."""
    closed: bool = True
    """Whether it has both its marks."""

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a stretch lies inside the quotation."""
        return self.start <= start and end <= self.end


@dataclass(slots=True)
class _Open:
    """A quotation whose end has not been met yet."""

    mark: str
    start: int
    parts: list[Span] = field(default_factory=list)
    """Paragraphs already passed."""
    inner: int = 0
    """Where its words begin in the present paragraph."""


def find(text: str, blocks: Sequence[Span], starts: Sequence[int] = ()) -> tuple[Quotation, ...]:
    """Return the quotations of a text whose paragraphs are the blocks, outer before inner.

    `starts` are where sentences begin: a quotation whose opening mark is missing begins at one.
    """
    scanner = _Scanner(text, blocks, starts)
    for number in range(len(blocks)):
        scanner.scan(number)
    return tuple(sorted(scanner.found, key=lambda q: (q.start, -q.end)))


class _Scanner:
    """Walks through the paragraphs with a stack of open quotations."""

    def __init__(self, text: str, blocks: Sequence[Span], starts: Sequence[int]) -> None:
        self.text = text
        self.blocks = blocks
        self.starts = starts
        self.found: list[Quotation] = []
        """In the order of their ends."""
        self.stack: list[_Open] = []
        self.begun = 0
        """Where this paragraph starts."""
        self.last: dict[str, int] = {}
        """Opening mark → where the last quotation that it opens in this paragraph ends."""
        self.partner: dict[str, int] = {}
        """Ambiguous mark → the next place where it may close, as far as it was looked for."""

    def scan(self, number: int) -> None:
        start, end = self.blocks[number]
        self.begun, self.last = start, {}
        at = self._resume(start, end)
        while at < end:
            if self.text[at] in MARKS:
                self._mark(at, start, end)
            at += 1
        if self.stack:
            self._paragraph_ends(number)

    def _resume(self, start: int, end: int) -> int:
        """Skip the mark that opens a paragraph of a running quotation; return where to go on."""
        if not self.stack:
            return start
        at = start
        while at < end and self.text[at].isspace():
            at += 1
        repeated = at < end and _repeats(self.text[at], self.stack[0].mark)
        for opened in self.stack:
            opened.inner = at + repeated
        return at + repeated

    def _mark(self, at: int, start: int, end: int) -> None:
        mark = self.text[at]
        depth = next(
            (d for d in reversed(range(len(self.stack))) if mark in CLOSERS[self.stack[d].mark]),
            None,
        )
        if depth is None and self._mixed(at, end):
            depth = len(self.stack) - 1
        if depth is not None and self._may_close(at, end):
            # Whatever was opened inside and never closed ends here too.
            while len(self.stack) > depth:
                self._close(at, at + 1, closed=len(self.stack) == depth + 1)
        elif len(self.stack) < DEEPEST and self._may_open(at, start, end):
            self.stack.append(_Open(mark, at, inner=at + 1))
        elif mark in CLOSERS_ONLY and not self.stack:
            self._orphan(at, start)

    def _mixed(self, at: int, end: int) -> bool:
        """Tell whether a mark closes the innermost quotation though it is not its partner.

        “Q" and “Q“ happen where people type; not where the right mark comes first.
        """
        if not self.stack or self.text[at] not in MIXED.get(self.stack[-1].mark, ""):
            return False
        before, after = self._char(at - 1), self._char(at + 1, end)
        if before.isspace() or after.isalnum():
            return False
        opened = self.stack[-1].mark
        right = (self.text.find(mark, at + 1, end) for mark in CLOSERS[opened])
        again = self.text.find(opened, at + 1, end)
        return not any(found >= 0 and (again < 0 or found < again) for found in right)

    def _may_close(self, at: int, end: int) -> bool:
        mark, before, after = self.text[at], self._char(at - 1), self._char(at + 1, end)
        if mark in "'’":
            return not after.isalnum() and not before.isspace()
        if mark in '"«“':
            return not (after.isalnum() and (before.isspace() or before in "([«"))
        return True

    def _may_open(self, at: int, start: int, end: int) -> bool:
        mark = self.text[at]
        before = self._char(at - 1) if at > start else " "
        after = self._char(at + 1, end)
        if mark in OPENERS_ONLY:
            return WORDS.search(self.text, at + 1, end) is not None
        if mark not in CLOSERS or not (before.isspace() or before in "([{«“‘\"'—–-:’/"):
            return False
        if mark == '"':
            return before.isspace() or after.isalnum() or after in "[(.…'¿¡"
        if mark in "'‘" or mark in CLOSERS_ONLY:
            opens = after.isalnum() or after in '[…“"'
            return opens and (self._closes_later(at, end) or self._reopened(at, start, end))
        return False

    def _closes_later(self, at: int, end: int) -> bool:
        """Tell whether an ambiguous mark has a partner in its paragraph."""
        mark = self.text[at]
        if self.partner.get(mark, -1) < at + 2:
            places = (i for i in range(at + 2, end) if self._partner(mark, i, end))
            self.partner[mark] = next(places, end)
        return self.partner[mark] < end

    def _partner(self, mark: str, at: int, end: int) -> bool:
        """Tell whether a place may close what an ambiguous mark opens."""
        closes = self.text[at] in CLOSERS[mark] and not self.text[at - 1].isspace()
        return closes and not self._char(at + 1, end).isalnum()

    def _reopened(self, at: int, start: int, end: int) -> bool:
        """Tell whether the next paragraph opens with the same mark again, as if it went on."""
        announced = not self.text[start:at].strip() or self.text[start:at].rstrip()[-1] in ":,"
        following = self.text[end : end + GAP].lstrip()[:1] if announced and not self.stack else ""
        return following == self.text[at]

    def _char(self, at: int, end: int | None = None) -> str:
        """Return one character, a space outside the text or paragraph."""
        limit = len(self.text) if end is None else end
        return self.text[at] if 0 <= at < limit else " "

    def _orphan(self, at: int, start: int) -> None:
        """Take a closing mark without partner as the end of a quotation that lacks its opening.

        « Q », a-t-il dit. Q » began again after the incise; else it is the sentence so far.
        """
        earlier = max(
            (end for mark, end in self.last.items() if self.text[at] in CLOSERS[mark]), default=None
        )
        first = bisect_left(self.starts, start if earlier is None else max(start, earlier))
        behind = bisect_left(self.starts, at)
        if earlier is not None and first == behind:
            return
        nearest = first if earlier is not None else behind - 1
        begin = self.starts[nearest] if first < behind else start
        self._deepen(begin)
        self.stack.append(_Open(self.text[at], begin, inner=begin))
        self._close(at, at + 1, closed=False)

    def _deepen(self, begin: int) -> None:
        """Put the quotations found since a place one deeper: they turn out to stand in another."""
        for n in reversed(range(len(self.found))):
            q = self.found[n]
            if q.end <= begin:
                break
            if begin <= q.start:
                self.found[n] = replace(q, depth=q.depth + 1)

    def _paragraph_ends(self, number: int) -> None:
        """Carry the outermost open quotation on to the next paragraph, or end it here."""
        end = self.blocks[number][1]
        while len(self.stack) > 1:
            self._close(end, end, closed=False)
        if self.stack and self._goes_on(number):
            outer = self.stack[0]
            outer.parts.append((outer.inner, end))
        elif self.stack:
            self._close(end, end, closed=False)

    def _goes_on(self, number: int) -> bool:
        """Tell whether the next paragraphs continue the quotation left open."""
        opened = self.stack[0].mark
        for n, (start, end) in enumerate(self.blocks[number + 1 : number + 1 + LOOKAHEAD]):
            paragraph = self.text[start:end].strip()
            if n == 0 and paragraph and _repeats(paragraph[0], opened):
                return True
            if opened not in OPENERS_ONLY:
                return False
            for char in paragraph:
                if char in CLOSERS[opened]:
                    return True
                if char == opened:
                    return False
        return False

    def _close(self, inner_end: int, end: int, closed: bool) -> None:
        opened = self.stack.pop()
        spans = [*opened.parts, (opened.inner, inner_end)]
        content = tuple(span for span in (_trim(self.text, *s) for s in spans) if span[0] < span[1])
        if content:
            depth = len(self.stack)
            self.found.append(Quotation(opened.start, end, content, depth, closed))
            if self.text[opened.start] in CLOSERS and opened.start >= self.begun:
                self.last[self.text[opened.start]] = end


def _repeats(char: str, opened: str) -> bool:
    """Tell whether a character at a paragraph's start only says that the quotation goes on."""
    return char == opened or (opened == "«" and char == "»")


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def touching(quotations: Sequence[Quotation], start: int, end: int) -> Iterator[Quotation]:
    """Yield the quotations, sorted by start, that overlap a stretch."""
    behind = bisect_left(quotations, end, key=lambda q: q.start)
    first = behind
    # Before an outermost quotation that has ended no other is open.
    while first and (quotations[first - 1].depth or quotations[first - 1].end > start):
        first -= 1
    return (q for q in quotations[first:behind] if start < q.end)


def near(quotations: Sequence[Quotation], text: str, start: int, end: int) -> list[Quotation]:
    """Return the quotations that touch a sentence, and the one that its closing colon announces."""
    if text[start:end].rstrip().endswith(":"):
        while end < len(text) and text[end].isspace():
            end += 1
        end += 1
    return list(touching(quotations, start, end))
