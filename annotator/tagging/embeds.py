"""Finds embedded social-media posts among an article's lines, with the lines that sign them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lineforms import is_byline, is_date, is_moment, timestamp
from .normalise import EMOJI

HANDLE = re.compile(r"\(?@\w[\w.-]{0,40}(?:@[\w.-]{1,40})?\)?")
INLINE_SIGNATURE = re.compile(
    r"\s*(?<!\w)[-–—―]{1,2}\s*[^()@\n–—]{1,80}\(@\w{1,30}\)[^()@\n]{4,50}\Z"
)
DASH = re.compile(r"\s*[-–—―]+\s*")
LINK = re.compile(
    r"(?<![\w.-])(?:pic\.twitter\.com/|t\.co/|(?:twitter|x)\.com/\w{1,30}/status/)\w", re.IGNORECASE
)
TAG = re.compile(r"#\w+")
TAIL = re.compile(r"(?:#\w+|(?:https?://|pic\.twitter\.com/)\S+|@\w+)[\s.!…]*\Z")
LONGEST_POST = 500
MOST_POST_LINES = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an article with something on it, white space trimmed."""

    start: int
    end: int
    text: str
    after_gap: bool
    """Whether an empty line (or the beginning of the text) stands before it."""


@dataclass(frozen=True, slots=True)
class Embed:
    """One post: the indices of its lines and of the line that signs it."""

    lines: range
    signature: int | None


def is_signature(line: str) -> bool:
    """Whether a line is a post's signature: – Name (@handle) 4 December 2024, or without a dash."""
    if len(line) > 200:
        return False
    dash = DASH.match(line)
    handle = HANDLE.search(line)
    if not handle or (dash and dash.end() > handle.start()):
        return False
    name = line[dash.end() if dash else 0 : handle.start()].strip()
    rest = line[handle.end() :].strip(" ,·•|.–—-")
    if len(name) > 80 or "#" in name:
        return False
    if rest:
        return is_date(rest) or is_moment(rest)
    return dash is not None and (handle[0].startswith("(") or not name)


def inline_signature(line: str) -> int | None:
    """Return where a signature on the same line as its post begins, if there is one."""
    tail = max(0, len(line) - 200)
    found = INLINE_SIGNATURE.search(line, tail)
    if not found or not line[: found.start()].strip() or not is_signature(found[0].strip()):
        return None
    return found.end() - len(found[0].lstrip())


def is_post(line: str) -> bool:
    """Whether a line can only come from a social network, even unsigned."""
    if LINK.search(line) or line.startswith("RT @"):
        return True
    if timestamp(line) or not TAIL.search(line[-200:]):
        return False
    return len(TAG.findall(line)) > 1 or re.match(EMOJI, line) is not None


def embeds(lines: Sequence[Line]) -> list[Embed]:
    """Return the posts in the order of the text, those that a signature closes and the others."""
    found: list[Embed] = []
    taken = 0
    for index, line in enumerate(lines):
        if is_signature(line.text):
            first = _first_line(lines, index, taken)
            found.append(Embed(range(first, index), index))
            taken = index + 1
    signed = {index for embed in found for index in embed.lines}
    found += [
        Embed(range(index, index + 1), None)
        for index, line in enumerate(lines)
        if index not in signed and is_post(line.text) and not is_signature(line.text)
    ]
    return sorted(found, key=lambda embed: embed.lines.start)


def _first_line(lines: Sequence[Line], signature: int, taken: int) -> int:
    """Return the first line of the post that a signature closes.

    The line before a signature is its post. Lines above belong to it too if they look like a
    post, or if nothing but the post's few lines stands between a colon or an empty line and it.
    """
    first = signature - 1
    if first < taken or is_byline(lines[first].text):
        return signature
    isolated = signature + 1 == len(lines) or lines[signature + 1].after_gap
    for index in range(first, max(taken, signature - MOST_POST_LINES) - 1, -1):
        if lines[first].end - lines[index].start > LONGEST_POST:
            break
        if index and lines[index - 1].text.endswith(":"):
            return index
        if lines[index].after_gap:
            return index if isolated and index else first
    while first > taken and is_post(lines[first - 1].text):
        first -= 1
    return first
