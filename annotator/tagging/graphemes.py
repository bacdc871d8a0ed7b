"""Where a text may be cut: between grapheme clusters, never inside one."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cached_property

import regex

from annotator.model import Span

CLUSTER = regex.compile(r"\X")
FLAGS = regex.compile("[\U0001f1e6-\U0001f1ff]+")
JOINER = regex.compile(r"[^\p{GCB=Other}\p{GCB=Control}\p{GCB=CR}\p{GCB=LF}]")


def interior(text: str) -> AbstractSet[int]:
    """Return the offsets that lie inside a grapheme cluster, where no span may start or end."""
    inside = {match.start() + 1 for match in regex.finditer("\r\n", text)}
    # Pairs of flag letters are told from the start of their run, which \X looks for every time.
    text = FLAGS.sub(_paired, text)
    position = 0
    # Line feeds break clusters, so only lines with a character that joins its neighbour are walked.
    while not text.isascii() and (found := JOINER.search(text, position)):
        line_start = max(position, text.rfind("\n", position, found.start()) + 1)
        line_end = text.find("\n", found.end()) + 1 or len(text)
        for cluster in CLUSTER.finditer(text, line_start, line_end):
            inside.update(range(cluster.start() + 1, cluster.end()))
        position = line_end
    return inside


class Interior:
    """The same offsets, looked for in the text only where one could lie inside a cluster."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __contains__(self, offset: int) -> bool:
        around = self._text[max(0, offset - 1) : offset + 1]
        return (around == "\r\n" or JOINER.search(around) is not None) and offset in self._all

    @cached_property
    def _all(self) -> AbstractSet[int]:
        return interior(self._text)


def _paired(flags: regex.Match[str]) -> str:
    """Return letters that form the same clusters as a run of flag letters."""
    pairs, single = divmod(len(flags[0]), 2)
    return "a\u0300" * pairs + "a" * single


def cut(text: str, inside: AbstractSet[int], position: int) -> Span | None:
    """Return where the piece before a cut ends and the piece after it starts, white space trimmed.

    None where no cluster boundary lies in the gap, so that the text cannot be cut there.
    """
    end = start = position
    while end > 0 and text[end - 1].isspace():
        end -= 1
    while start < len(text) and text[start].isspace():
        start += 1
    while end in inside:
        end += 1
    while start in inside:
        start -= 1
    return (end, start) if end <= start else None
