"""Text left out where a format has to have some: masks of the same length stand for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from annotator.model import Span, merge_spans

MASK, WIDE = "\N{FULL BLOCK}", "\N{LARGE BLUE SQUARE}"
"""What stands for a character; the wide one for those that take two code units in UTF-16."""
_NARROW = re.compile(r"[^\s\U00010000-\U0010ffff]")
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_WORD = re.compile(r"\S+")


def masked(text: str, shown: Iterable[Span] = ()) -> str:
    """Return a text with masks for all that is no space, but for the spans that are shown.

    It is as long as before in characters and in UTF-16 code units, so that offsets stay.
    """
    hidden = _WIDE.sub(WIDE, _NARROW.sub(MASK, text))
    pieces, done = [], 0
    for start, end in merge_spans(shown):
        pieces += [hidden[done:start], text[start:end]]
        done = end
    return "".join([*pieces, hidden[done:]])


def first_words(text: str, spans: Iterable[Span], most: int) -> Iterator[Span]:
    """Yield where the first words are that stand in spans of a text."""
    for start, end in spans:
        for word in islice(_WORD.finditer(text, start, end), most):
            yield word.span()
            most -= 1


def is_masked(text: str) -> bool:
    """Whether there are masks in a text."""
    return MASK in text or WIDE in text


def is_left_out(text: str) -> bool:
    """Whether most of a text is masks."""
    masks = text.count(MASK) + text.count(WIDE)
    return 2 * masks > sum(len(word) for word in text.split())


def fits(shown: str, text: str) -> bool:
    """Whether a text is what is shown, where no mask is."""
    return len(shown) == len(text) and all(
        one == other or one in (MASK, WIDE) for one, other in zip(shown, text, strict=True)
    )
