"""The one list widget: items of one or more lines, painted line by line, at any length."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from annotator.tui.scrollbar import VerticalBar

KEPT_STRIPS = 2000
AHEAD_SECONDS = 0.02
"""For so long after a move the thread that writes to the terminal has its turn."""


class LineList(ScrollView, inherit_bindings=False, can_focus=False):
    """A scrolled list that knows the height of each item and paints only the lines in view.

    A subclass says where items start (`measure`) and how one line of an item looks (`paint`); it
    has no keys of its own, the screen moves its cursor.
    """

    DEFAULT_CSS = """
    LineList { overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    """

    class Pressed(Message):
        """The mouse was pressed on a cell of an item's line."""

        def __init__(self, item: int, line: int, cell: int) -> None:
            super().__init__()
            self.item = item
            self.line = line
            self.cell = cell

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor: int | None = None
        self._tops: Sequence[int] = (0,)
        self._width = 0
        self._strips: dict[int, Strip] = {}
        self._ahead: Timer | None = None
        self._styles: dict[tuple[str, ...], Style] = {}

    def on_mount(self) -> None:
        """Paint the scroll bar cheaply: it moves with every scrolling."""
        self.vertical_scrollbar.renderer = VerticalBar  # type: ignore[misc]  # as Textual has it

    def measure(self, width: int) -> Sequence[int]:
        """Return the line at which each item starts in a list `width` cells wide, and the end."""
        raise NotImplementedError

    def paint(self, item: int, line: int, width: int) -> Strip:
        """Return one line of an item, counted from the item's first; at most `width` cells."""
        raise NotImplementedError

    def style(self, *names: str) -> Style:
        """Return the list's style with those of component classes laid over it in turn."""
        if names not in self._styles:
            layers = (self.get_component_rich_style(name, partial=True) for name in names)
            self._styles[names] = sum(layers, self.rich_style)
        return self._styles[names]

    def cursor_lines(self, item: int) -> tuple[int, int]:
        """Return the first and last line of an item that must be in view at the cursor."""
        return 0, self._tops[item + 1] - self._tops[item] - 1

    @property
    def item_count(self) -> int:
        """The number of items laid out."""
        return len(self._tops) - 1

    @property
    def page(self) -> int:
        """The number of lines in view."""
        return max(1, self.scrollable_content_region.height)

    def top(self, item: int) -> int:
        """Return the line of the list at which an item starts."""
        return self._tops[item]

    def locate(self, line: int) -> tuple[int, int]:
        """Return the item at a line of the list, and which of its lines that is."""
        item = min(max(0, bisect_right(self._tops, line) - 1), self.item_count - 1)
        return item, line - self._tops[item]

    def lay_out(self) -> None:
        """Measure all items anew and paint; to be called when they or the width changed."""
        self._width = self.scrollable_content_region.width
        self._tops = self.measure(self._width)
        self._strips.clear()
        self.virtual_size = Size(self._width, self._tops[-1])
        self.refresh()

    def rearrange(self, tops: Sequence[int]) -> None:
        """Take new starts of the items; what is at the top of the view stays there."""
        item, line = self.locate(self.scroll_offset.y)
        height = tops[item + 1] - tops[item]
        self._tops = tops
        self._strips.clear()
        self.virtual_size = Size(self._width, tops[-1])
        self.scroll_to(y=tops[item] + min(line, height), animate=False, force=True, immediate=True)
        self.refresh()

    def repaint(self, item: int) -> None:
        """Paint one item anew, because what it shows has changed but not its height."""
        if item >= self.item_count:  # nothing is laid out before the size is known
            return
        first, end = self._tops[item], self._tops[item + 1]
        seen = range(max(first, self.scroll_offset.y), min(end, self.scroll_offset.y + self.page))
        # Lines out of view are forgotten one by one only where that is the smaller part.
        if end - first > len(self._strips):
            self._strips.clear()
        else:
            for line in range(first, end):
                self._strips.pop(line, None)
        if seen:
            self.refresh_lines(seen.start, len(seen))

    def repaint_all(self) -> None:
        """Paint all items anew; their heights stay."""
        self._strips.clear()
        self.refresh()

    def move(self, item: int) -> None:
        """Put the cursor on an item and bring it into view."""
        before, self.cursor = self.cursor, item
        if before is not None and before != item:
            self.repaint(before)
        self.repaint(item)
        self.reveal()
        self.call_after_refresh(self._paint_ahead_soon)

    def reveal(self) -> None:
        """Scroll by half a page, or as far as needed, if the cursor is out of view."""
        if self.cursor is None or not self.item_count:
            return
        first, last = (self.top(self.cursor) + line for line in self.cursor_lines(self.cursor))
        here, page = self.scroll_offset.y, self.page
        if last - first >= page:
            target = first
        elif first < here:
            target = first - page // 2
        elif last >= here + page:
            target = min(first, last + 1 - page // 2)
        else:
            return
        self.scroll_to(y=max(0, min(target, self.max_scroll_y)), animate=False, force=True)

    def _paint_ahead_soon(self) -> None:
        if self._ahead is not None:
            self._ahead.stop()
        self._ahead = self.set_timer(AHEAD_SECONDS, self._paint_ahead)

    def _paint_ahead(self) -> None:
        """Paint a page further either way, now that nobody waits for it.

        A strip keeps its escape codes.
        """
        here, page = self.scroll_offset.y, self.page
        for line in (*range(here + page, here + 2 * page), *range(here - page, here)):
            if 0 <= line < self._tops[-1]:
                self._strip(line).render(self.app.console)

    def render_line(self, y: int) -> Strip:
        """Return the line at a row of the screen."""
        return self._strip(self.scroll_offset.y + y)

    @property
    def _span(self) -> int:
        """The width in cells up to the scroll bar, if there is one."""
        bar = self.styles.scrollbar_size_vertical if self.show_vertical_scrollbar else 0
        return self.size.width - bar

    def watch_show_vertical_scrollbar(self) -> None:
        """Make the lines longer or shorter once the scroll bar goes or comes."""
        self._strips.clear()

    def _strip(self, line: int) -> Strip:
        strip = self._strips.get(line)
        if strip is None:
            if len(self._strips) == KEPT_STRIPS:
                self._strips.clear()
            strip = self._strips[line] = self._painted(line)
        return strip

    def _painted(self, line: int) -> Strip:
        if line >= self._tops[-1]:
            return Strip.blank(self._span, self.style())
        strip = self.paint(*self.locate(line), self._width)
        strip = strip.crop_extend(0, self._span, self.style())
        for one in self.get_line_filters():
            strip = strip.apply_filter(one, self.background_colors[1])
        return strip

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines in view as they are, since a list has neither border nor padding.

        Textual's own way makes a new strip of each, without the escape codes kept in the old one;
        so would a cut, therefore they end where the scroll bar begins.
        """
        top = self.scroll_offset.y
        strips = [self._strip(top + y) for y in crop.line_range]
        if crop.column_span == (0, self.size.width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def notify_style_update(self) -> None:
        """Forget what was painted in the colours of another theme."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    def on_resize(self) -> None:
        """Break lines anew when the width changed, and keep the cursor in view."""
        if self.scrollable_content_region.width != self._width:
            self.lay_out()
        self.reveal()

    def on_click(self, event: events.Click) -> None:
        """Say which item was pressed."""
        at = event.get_content_offset(self)
        if at is None:
            return
        line = at.y + self.scroll_offset.y
        if line < self._tops[-1]:
            event.stop()
            self.post_message(self.Pressed(*self.locate(line), at.x))
