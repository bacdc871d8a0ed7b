"""A claim in its text, with the words that each reviewer marked shown beneath the lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from annotator.model import Span
from annotator.tui.page import Page
from annotator.tui.wrap import pad, shown, wrap

GUTTER = 4
WIDEST = 92
AROUND = 12
"""So many segments before and after the claim are laid out: more than a screen can hold."""
UNDERLINE = "‾"


@dataclass(frozen=True, slots=True)
class Marks:
    """What one reviewer marked; `sign` is the letter that stands for them."""

    sign: str
    spans: tuple[Span, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class _Line:
    content: Content
    claim: bool
    """Whether part of the claim is on it."""


class Passage(Widget):
    """The text around a claim, scrolled so that the claim is in view."""

    def __init__(self) -> None:
        super().__init__(id="passage")
        self._page: Page | None = None
        self._claim: Span = (0, 0)
        self._marks: Sequence[Marks] = ()
        self._by = 0
        self._limits = (0, 0)

    def show(self, page: Page, claim: Span, marks: Sequence[Marks]) -> None:
        """Show a claim with the words that reviewers marked."""
        if claim != self._claim or page is not self._page:
            self._by = 0
        self._page, self._claim, self._marks = page, claim, marks
        self.refresh()

    def scroll_page(self, by: int) -> None:
        """Show what is further down, or up."""
        self._by += by * max(1, self.size.height - 2)
        self._by = min(max(self._limits[0], self._by), self._limits[1])
        self.refresh()

    def render(self) -> Content:
        """Return as many lines as there is room for."""
        if self._page is None:
            return Content()
        height = self.size.height
        lines = list(self._lines(self._page, min(WIDEST, self.size.width - GUTTER - 1)))
        first = next((n for n, line in enumerate(lines) if line.claim), 0)
        last = max((n for n, line in enumerate(lines) if line.claim), default=0)
        spare = max(0, height - (last + 1 - first))
        start = max(0, min(first - spare // 2, len(lines) - height))
        self._limits = (-start, max(0, len(lines) - height - start))
        start += min(max(self._limits[0], self._by), self._limits[1])
        return Content("\n").join(line.content for line in lines[start : start + height])

    def _lines(self, page: Page, width: int) -> Iterator[_Line]:
        """Yield the lines of the segments around the claim, with the marks beneath them."""
        first = max(0, page.segment_at(self._claim[0]) - AROUND)
        last = page.segment_at(self._claim[1] - 1) + AROUND
        for number, segment in enumerate(page.segments[first : last + 1], first):
            if page.gaps[number] and number > first:
                yield _Line(Content(), False)
            text = page.text[segment.start : segment.end]
            edges = [*(segment.start + at for at in wrap(text, width)), segment.end]
            for start, end in pairwise(edges):
                yield self._line(page, start, end, segment.kind == "headline")
                yield from self._beneath(page, start, end)

    def _line(self, page: Page, start: int, end: int, headline: bool) -> _Line:
        inside = _overlap((start, end), self._claim)
        gutter = Content.styled(" ▸  " if inside and start <= self._claim[0] else "    ", "$accent")
        text = shown(page.text[start:end]).rstrip(" ")
        line = Content.styled(text, "bold" if headline else "")
        if inside:
            style = "underline" if self.has_pseudo_class("nocolor") else "on $current"
            line = line.stylize(style, inside[0] - start, inside[1] - start)
        for marks in self._marks:
            for span in marks.spans:
                if part := _overlap((start, end), span):
                    a, b = (offset - start for offset in part)
                    line = line.stylize("bold $warning" if marks.chosen else "$warning", a, b)
        return _Line(Content.assemble(gutter, line), bool(inside))

    def _beneath(self, page: Page, start: int, end: int) -> Iterator[_Line]:
        """Yield a line for each reviewer who marked words of a line, under these words."""
        for marks in self._marks:
            parts = [part for span in marks.spans if (part := _overlap((start, end), span))]
            if not parts:
                continue
            line, cells = "", 0
            for a, b in sorted(parts):
                left = cell_len(shown(page.text[start:a]))
                width = cell_len(shown(page.text[start:b]).rstrip(" ")) - left
                line += " " * (left - cells) + UNDERLINE * width
                cells = left + width
            style = "bold $warning" if marks.chosen else "$warning"
            gutter = f" {pad(marks.sign, 2)} "
            yield _Line(Content.styled(gutter + line, style), True)


def _overlap(one: Span, other: Span) -> Span | None:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start < end else None
