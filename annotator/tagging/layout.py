"""Splits an article into blocks, one for each line or part of a line, and says what each is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from annotator.model import SegmentKind, Span

from . import lineforms as forms
from .embeds import Line, embeds, inline_signature
from .graphemes import cut, interior

LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
INNER_STOP = re.compile(r"[^\W\d_A-Z]{3,}[)»”\"]?\s?[.!?…]+[\s»”\"]*\s[\"«“]?\s?[A-ZÀ-Þ]")
SIGNED_TAIL = re.compile(
    r"[.!?…»”\"]\s+(\([^()]{2,60}\)|[A-ZÀ-Þ][\w-]+ [A-ZÀ-Þ]{3,}(?:[ -][A-ZÀ-Þ]{2,})*)\Z"
)
LONGEST_DATELINE = 60
LONGEST_TAIL = 100
LONGEST_SPECIAL = 300
"""Lines of more characters than this are running text without a further look."""
MOST_TITLE_WORDS = 35
MOST_TITLE_LINES = 4
MOST_SHORT_TITLE_WORDS = 12
"""A first line of several sentences is still a title if it is no longer than this."""
MOST_SUBHEAD_WORDS = 12
HEAD_LINES = 8
"""How many lines below the title may be decks and bylines."""
LEAST_ITEMS = 3
"""So many short lines in a row are a list, not subheads."""
LEAST_WRAPPED = 3
"""So many lines that carry on the one above show a text wrapped at a fixed width."""


@dataclass(frozen=True, slots=True)
class Block:
    """A line, or a part of one, of one kind; sentences are cut inside it."""

    start: int
    end: int
    kind: SegmentKind
    post: int | None = None
    """The number of the embedded post it belongs to; its signature has the same."""


def blocks(text: str) -> list[Block]:
    """Return the blocks of an article: in order, without overlap, all but white space covered."""
    lines = list(_lines(text))
    posts = embeds(lines)
    kinds = [_own_kind(line.text) for line in lines]
    numbers: dict[int, int] = {}
    for number, post in enumerate(posts):
        for index in post.lines:
            kinds[index], numbers[index] = "post", number
        if post.signature is not None:
            kinds[post.signature], numbers[post.signature] = "byline", number
    _mark_head(lines, kinds)
    _mark_names(lines, kinds)
    _mark_subheads(lines, kinds)
    return [
        Block(line.start, line.end, kind or "sentence", numbers.get(index))
        for index, (line, kind) in enumerate(zip(lines, kinds, strict=True))
    ]


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines that hold something, a dateline or signature on the same line by itself."""
    inside = interior(text)
    after_gap = True
    ends = [found.span() for found in LINE_BREAK.finditer(text)] + [(len(text), len(text))]
    start = 0
    for end, following in ends:
        bounds = _trimmed(text, inside, start, end)
        start = following
        if bounds is None:
            after_gap = True
            continue
        for first, last in _split(text, inside, *bounds):
            yield Line(first, last, text[first:last], after_gap)
            after_gap = False


