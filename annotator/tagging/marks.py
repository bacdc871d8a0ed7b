"""Which quotation marks close, and which brackets stand inside a sentence."""

from __future__ import annotations

import re

from annotator.model import Span, merge_spans

CLOSES = {
    '"': '"', "»": "«", "«": "»", "”": "“„", "“": "„", "„": "", "‟": "",
    "「": "", "」": "「", "『": "", "』": "『", "《": "", "》": "《", "〈": "", "〉": "〈",
}  # fmt: skip
"""Mark → the marks that may have opened what it closes."""
MARK = re.compile(f"[{''.join(CLOSES)}]")
ALWAYS_CLOSING = frozenset("」』》〉")
# A letter, or something that can only begin a word, after a mark.
WORD_OPENERS = frozenset("«“„‘'’[(¡¿…@#$€£")
BREAKS = frozenset("([{'’-–—/:«“„")
BRACKET = re.compile(r"[()\[\]\n]")
PAIRS = {")": "(", "]": "["}
LONGEST_ASIDE = 400


def closing_marks(text: str, start: int, end: int) -> frozenset[int]:
    """Return the offsets of the double quotation marks that close a quotation.

    A mark that may do either (the straight one; « and » in German, “ after „) is judged by the
    spaces around it and by what is open since `start`.
    """
    closing: set[int] = set()
    still_open = dict.fromkeys(CLOSES, 0)
    for match in MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        free_left = before.isspace() or before in BREAKS
        held_right = after.isalnum() or after in WORD_OPENERS
        if not _closes(mark, free_left, held_right, still_open):
            still_open[mark] += 1
            continue
        closing.add(at)
        opener = next((one for one in CLOSES[mark] if still_open[one]), None)
        if opener:
            still_open[opener] -= 1
    return frozenset(closing)


def _closes(mark: str, free_left: bool, held_right: bool, still_open: dict[str, int]) -> bool:
    outer = free_left and held_right
    if mark in ALWAYS_CLOSING:
        return True
    if mark == '"':
        return not outer and (bool(still_open[mark]) or not (free_left or held_right))
    if mark == "»":
        return bool(still_open["«"]) or not outer
    if mark == "”":
        return bool(still_open["“"] or still_open["„"]) or not outer
    if mark == "«":
        return bool(still_open["»"]) and not free_left
    if mark == "“":
        return bool(still_open["„"]) or (not free_left and not held_right)
    return False


def asides(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the bracketed stretches that begin inside a sentence and so cannot be cut.

    A bracket without its partner within a few lines' length counts as none.
    """
    found: list[Span] = []
    waiting: list[tuple[str, int]] = []
    for match in BRACKET.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if mark in "([":
            waiting.append((mark, at))
        elif waiting and waiting[-1][0] == PAIRS.get(mark):
            _, opened = waiting.pop()
            if at - opened <= LONGEST_ASIDE and not _opens_sentence(text, start, opened):
                found.append((opened, at + 1))
    return merge_spans(found)


def _opens_sentence(text: str, start: int, at: int) -> bool:
    before = text[max(start, at - 4) : at].rstrip()
    return (
        not before
        or before[-1] in ".!?…。！？"
        or (before[-1] in "»”\"'’)" and before[-2:-1] in ".!?…")
    )
