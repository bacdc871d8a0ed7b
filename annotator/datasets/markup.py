"""Text that may stand in XML, whose characters are fewer than Unicode's."""

from __future__ import annotations

import re

# https://www.w3.org/TR/xml/#charsets
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return text of the same length with a replacement for each character XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def forbidden(text: str) -> int:
    """Return how many characters of a text XML cannot hold."""
    return len(_FORBIDDEN.findall(text))
