"""The list of articles, paged from the project however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip

from annotator.tui.desk import Desk
from annotator.tui.lines import LineList
from annotator.tui.wrap import fit, pad

if TYPE_CHECKING:
    from annotator.store import ArticleRow, Project

PAGE_ROWS = 200
KEPT_PAGES = 8
NEAR_ROWS = 50
"""At least so many lines on each side of the cursor are read while a filter is typed."""
BAR = 6
FULL, PART, REST = "━", "╸", "─"


class Catalogue(LineList):
    """One line an article: progress, language, where it is from, title."""

    COMPONENT_CLASSES: ClassVar = {
        "catalogue--cursor", "catalogue--quiet", "catalogue--done",
        "catalogue--rest", "catalogue--pointer",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__(id="catalogue")
        self._desk: Desk | None = None
        self._query = ""
        self._count = 0
        self.counted = True
        """Whether all articles are listed; else only some around the cursor, until `take`."""
        self._pages: LRUCache[int, list[ArticleRow]] = LRUCache(KEPT_PAGES)

    def read(self, desk: Desk) -> None:
        """Read the list anew; the cursor stays on its article where that is still listed.

        Under another filter of plain words, only the lines around it: see `counted`.
        """
        row = self.row(self.cursor) if self.cursor is not None else None
        current = row.id if row else None
        typed, self._desk = desk.query != self._query, desk
        side = min(max(self.page, NEAR_ROWS), PAGE_ROWS // 2 - 1)
        project, reviewer, query = desk.project, desk.reviewer, desk.query
        rows = project.around(reviewer, current, side, query) if typed else None
        if rows is None:
            self._count = project.count(reviewer, query)
            place = project.position(current, query, reviewer) if current else None
        else:
            self._count = len(rows)
            place = next((at for at, one in enumerate(rows) if one.id == current), None)
        at = place or 0
        # Where there are fewer lines on a side than asked for, the list ends there.
        self.counted = rows is None or (at < side and self._count - at <= side)
        self._query = query
        self._pages.clear()
        if rows is not None:
            self._pages[0] = rows
        self.cursor = min(at, self._count - 1) if self._count else None
        self.lay_out()
        self.reveal()

    def extent(self) -> Callable[[Project], tuple[int, int]]:
        """Return what works out the number of articles and the place of the first one listed."""
        assert self._desk is not None
        reviewer, query, first = self._desk.reviewer, self._query, self.row(0)

        def work_out(project: Project) -> tuple[int, int]:
            place = project.position(first.id, query, reviewer) if first else None
            return project.count(reviewer, query), place or 0

        return work_out

    def take(self, count: int, place: int) -> None:
        """List all articles, as worked out by `extent`; nothing in view moves."""
        top = place + self.scroll_offset.y
        self._count, self.counted = count, True
        self._pages.clear()
        if self.cursor is not None:
            self.cursor += place
        self.lay_out()
        self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def go_to(self, article_id: str) -> None:
        """Put the cursor on an article, if it is listed."""
        assert self._desk is not None
        self._list_all()
        place = self._desk.project.position(article_id, self._desk.query, self._desk.reviewer)
        if place is not None and place < self._count:
            self.move(place)

    def step(self, by: int) -> None:
        """Move the cursor by some rows, not beyond the ends."""
        if self.cursor is None:
            return
        if not 0 <= self.cursor + by < self._count:
            self._list_all()
        self.move(max(0, min(self.cursor + by, self._count - 1)))

    def to_start(self) -> None:
        """Put the cursor on the first article."""
        self._list_all()
        self.move(0)

    def to_end(self) -> None:
        """Put the cursor on the last article."""
        self._list_all()
        self.move(self._count - 1)

    def _list_all(self) -> None:
        """List all articles now, where there is no waiting for that."""
        if self._desk is not None and not self.counted:
            self.take(*self.extent()(self._desk.project))

    def row(self, item: int) -> ArticleRow | None:
        """Return an article's line, read with its neighbours; None if it is no longer there."""
        number, place = divmod(item, PAGE_ROWS)
        rows = self._pages.get(number)
        if rows is None:
            assert self._desk is not None
            desk = self._desk
            rows = desk.project.page(desk.reviewer, number * PAGE_ROWS, PAGE_ROWS, self._query)
            self._pages[number] = rows
        return rows[place] if place < len(rows) else None

    def measure(self, width: int) -> Sequence[int]:
        """Return a line for each article."""
        return range(self._count + 1)

    def paint(self, item: int, line: int, width: int) -> Strip:
        """Return an article's line; the cursor's has a pointer and another ground."""
        row = self.row(item)
        if row is None:
            return Strip([])
        here = item == self.cursor
        hidden = self._desk is not None and self._desk.hide_outlet
        cells = [
            ("▸ " if here else "  ", "pointer"),
            *_progress(row),
            *((text, "quiet") for text in columns(row, width, hidden)),
            (fit(row.title, max(1, width - used(width, hidden) - 1)), ""),
        ]
        strip = Strip([Segment(text, self._style(name, here)) for text, name in cells])
        return strip.extend_cell_length(width, self._style("", here))

    def _style(self, name: str, here: bool) -> Style:
        names = filter(None, (name, "cursor" if here else ""))
        return self.style(*(f"catalogue--{one}" for one in names))


def _widths(width: int, hidden: bool) -> tuple[int, int, int]:
    """Return the widths of language, outlet and date in a list so many cells wide."""
    return 4, (18 if width >= 70 and not hidden else 0), (12 if width >= 100 else 0)


def used(width: int, hidden: bool) -> int:
    """Return how many cells stand before the title."""
    return 2 + BAR + 1 + COUNT + sum(_widths(width, hidden))


COUNT = 10


def heads(width: int, hidden: bool) -> str:
    """Return the headings of the columns."""
    language, outlet, date = _widths(width, hidden)
    return (
        "  "
        + pad("judged", BAR + 1 + COUNT)
        + pad("", language)
        + pad("outlet", outlet)
        + pad("date", date)
        + "title"
    )


def columns(row: ArticleRow, width: int, hidden: bool) -> list[str]:
    """Return language, outlet (unless it is hidden) and date, as far as there is room for them."""
    values = (row.language, row.outlet or "", row.date or "")
    return [
        f"{fit(value, room - 2):<{room}}" if value.isascii() else pad(fit(value, room - 2), room)
        for value, room in zip(values, _widths(width, hidden), strict=True)
        if room
    ]


def _progress(row: ArticleRow) -> list[tuple[str, str]]:
    """Return a bar and the figures: how many claims of the article are judged."""
    judged, claims = row.judged, row.claims
    if claims and judged >= claims:
        full, part = BAR, 0
    else:
        halves = max(1, judged * BAR * 2 // claims) if judged and claims else 0
        full, part = divmod(halves, 2)
    filled = FULL * full + PART * part
    figures = f"{judged}/{claims}" + (" ✓" if claims and judged >= claims else "")
    return [
        (filled, "done"),
        (REST * (BAR - len(filled)) + " ", "rest"),
        (pad(figures, COUNT), "quiet"),
    ]
