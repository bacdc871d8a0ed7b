"""Hints on quotation marks: words that nobody is said to have said, marks without a partner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from annotator.model import Span, Tagging
from annotator.tagging.quotations import Quotation

from .hint import Hint
from .places import SILENT_KINDS, Places, shorten
from .words import WORD

MOST_WORDS = 3
DOUBLE_MARKS = frozenset('«»“”„"「」『』')
"""The marks that must come in pairs; a single one may be an apostrophe."""


def paragraphs(text: str, tagging: Tagging) -> list[Span]:
    """Return the stretches of judged segments that no line break parts."""
    found: list[Span] = []
    kept = [one for one in tagging.segments if one.kind not in SILENT_KINDS]
    for before, segment in pairwise([None, *kept]):
        if segment is None:
            continue
        same_line = before and not any(c in "\n\r" for c in text[before.end : segment.start])
        if same_line and found:
            found[-1] = (found[-1][0], segment.end)
        else:
            found.append((segment.start, segment.end))
    return found


def scare_quotes(places: Places) -> Iterator[Hint]:
    """Yield hints on short quotations that no reporting words govern; names are left out."""
    for quote in places.quotes:
        if len(quote.content) != 1 or not quote.closed:
            continue
        start, end = quote.content[0]
        words = [match[0] for match in WORD.finditer(places.text, start, end)]
        if not 0 < len(words) <= MOST_WORDS or words[0][0].isupper():
            continue
        place = places.at(start)
        if place is None or places.governed(place, start, end):
            continue
        reason = f'"{shorten(places.text[start:end])}": nobody is said to have said it; '
        reason += f"perhaps a scare quote, {place.whose}"
        yield Hint("scare_quote", (start, end), reason, "partisan_framing", (place.claim.id,))


def unbalanced_quotes(places: Places) -> Iterator[Hint]:
    """Yield a hint at each double quotation mark without a partner in its paragraph."""
    for quote in places.quotes:
        if quote.closed:
            continue
        for at, what in _lone_marks(places.text, quote):
            place = places.at(at)
            if place:
                reason = f"this mark {what}, {place.whose}: who speaks up to where?"
                yield Hint("unbalanced_quote", (at, at + 1), reason, None, (place.claim.id,))


def _lone_marks(text: str, quote: Quotation) -> Sequence[tuple[int, str]]:
    if text[quote.start] in DOUBLE_MARKS:
        return [(quote.start, "opens a quotation that is never closed")]
    if text[quote.end - 1] in DOUBLE_MARKS:
        return [(quote.end - 1, "closes a quotation that was never opened")]
    return []
