"""The running text of an article, with its claims marked and the current one highlighted."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from time import perf_counter
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from annotator.model import Claim, Span
from annotator.tui.answers import Answers
from annotator.tui.lines import LineList
from annotator.tui.page import ROLES, UNSEEN, Page, runs
from annotator.tui.wrap import index_at, shown, wrap

MARKS = 4
GUTTER = 2 + MARKS + 1
POST_BAR = "▌ "
WIDEST = 92
# So many segments around the current one are broken into lines at once, the others bit by bit.
NEAR = 200
BIT_SECONDS = 0.008
Overlay = tuple[int, int, str]
Finder = Callable[[str], Sequence[Span]]
"""The text of a segment → where in it what is looked for stands."""


class Reader(LineList):
    """An article by segments: a gutter with the claims' answers, then the text."""

    COMPONENT_CLASSES: ClassVar = {
        "reader--headline", "reader--sentence", "reader--post", "reader--byline", "reader--other",
        "reader--report", "reader--quote", "reader--source", "reader--cue",
        "reader--hint", "reader--marked", "reader--found", "reader--corrected", "reader--current",
        "reader--piece", "reader--selected",
        "reader--unseen", "reader--done", "reader--pointer", "reader--bar",
    }  # fmt: skip

    class Dragged(Message):
        """The mouse was drawn, with its button held, from one offset of the article to another."""

        def __init__(self, start: int, end: int) -> None:
            super().__init__()
            self.start = start
            self.end = end

    def __init__(self) -> None:
        super().__init__(id="reader")
        self._page: Page | None = None
        self._answers: Answers | None = None
        self._current: Claim | None = None
        self._selected: Span | None = None
        self._pieces: tuple[Span, ...] = ()
        self._hints: defaultdict[int, list[Span]] = defaultdict(list)
        self._finder: Finder | None = None
        self._found: dict[int, Sequence[Span]] = {}
        self._breaks: list[list[int] | None] = []
        self._heights: list[int] = []
        self._bits: Iterator[int] = iter(())
        self._held: int | None = None
        self._dragged = False

    def load(self, page: Page, answers: Answers, claim: Claim | None) -> None:
        """Show an article at a claim."""
        self._page, self._answers, self._current = page, answers, claim
        self.cursor = claim.segment if claim else None
        self._selected, self._pieces = None, ()
        self._hints.clear()
        self._found.clear()
        self.lay_out()
        self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.reveal()

    def change(self, page: Page, answers: Answers, claim: Claim | None) -> None:
        """Show other tags of the same article; the claim stays where it is on the screen."""
        row = self.current_line() - self.scroll_offset.y
        hints = {span for spans in self._hints.values() for span in spans}
        self.load(page, answers, claim)
        self.hint(hints)
        here = max(0, self.current_line() - row)
        self.scroll_to(y=here, animate=False, force=True, immediate=True)
        self.reveal()

    def show(self, claim: Claim) -> None:
        """Highlight a claim and bring it into view."""
        self._current = claim
        self._settle(range(claim.segment - NEAR, claim.segment + NEAR))
        self.move(claim.segment)

    def hint(self, spans: Iterable[Span]) -> None:
        """Mark the places of hints."""
        assert self._page is not None
        self._hints.clear()
        for start, end in spans:
            for item in range(self._page.segment_at(start), self._page.segment_at(end - 1) + 1):
                self._hints[item].append((start, end))
        self.repaint_all()

    def find(self, finder: Finder | None) -> None:
        """Mark what a finder finds in each segment; None where nothing is looked for."""
        self._finder = finder
        self._found.clear()
        self.repaint_all()

    def select(self, span: Span | None, pieces: tuple[Span, ...] = ()) -> None:
        """Show what is being chosen in the text, None where nothing is, and what else is kept."""
        assert self._page is not None
        for one in filter(None, (self._selected, span, *self._pieces, *pieces)):
            first, last = self._page.segment_at(one[0]), self._page.segment_at(one[1] - 1)
            for item in range(first, last + 1):
                self.repaint(item)
        self._selected, self._pieces = span, pieces

    def look_at(self, offset: int) -> None:
        """Scroll by half a page, if a place of the text is out of view."""
        assert self._page is not None
        item = self._page.segment_at(offset)
        self._settle(range(item, item + 1))
        line, here = self.top(item) + self._line_of(offset, item), self.scroll_offset.y
        if not here <= line < here + self.page:
            self.scroll_to(y=max(0, line - self.page // 2), animate=False, force=True)

    def lift(self, rows: int) -> bool:
        """Scroll the current claim into the first rows; return whether there is text enough."""
        line = self.current_line()
        if line - self.scroll_offset.y >= rows:
            y = min(line - rows // 2, self.max_scroll_y)
            self.scroll_to(y=y, animate=False, force=True, immediate=True)
        return line - self.scroll_offset.y < rows

    def answered(self) -> None:
        """Paint the answers of the current segment anew."""
        if self.cursor is not None:
            self.repaint(self.cursor)

    def offset_at(self, item: int, line: int, cell: int) -> int:
        """Return the offset of the article under a cell, the nearest one of its line."""
        assert self._page is not None
        segment = self._page.segments[item]
        line = max(0, line - self._page.gaps[item])
        start, end = self._line(item, line)
        cell -= GUTTER + len(self._bar(item))
        inside = index_at(self._page.text[segment.start + start : segment.start + end], cell)
        return segment.start + start + min(inside, max(0, end - start - 1))

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

    # --- layout ---------------------------------------------------------------------------------

    def measure(self, width: int) -> Sequence[int]:
        """Break the segments near the current one into lines and guess the others' heights."""
        page = self._page
        if page is None or not width:
            return (0,)
        count = len(page.segments)
        room = max(1, self._text_width(0, width) - 1) if count else 1
        self._breaks = [None] * count
        self._heights = [
            -((segment.start - segment.end) // room) + gap
            for segment, gap in zip(page.segments, page.gaps, strict=True)
        ]
        here = self.cursor or 0
        self._broken(range(here - NEAR, here + NEAR))
        self._bits = iter(range(count))
        if count > 2 * NEAR:
            self.set_timer(BIT_SECONDS, self._measure_on)
        return self._tops_now()

    def _tops_now(self) -> list[int]:
        return list(accumulate(self._heights, initial=0))

    def _broken(self, items: range) -> bool:
        """Break some segments into lines; return whether a guessed height was wrong."""
        inside = range(max(0, items.start), min(items.stop, len(self._breaks)))
        unbroken = [item for item in inside if self._breaks[item] is None]
        return any([self._break(item) for item in unbroken])

    def _break(self, item: int) -> bool:
        """Break a segment into lines if it is not; return whether its height was guessed wrong."""
        assert self._page is not None
        if self._breaks[item] is not None:
            return False
        segment = self._page.segments[item]
        text = self._page.text[segment.start : segment.end]
        starts = self._breaks[item] = wrap(text, self._text_width(item, self._width))
        before, self._heights[item] = self._heights[item], len(starts) + self._page.gaps[item]
        return before != self._heights[item]

    def _settle(self, items: range) -> None:
        """Make sure that some segments have their right heights."""
        if self._broken(items):
            self.rearrange(self._tops_now())

    def _measure_on(self) -> None:
        """Break more segments into lines, for a moment; arrange all anew at the end."""
        stop = perf_counter() + BIT_SECONDS
        for item in self._bits:
            self._break(item)
            if perf_counter() > stop:
                self.set_timer(BIT_SECONDS, self._measure_on)
                return
        tops = self._tops_now()
        if tops != list(self._tops) and len(tops) == len(self._tops):
            self.rearrange(tops)

    def cursor_lines(self, item: int) -> tuple[int, int]:
        """Return the lines of the current claim."""
        assert self._current is not None
        return (
            self._line_of(self._current.start, item),
            self._line_of(self._current.end - 1, item),
        )

    def _starts(self, item: int) -> list[int]:
        """Return where the lines of a segment start, within it."""
        self._break(item)
        starts = self._breaks[item]
        assert starts is not None
        return starts

    def _line(self, item: int, line: int) -> Span:
        """Return the first and last offset of a text line within its segment."""
        assert self._page is not None
        segment, starts = self._page.segments[item], self._starts(item)
        end = segment.end - segment.start
        if line >= len(starts):  # its height was guessed too large
            return end, end
        return starts[line], starts[line + 1] if line + 1 < len(starts) else end

    def _line_of(self, offset: int, item: int) -> int:
        """Return which line of an item an offset of the article is on."""
        assert self._page is not None
        inside = offset - self._page.segments[item].start
        return max(0, bisect_right(self._starts(item), inside) - 1) + self._page.gaps[item]

    def _text_width(self, item: int, width: int) -> int:
        return min(WIDEST, width - GUTTER - 1) - len(self._bar(item))

    # --- painting -------------------------------------------------------------------------------

    def paint(self, item: int, line: int, width: int) -> Strip:
        """Return a line of a segment, with the gutter before it."""
        assert self._page is not None
        line -= self._page.gaps[item]
        if line < 0:
            return Strip([])
        start, end = self._line(item, line)
        return Strip([*self._gutter(item, start, end), *self._text(item, start, end)])

    def _text(self, item: int, start: int, end: int) -> list[Segment]:
        """Paint a stretch of a segment by the roles of its characters and what lies over them."""
        assert self._page is not None
        segment = self._page.segments[item]
        base = segment.start
        text = self._page.text[base + start : base + end].rstrip(" \t\n\r")
        over = list(self._overlays(item, base + start, base + start + len(text)))
        painted = []
        for first, last, role in runs(self._page.roles(item)[start : start + len(text)]):
            for a, b, names in _cut(over, base + start + first, base + start + last):
                style = self._style(segment.kind, ROLES[role], *names)
                painted.append(Segment(shown(self._page.text[a:b]), style))
        return painted

    def _overlays(self, item: int, start: int, end: int) -> Iterator[Overlay]:
        """Yield what lies over a stretch of the text, the uppermost last."""
        assert self._page is not None and self._answers is not None
        for a, b in self._hints.get(item, ()):
            yield a, b, "hint"
        for claim in self._page.claims(item):
            if judgement := self._answers.judgements.get(claim.id):
                yield from ((a, b, "marked") for _, (a, b) in judgement.spans)
        yield from ((a, b, "corrected") for a, b in self._page.corrections.spans.get(item, ()))
        if self._current is not None:
            yield self._current.start, self._current.end, "current"
        yield from ((a, b, "piece") for a, b in self._pieces)
        for a, b in self._found_in(item):
            yield a, b, "found"
        if self._selected is not None:
            yield *self._selected, "selected"

    def _found_in(self, item: int) -> Sequence[Span]:
        """Return where in a segment what is looked for stands."""
        assert self._page is not None
        if self._finder is None:
            return ()
        if item not in self._found:
            segment = self._page.segments[item]
            spans = self._finder(self._page.text[segment.start : segment.end])
            self._found[item] = [(segment.start + a, segment.start + b) for a, b in spans]
        return self._found[item]

    def _gutter(self, item: int, start: int, end: int) -> list[Segment]:
        """Return the pointer and the answers of the claims that start on a line."""
        assert self._page is not None and self._answers is not None
        base = self._page.segments[item].start
        judged = self._answers.judgements
        claims = [
            claim
            for claim in self._page.claims(item)
            if start <= claim.start - base < end and (claim.walk or claim.id in judged)
        ]
        here = self._current is not None and start <= self._current.start - base < end
        pointer = Segment("▸ " if here and self.cursor == item else "  ", self._style("pointer"))
        bar = Segment(f" {self._bar(item)}", self._style("bar"))
        return [pointer, *self._marks([self._answers.signs(one.id) for one in claims]), bar]

    def _marks(self, signs: Sequence[str]) -> list[Segment]:
        """Return the claims' answers in as many letters as there is room for."""
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
        style = self.style(*(f"reader--{name}" for name in names if name))
        strong = bool({"selected", "piece"} & {*names})
        if (strong or {"found", "current"} <= {*names}) and self.has_pseudo_class("nocolor"):
            # It stands out of the claim, which is reversed, and of what is around that.
            return style + Style(reverse=strong and "current" not in names)
        return style

    # --- mouse ----------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select, perhaps."""
        self._dragged = False
        self._held = self._under(event)
        if self._held is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select what the mouse is drawn over."""
        at = self._under(event) if self._held is not None else None
        if at is not None and self._held is not None and (self._dragged or at != self._held):
            self._dragged = True
            end = at + 1 if at >= self._held else at
            start = self._held if at >= self._held else self._held + 1
            self.post_message(self.Dragged(start, end))

    def on_mouse_up(self) -> None:
        """End the selection."""
        self._held = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Say what was pressed, unless the mouse was drawn."""
        if self._dragged:
            event.stop()
            event.prevent_default()

    def _under(self, event: events.MouseEvent) -> int | None:
        """Return the offset of the article under the mouse."""
        at = event.get_content_offset(self)
        line = at.y + self.scroll_offset.y if at is not None else 0
        if at is None or self._page is None or line >= self.virtual_size.height:
            return None
        return self.offset_at(*self.locate(line), at.x)


def _cut(over: Sequence[Overlay], start: int, end: int) -> Iterator[tuple[int, int, list[str]]]:
    """Cut a stretch where something over it starts or ends; yield the names over each piece."""
    near = [one for one in over if one[0] < end and start < one[1]]
    cuts = {start, end, *(min(max(edge, start), end) for one in near for edge in one[:2])}
    for a, b in pairwise(sorted(cuts)):
        yield a, b, [name for first, last, name in near if first <= a and b <= last]
