"""Claims of several articles, one line each, under the titles of their articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.model import Span
from annotator.tui.lines import LineList
from annotator.tui.page import UNSEEN
from annotator.tui.wrap import fit, pad, shown

MARKS = 5
MARGIN = 2 + MARKS
WIDE, ASIDE = 100, 26
# So much of a long text, measured in widths of the list, is looked at around what was found in it.
AROUND = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim with what the list shows of it."""

    article_id: str
    claim_id: str
    title: str
    """The article's."""
    signs: str
    """The reviewer's own answer, as letters."""
    text: str
    hits: tuple[Span, ...] = ()
    """What stands out in the text."""
    aside: str = ""
    """What stands beside it where there is room."""
    lead: str = ""
    """What stands before it."""
    claim: Span | None = None
    """Where the claim stands in the text, if it is not all of it."""


class ClaimList(LineList):
    """One line a claim, in the order given; the first of an article has its title above it."""

    COMPONENT_CLASSES: ClassVar = {
        "claims--title", "claims--quiet", "claims--done", "claims--hit", "claims--pointer",
        "claims--cursor",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__(id="claims")
        self.entries: list[Entry] = []

    def show(self, entries: Sequence[Entry], cursor: int = 0) -> None:
        """Show other claims."""
        self.entries = list(entries)
        self.cursor = min(cursor, len(entries) - 1) if entries else None
        self.lay_out()
        self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.reveal()

    def extend(self, entries: Sequence[Entry]) -> None:
        """Add claims at the end."""
        self.entries += entries
        self.lay_out()

    def step(self, by: int) -> None:
        """Move the cursor, not beyond the ends."""
        if self.cursor is not None:
            self.move(min(max(0, self.cursor + by), len(self.entries) - 1))

    @property
    def chosen(self) -> Entry | None:
        """The claim at the cursor."""
        return None if self.cursor is None else self.entries[self.cursor]

    def measure(self, width: int) -> Sequence[int]:
        """Return a line for each claim and one more for each title."""
        heights = (1 + self._titled(item) for item in range(len(self.entries)))
        return list(accumulate(heights, initial=0))

    def paint(self, item: int, line: int, width: int) -> Strip:
        """Return the title above a claim, or the claim's line."""
        entry, here = self.entries[item], item == self.cursor
        if width <= MARGIN:  # not laid out yet
            return Strip([])
        if line == 0 and self._titled(item):
            return Strip([Segment(fit(entry.title, width), self.style("claims--title"))])
        aside = ASIDE if width >= WIDE else 0
        room = width - MARGIN - aside
        signs, quiet = pad(entry.signs, MARKS), entry.signs[:1] == UNSEEN
        cells = [
            ("▸ " if here else "  ", "pointer"),
            (signs, "quiet" if quiet else "done"),
            *_fitted(entry, room),
        ]
        used = sum(cell_len(text) for text, _ in cells) - MARGIN
        if aside:
            cells.append((" " * (room - used + 2) + fit(entry.aside, aside - 3), "quiet"))
        strip = Strip([Segment(text, self._style(name, here)) for text, name in cells])
        return strip.extend_cell_length(width, self._style("", here))

    def _titled(self, item: int) -> bool:
        entries = self.entries
        return item == 0 or entries[item].article_id != entries[item - 1].article_id

    def _style(self, name: str, here: bool) -> Style:
        names = filter(None, (name, "cursor" if here else ""))
        return self.style(*(f"claims--{one}" for one in names))


def _fitted(entry: Entry, room: int) -> Iterator[tuple[str, str]]:
    """Yield (text, style) of a claim's words, cut to a room around the first that was found."""
    if entry.lead:
        lead = fit(f"{entry.lead} ", room)
        room -= cell_len(lead)
        yield lead, "quiet"
    start = _begin(entry.text, entry.hits, room)
    if start:
        room -= 1
        yield "…", "quiet"
    for text, name in _pieces(entry, start, start + AROUND * room):
        fitted = fit(text, max(0, room))
        room -= cell_len(fitted)
        yield fitted, name
        if fitted != shown(text):
            return


def longest(hits: Sequence[Span]) -> Span:
    """Return the longest of what was found, which says the most; the start where nothing was."""
    return max(hits, key=lambda hit: hit[1] - hit[0], default=(0, 0))


def _begin(text: str, hits: Sequence[Span], room: int) -> int:
    """Return where to begin so that the longest hit is in view: at the start, or at a word."""
    first, end = longest(hits)
    if end < room:
        return 0
    earliest = max(0, min(first - room // 3, len(text) - room + 1))
    space = text.find(" ", earliest, first)
    return space + 1 if space >= 0 else first


def _pieces(entry: Entry, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield (text, style) of a stretch of an entry's text, cut where the style changes."""
    end = min(end, len(entry.text))
    claim = entry.claim or (0, len(entry.text))
    hits = [hit for hit in entry.hits if hit[0] < end and start < hit[1]]
    edges = {start, end, *claim, *(edge for hit in hits for edge in hit)}
    for first, last in pairwise(sorted(edge for edge in edges if start <= edge <= end)):
        outside = "" if claim[0] <= first < claim[1] else "quiet"
        is_hit = any(a <= first < b for a, b in hits)
        yield entry.text[first:last], "hit" if is_hit else outside
