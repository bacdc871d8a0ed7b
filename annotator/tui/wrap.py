"""Lines of text for a terminal: where they break, how wide they are, which character is where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len

from annotator.display import display_text

# Text whose characters are all one cell wide and each a grapheme of its own: most news text.
_SIMPLE = re.compile(
    "[ -~\n\t\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0513"
    "\u2010-\u2015\u2018-\u2027\u202f\u2030-\u205e\u20a0-\u20bf]*"
)
# A line may end after white space, but no-break spaces are not white space here, and a space
# inside « » or before high punctuation is treated as one.
_BREAK = r"(?<![«\s])[ \t\n\r]++(?![»;:!?])"
_END = r"(?<![ \t\n\r])[ \t\n\r]*+\Z"
_BREAKS = re.compile(_BREAK)
_BLANKS = str.maketrans("\t\n\r", "   ")


def shown(text: str) -> str:
    """Return text of the same length that is safe to show on one line; white space is blank."""
    return display_text(text.translate(_BLANKS))


def wrap(text: str, width: int) -> list[int]:
    """Return where each line of the text starts, so that it fits in `width` cells.

    Lines end after ordinary spaces, which may hang over the edge; a longer word is cut between
    graphemes. A single grapheme wider than the width has a line of its own.
    """
    width = max(1, width)
    if _SIMPLE.fullmatch(text):
        if len(text) <= width:
            return [0]
        lines = _simple_lines(width).finditer(text)
        return [match.start() for match in lines if match.group()]
    return list(_line_starts(text, width))


def broken(text: str, width: int) -> list[str]:
    """Return the lines of the text, made safe."""
    starts = wrap(text, width)
    ends = [*starts[1:], len(text)]
    return [shown(text[a:b]).rstrip(" ") for a, b in zip(starts, ends, strict=True)]


def fit(text: str, width: int) -> str:
    """Return the text made safe and cut to `width` cells, with an ellipsis where it was cut."""
    text = shown(text)
    if cell_len(text) <= width:
        return text
    kept = 0
    for start, _, cells in graphemes(text):
        kept += cells
        if kept > width - 1:
            return text[:start].rstrip() + "…"[: max(0, width)]
    return text


def pad(text: str, width: int) -> str:
    """Return the text made safe and exactly `width` cells wide: cut, or filled with spaces."""
    text = fit(text, width)
    return text + " " * (width - cell_len(text))


def index_at(text: str, cell: int) -> int:
    """Return the index of the grapheme that covers a cell of the line; its length if beyond."""
    edge = 0
    for start, _, cells in graphemes(text):
        edge += cells
        if cell < edge:
            return start
    return len(text)


def graphemes(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, cells) of each grapheme of the original text, as it will be shown."""
    if _SIMPLE.fullmatch(text):
        yield from ((index, index + 1, 1) for index in range(len(text)))
        return
    import regex  # only texts that need it pay for it

    for match in regex.finditer(r"\X", text):
        yield match.start(), match.end(), _grapheme_cells(match.group())


@lru_cache(maxsize=4096)
def _grapheme_cells(grapheme: str) -> int:
    return cell_len(shown(grapheme))


@lru_cache(maxsize=8)
def _simple_lines(width: int) -> re.Pattern[str]:
    return re.compile(f"(?s:.{{0,{width}}})(?:{_BREAK}|{_END})|(?s:.{{1,{width}}})")


def _line_starts(text: str, width: int) -> Iterator[int]:
    """The same as the pattern of `_simple_lines`, for text with wide or joined characters."""
    cells = 0
    yield 0
    for start, end in _words(text):
        word = text[start:end].rstrip(" \t\n\r")
        word_cells = _cells(word)
        if cells and cells + word_cells > width:
            cells = 0
            yield start
        if word_cells > width:
            for inner, _, grapheme in graphemes(word):
                if cells and cells + grapheme > width:
                    cells = 0
                    yield start + inner
                cells += grapheme
        else:
            cells += word_cells
        cells += end - start - len(word)


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the pieces between which a line may end, with their blanks."""
    start = 0
    for match in _BREAKS.finditer(text):
        end = match.end()
        if end < len(text) and not _starts_grapheme(text, end):
            continue
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def _starts_grapheme(text: str, index: int) -> bool:
    if _SIMPLE.fullmatch(text[index]):
        return True
    import regex

    before = regex.match(r"\X", text, pos=index - 1)
    return before is not None and bool(before.end() == index)


def _cells(text: str) -> int:
    """Return the width of the text as it is shown, the sum of its graphemes' widths."""
    if _SIMPLE.fullmatch(text):
        return len(text)
    return sum(cells for _, _, cells in graphemes(text))
