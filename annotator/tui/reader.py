"""The running text of an article, with its claims marked and the current one highlighted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.model import Claim, Judgement
from annotator.scheme import Scheme
from annotator.tui.lines import LineList
from annotator.tui.page import ROLES, UNSEEN, Page, letters, runs
from annotator.tui.wrap import index_at, shown, wrap

MARKS = 4
GUTTER = 2 + MARKS + 1
POST_BAR = "▌ "
WIDEST = 92


class Reader(LineList):
    """An article by segments: a gutter with the claims' answers, then the text."""

    COMPONENT_CLASSES: ClassVar = {
        "reader--headline", "reader--sentence", "reader--post", "reader--byline", "reader--other",
        "reader--report", "reader--quote", "reader--source", "reader--cue",
        "reader--current", "reader--unseen", "reader--done", "reader--pointer",
        "reader--bar",
    }  # fmt: skip

    def __init__(self, scheme: Scheme) -> None:
        super().__init__(id="reader")
        self._scheme = scheme
        self._page: Page | None = None
        self._judgements: Mapping[str, Judgement] = {}
        self._current: Claim | None = None
        self._starts: list[list[int]] = []

    def load(self, page: Page, judgements: Mapping[str, Judgement]) -> None:
        """Show an article from its start, without a current claim."""
        self._page, self._judgements, self._current, self.cursor = page, judgements, None, None
        self.lay_out()
        self.scroll_to(y=0, animate=False, force=True)

    def show(self, claim: Claim) -> None:
        """Highlight a claim and bring it into view."""
        self._current = claim
        self.move(claim.segment)

    def answered(self, judgements: Mapping[str, Judgement]) -> None:
        """Paint the answers of the current segment anew."""
        self._judgements = judgements
        if self.cursor is not None:
            self.repaint(self.cursor)

    def answered_all(self, judgements: Mapping[str, Judgement]) -> None:
        """Paint all answers anew."""
        self._judgements = judgements
        self.repaint_all()

    def claim_at(self, item: int, line: int, cell: int) -> Claim | None:
        """Return the claim under a cell."""
        if self._page is None:
            return None
        segment = self._page.segments[item]
        line = max(0, line - self._page.gaps[item])
        start, end = self._line(item, line)
        cell -= GUTTER + len(self._bar(item))
        inside = index_at(self._page.text[segment.start + start : segment.start + end], cell)
        return self._page.claim_at(segment.start + start + min(inside, end - start - 1))

    def first_claim_from(self, line: int) -> Claim | None:
        """Return the claim of the walk nearest below a line of the list, else the last one."""
        if self._page is None or (ends := self._page.walk.ends()) is None:
            return None
        for item in range(self.locate(line)[0], self.item_count):
            for claim in self._page.claims(item):
                if claim.walk and self.top(item) + self._line_of(claim.start, item) >= line:
                    return claim
        return ends[1]

    def current_line(self) -> int:
        """Return the line of the list at which the current claim starts."""
        if self._current is None:
            return 0
        item = self._current.segment
        return self.top(item) + self._line_of(self._current.start, item)

    def measure(self, width: int) -> Sequence[int]:
        """Break every segment into lines."""
        page = self._page
        if page is None or not width:
            return (0,)
        self._starts = [
            wrap(page.text[segment.start : segment.end], self._text_width(item, width))
            for item, segment in enumerate(page.segments)
        ]
        heights = (len(s) + gap for s, gap in zip(self._starts, page.gaps, strict=True))
        return list(accumulate(heights, initial=0))

    def cursor_lines(self, item: int) -> tuple[int, int]:
        """Return the lines of the current claim."""
        assert self._current is not None
        return (
            self._line_of(self._current.start, item),
            self._line_of(self._current.end - 1, item),
        )

    def paint(self, item: int, line: int, width: int) -> Strip:
        """Return a line of a segment, with the gutter before it."""
        assert self._page is not None
        line -= self._page.gaps[item]
        if line < 0:
            return Strip([])
        start, end = self._line(item, line)
        return Strip([*self._gutter(item, start, end), *self._text(item, start, end)])

    def _text(self, item: int, start: int, end: int) -> list[Segment]:
        """Paint a stretch of a segment by the roles of its characters."""
        assert self._page is not None
        segment = self._page.segments[item]
        text = self._page.text[segment.start + start : segment.start + end].rstrip(" \t\n\r")
        painted = []
        for first, last, role in runs(self._page.roles(item)[start : start + len(text)]):
            for a, b, current in self._split(segment.start + start + first, last - first):
                piece = text[first + a : first + b]
                style = self._style(segment.kind, ROLES[role], "current" if current else "")
                painted.append(Segment(shown(piece), style))
        return painted

    def _split(self, offset: int, length: int) -> list[tuple[int, int, bool]]:
        """Cut a stretch of the text where the current claim starts and ends."""
        if self._current is None:
            return [(0, length, False)]
        a = min(max(self._current.start - offset, 0), length)
        b = min(max(self._current.end - offset, 0), length)
        pieces = [(0, a, False), (a, b, True), (b, length, False)]
        return [piece for piece in pieces if piece[0] < piece[1]]

    def _gutter(self, item: int, start: int, end: int) -> list[Segment]:
        """Return the pointer and the answers of the claims that start on a line."""
        assert self._page is not None
        base = self._page.segments[item].start
        claims = [
            claim
            for claim in self._page.claims(item)
            if start <= claim.start - base < end and (claim.walk or claim.id in self._judgements)
        ]
        here = self._current is not None and start <= self._current.start - base < end
        pointer = Segment("▸ " if here and self.cursor == item else "  ", self._style("pointer"))
        bar = Segment(f" {self._bar(item)}", self._style("bar"))
        return [pointer, *self._marks(claims), bar]

    def _marks(self, claims: Sequence[Claim]) -> list[Segment]:
        """Return the claims' answers in as many letters as there is room for."""
        signs = [letters(self._scheme, self._judgements.get(claim.id)) for claim in claims]
        if sum(map(len, signs)) > MARKS:
            signs = [sign[:1] for sign in signs]
        if len(signs) > MARKS:
            signs = [*signs[: MARKS - 1], "+"]
        styles = [self._style("unseen" if sign[0] == UNSEEN else "done") for sign in signs]
        fill = Segment(" " * (MARKS - sum(map(len, signs))), self._style())
        return [*(Segment(shown(s), st) for s, st in zip(signs, styles, strict=True)), fill]

    def _bar(self, item: int) -> str:
        assert self._page is not None
        return POST_BAR if self._page.segments[item].kind == "post" else ""

    def _style(self, *names: str) -> Style:
        return self.style(*(f"reader--{name}" for name in names if name))

    def _line(self, item: int, line: int) -> tuple[int, int]:
        """Return the first and last offset of a text line within its segment."""
        assert self._page is not None
        segment, starts = self._page.segments[item], self._starts[item]
        ends = segment.end - segment.start
        return starts[line], starts[line + 1] if line + 1 < len(starts) else ends

    def _line_of(self, offset: int, item: int) -> int:
        """Return which line of an item an offset of the article is on."""
        assert self._page is not None
        inside = offset - self._page.segments[item].start
        return max(0, bisect_right(self._starts[item], inside) - 1) + self._page.gaps[item]

    def _text_width(self, item: int, width: int) -> int:
        return min(WIDEST, width - GUTTER - 1) - len(self._bar(item))