def _trimmed(text: str, inside: AbstractSet[int], start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    if start == end:
        return None
    while text[end - 1].isspace():
        end -= 1
    while start in inside:
        start -= 1
    while end in inside:
        end += 1
    return start, end


def _split(text: str, inside: AbstractSet[int], start: int, end: int) -> Iterator[Span]:
    """Yield a line's parts: a dateline with its own full stop, the text, a signature at its end."""
    for find in (_dateline_end, _signature_start):
        position = find(text[start:end])
        gap = cut(text, inside, start + position) if position else None
        if gap and start < gap[0] and gap[1] < end:
            yield start, gap[0]
            start = gap[1]
    yield start, end


def _dateline_end(line: str) -> int | None:
    stops = list(re.finditer(r"\.\s", line[:LONGEST_DATELINE]))
    return next((s.end() for s in reversed(stops) if forms.is_dateline(line[: s.start()])), None)


def _signature_start(line: str) -> int | None:
    post = inline_signature(line)
    if post is not None:
        return post
    tail = max(0, len(line) - LONGEST_TAIL)
    signed = SIGNED_TAIL.search(line, tail)
    if signed and (signed[1][0] != "(" or forms.is_byline(signed[1])):
        return signed.start(1)
    return None


def _own_kind(line: str) -> SegmentKind | None:
    """Return the kind that a line shows by itself; None where it depends on its neighbours."""
    if len(line) > LONGEST_SPECIAL:
        return None
    if forms.is_titled(line):
        return "headline"
    if forms.is_byline(line):
        return "byline"
    if forms.is_label(line) or forms.is_caption(line) or forms.is_list_label(line):
        return "other"
    return None


def _mark_head(lines: Sequence[Line], kinds: list[SegmentKind | None]) -> None:
    """Mark the title, below labels and bylines, and the decks below the title."""
    index = 0
    while index < len(lines) and kinds[index] in ("byline", "other"):
        index += 1
    if index == len(lines) or kinds[index] not in (None, "headline"):
        return
    if kinds[index] is None:
        after = _title_end(lines, index, first=True)
        kinds[index:after] = ["headline"] * (after - index)
    else:
        after = index + 1
    lowest = min(len(lines), after + HEAD_LINES) if after > index else index
    while after < lowest:
        if kinds[after] in ("byline", "other"):
            after += 1
            continue
        end = _title_end(lines, after, first=False)
        if end == after or any(kinds[after:end]):
            break
        name = end == after + 1 and forms.is_name(lines[after].text)
        kinds[after:end] = ["byline" if name else "headline"] * (end - after)
        after = end


def _title_end(lines: Sequence[Line], index: int, first: bool) -> int:
    """Return the index after the title or deck that begins at a line; that line if none does.

    A title is short and runs on to lines that begin with a small letter. A deck, or the only line
    of a text, has no full stop at its end; a first line may, if it is a single sentence.
    """
    end = index + 1
    while end < len(lines) and _continues(lines[end]):
        end += 1
    group = " ".join(line.text for line in lines[index : min(end, index + MOST_TITLE_LINES + 1)])
    few = len(group.split()) <= MOST_TITLE_WORDS and end - index <= MOST_TITLE_LINES
    last = end == len(lines)
    if not few or not _may_be_title(group.rstrip(";") if first else group) or (last and not first):
        return index
    if not forms.is_terminated(group):
        return end
    long = len(group.split()) > MOST_SHORT_TITLE_WORDS
    single = end == index + 1 and not (long and INNER_STOP.search(group))
    return end if first and single and not last else index


def _continues(line: Line) -> bool:
    """Whether a line carries on the sentence of the line right above it."""
    return not line.after_gap and line.text[0].islower()


def _may_be_title(line: str) -> bool:
    """Whether a line begins and ends as a title can: no talk, no time, no list, no colon."""
    first, last = line[:1], line[-1:]
    if not first or first.islower() or last in tuple(":;,–—-") or forms.opens_with_dateline(line):
        return False
    return not (forms.DASH.match(line) or forms.BULLET.match(line) or forms.timestamp(line))


def _mark_names(lines: Sequence[Line], kinds: list[SegmentKind | None]) -> None:
    """Mark the author's bare name or initials at the end of the article."""
    for index in range(max(1, len(lines) - 2), len(lines)):
        line = lines[index].text
        signed = forms.is_name(line) or forms.SIGNED_LATIN.fullmatch(line)
        before = kinds[index - 1] is not None or forms.is_terminated(lines[index - 1].text)
        if kinds[index] is None and signed and before:
            kinds[index] = "byline"


def _mark_subheads(lines: Sequence[Line], kinds: list[SegmentKind | None]) -> None:
    """Mark the short lines between paragraphs that end without a stop; several make a list."""
    wrapped = sum(map(_continues, lines)) >= LEAST_WRAPPED
    first, end = 0, 0
    for index in range(1, len(lines) - 1):
        if kinds[index] is not None or not _may_be_subhead(lines, index):
            continue
        closed = kinds[index - 1] is not None or forms.is_terminated(lines[index - 1].text)
        if not (lines[index].after_gap or (closed and not wrapped)):
            continue
        if index > end or lines[index].after_gap:
            first = index
        end = index + 1
        kinds[index] = "headline"
        if end - first >= LEAST_ITEMS:
            kinds[max(first, index - LEAST_ITEMS + 1) : end] = ["other"] * LEAST_ITEMS


def _may_be_subhead(lines: Sequence[Line], index: int) -> bool:
    line = lines[index].text
    few_words = len(line.split()) <= MOST_SUBHEAD_WORDS and forms.words(line)
    runs_on = _continues(lines[index + 1]) or lines[index - 1].text.endswith(":")
    return bool(few_words) and not (runs_on or forms.is_terminated(line) or not _may_be_title(line))
