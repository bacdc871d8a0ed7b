"""Attributions that layout alone gives: embedded social-media posts and interview answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.model import Segment, Span

from .drafts import Draft
from .layout import Block
from .quotations import Quotation

SIGNATURE = re.compile(r"^\W*(?P<name>.+?\(@\w+\))")
# Links, handles and the emoji or colon before them carry no statement at a post's end.
TAIL = re.compile(r"(?:\s*(?:https?://\S+|pic\.twitter\.com/\S+|t\.co/\S+|@\w+))+[\W_]*$")
DASH = re.compile(r"[—–-]\s+")
TURN = re.compile(r"^\s*[—–]\s+")
# A transcript's turn of more paragraphs is followed by something else.
LONGEST_TURN = 6
LABEL = re.compile(r"\s*(?P<label>[QAR])\s?:\s+(?=\S)")
SPOKEN = re.compile(
    r"[\"“]?(?P<name>[^\W\d_a-z]{2}[^\Wa-z]*(?:[ .'’-]{1,2}[^\Wa-z]+){0,4}):\s+(?=\S)"
)
NAME_AFTER = re.compile(
    r"[^\S\n]*(?:[—–―]|--?)[^\S\n]*"
    r"(?P<name>[^\W\d_a-z][\w.’'-]*(?:[^\S\n]+[^\W\d_a-z][\w.’'-]*){1,5}?)\.?[^\S\n]*(?=\n|$|[“\"«])"
)


def posts(text: str, blocks: Sequence[Block]) -> list[Draft]:
    """Return one draft for each embedded post: its words, said by its signature."""
    drafts = []
    for number in sorted({b.post for b in blocks if b.post is not None}):
        own = [b for b in blocks if b.post == number]
        lines = [(b.start, b.end) for b in own if b.kind == "post"]
        signed = [b for b in own if b.kind == "byline"]
        content = tuple(s for s in (_statement(text, *line) for line in lines) if s[0] < s[1])
        if content:
            source = _signature(text, signed[0]) if signed else ()
            rule = "embedded post, said by its signature"
            drafts.append(Draft(content, "direct", (), source, rule, form="post"))
    return drafts


def _statement(text: str, start: int, end: int) -> Span:
    """Drop leading signs and the links and handles at the end of a post's line."""
    tail = TAIL.search(text, start, end)
    end = tail.start() if tail else end
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _signature(text: str, block: Block) -> tuple[Span, ...]:
    """Return the name and handle in a signature line."""
    found = SIGNATURE.match(text[block.start : block.end])
    if not found:
        return ()
    return ((block.start + found.start("name"), block.start + found.end("name")),)


def answers(text: str, blocks: Sequence[Block]) -> list[Draft]:
    """Return the answers of an interview: behind "A:", or every second turn behind a dash."""
    labelled = [(b, LABEL.match(text, b.start, b.end)) for b in blocks]
    replies = [(m.end(), b.end) for b, m in labelled if m and m["label"] != "Q"]
    if replies and any(m and m["label"] == "Q" for _, m in labelled):
        return [_answer(reply) for reply in replies]
    turns = [b for b in blocks if TURN.match(text[b.start : b.end])]
    asks = [b for b in turns if text[b.start : b.end].rstrip().endswith("?")]
    if len(turns) < 4 or not asks or asks[0] is not turns[0]:
        return []
    drafts = []
    for number, block in enumerate(turns):
        if number % 2 and block not in asks:
            dash = TURN.match(text[block.start : block.end])
            start = block.start + (dash.end() if dash else 0)
            drafts.append(_answer((start, block.end)))
    return drafts


def _answer(content: Span) -> Draft:
    return Draft((content,), "direct", (), (), "answer in an interview", form="answer")


def turns(text: str, blocks: Sequence[Block]) -> list[Draft]:
    """Return the turns of a transcript whose lines open with a speaker's name in capitals.

    A turn goes on in the paragraphs before the next one; the last is its own paragraph.
    """
    found = [(n, m) for n, b in enumerate(blocks) if (m := SPOKEN.match(text, b.start, b.end))]
    if len(found) < 2:
        return []
    drafts = []
    for (n, opened), end in zip(found, [*(n for n, _ in found[1:]), len(blocks)], strict=True):
        more = blocks[n + 1 : end] if end - n <= LONGEST_TURN and end < len(blocks) else ()
        content = ((opened.end(), blocks[n].end), *((b.start, b.end) for b in more))
        source = (opened.span("name"),)
        drafts.append(Draft(content, "direct", (), source, "turn in a transcript"))
    return drafts


def signed(text: str, quotations: Sequence[Quotation]) -> list[Draft]:
    """Return the quotations that a dash and a name sign ("Q" — Ann Roe)."""
    drafts = []
    for q in quotations:
        name = NAME_AFTER.match(text, q.end)
        if not q.depth and name:
            source = (name.span("name"),)
            drafts.append(Draft(q.content, "direct", (), source, "quotation signed by a name"))
    return drafts


def lead(text: str, segment: Segment) -> int:
    """Return where a segment's own words begin, after a time, dateline, "Q:" or list's dash."""
    found = LEAD.match(text, segment.start, segment.end)
    return found.end() if found else segment.start


LEAD = re.compile(
    r"\s*(?:\d{1,2}\s?[h:]\s?\d{2}(?:\s?[ap]\.?m\.?)?\s*[–—:-]\s*|[–—-]\s+|[•*]\s+|[QAR]\s?:\s+|"
    r"[A-ZÀ-Þ]{2}[A-ZÀ-Þ .'’-]+(?:,[^.!?:\n–—]{1,40})?\s(?:[—–]|--?)\s+)"
)
