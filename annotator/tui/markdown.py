"""Markdown as lines for a terminal: quotations, lists and emphasis; nothing else is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual.content import Content

from annotator.tui.wrap import shown, wrap

_EMPHASIS = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\*(?P<italic>[^*]+)\*|`(?P<code>[^`]+)`")
_ITEM = re.compile(r"(\s*(?:[-*+]|\d+[.)])\s+)")
_STYLES = {"bold": "bold", "italic": "italic", "code": "bold $accent"}


def markdown_lines(text: str, width: int) -> list[Content]:
    """Return Markdown text broken to a width in cells; paragraphs stay apart by an empty line."""
    lines: list[Content] = []
    for block in re.split(r"\n[ \t]*\n", text.strip("\n")):
        if lines:
            lines.append(Content())
        for paragraph in _paragraphs(block):
            lines += _paragraph(paragraph, width)
    return lines


def _paragraphs(block: str) -> Iterator[str]:
    """Yield the paragraphs of a block: items and quoted lines that follow on are joined."""
    held = ""
    for line in block.split("\n"):
        line = line.rstrip()
        own = _ITEM.match(line) or (line.startswith(">") and not held.startswith(">"))
        if held and own:
            yield held
            held = line
        elif line.strip() in (">", ""):
            if held:
                yield held
            held = ""
            yield line.strip()
        else:
            held = f"{held} {line.lstrip('> ').strip()}" if held else line
    if held:
        yield held


def _paragraph(text: str, width: int) -> Iterator[Content]:
    quoted = text.startswith(">")
    text = text.lstrip("> ") if quoted else text
    item = _ITEM.match(text)
    first = ("│ " if quoted else "") + (item[1] if item else "")
    rest = ("│ " if quoted else "") + " " * len(item[1] if item else "")
    if not text:
        yield Content.styled(first, "$quiet")
        return
    styled = _emphasised(text[item.end() :] if item else text)
    starts = wrap(styled.plain, max(1, width - len(first)))
    for start, end in zip(starts, [*starts[1:], len(styled.plain)], strict=True):
        before = first if start == 0 else rest
        yield Content.assemble((before, "$quiet"), styled[start:end].rstrip(" "))


def _emphasised(text: str) -> Content:
    pieces: list[str | tuple[str, str]] = []
    at = 0
    for match in _EMPHASIS.finditer(text):
        pieces.append(shown(text[at : match.start()]))
        kind = match.lastgroup or "bold"
        pieces.append((shown(match[kind]), _STYLES[kind]))
        at = match.end()
    return Content.assemble(*pieces, shown(text[at:]))
