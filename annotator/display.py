"""Foreign text made safe to show: one stand-in for each dangerous character, so offsets stay."""

from __future__ import annotations

import json
import re

_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
# C1 controls, line separators, bidirectional controls, byte order marks, tags and surrogates: some
# act on the terminal, some reorder or hide text, and a lone surrogate cannot be encoded at all.
_HIDDEN_RANGES = (
    (0x80, 0x9F), (0x061C, 0x061C), (0x200E, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F),
    (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F), (0xD800, 0xDFFF),
)  # fmt: skip
_HIDDEN = {code: "\ufffd" for first, last in _HIDDEN_RANGES for code in range(first, last + 1)}
# Terminals disagree about the width of what these join; a zero-width space is safe everywhere.
_JOINER_RANGES = ((0x200D, 0x200D), (0xFE00, 0xFE0F), (0x1F3FB, 0x1F3FF))
_JOINERS = {code: "\u200b" for first, last in _JOINER_RANGES for code in range(first, last + 1)}
_TABLE = _CONTROLS | _HIDDEN | _JOINERS
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False)
_UNSAFE_IN_JSON = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


def display_text(text: str) -> str:
    """Return text of the same length in which no character can act on a terminal."""
    return text.translate(_TABLE)


def json_text(value: object) -> str:
    """Return a value as one line of JSON whose bytes cannot act on a terminal.

    Letters stay readable; control, bidirectional and surrogate characters are escaped.
    """
    return safe_json(_ENCODER.encode(value))


def safe_json(text: str) -> str:
    """Return JSON text with the characters escaped that act on a terminal; they are in strings."""
    # None of these characters but one is ASCII, and none counts as printable: asking that first
    # takes a fraction of the time.
    if (text.isascii() and "\x7f" not in text) or text.isprintable():
        return text
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def several(count: int, noun: str) -> str:
    """Return a number of things in words ("1 claim", "3 people")."""
    if count == 1:
        return f"1 {noun}"
    return f"{count} {'people' if noun == 'person' else noun + 's'}"
