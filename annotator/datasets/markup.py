"""Text that may stand in XML, whose characters are fewer than Unicode's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree

Element = Any
"""An element of lxml's, which tells type checkers nothing."""

# https://www.w3.org/TR/xml/#charsets
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return text of the same length with a replacement for each character XML cannot hold."""
    # What is printable is allowed, and known to be so in a fraction of the time.
    return text if text.isprintable() else _FORBIDDEN.sub("\ufffd", text)


def read_xml(path: Path) -> Element:
    """Return the root of an XML file; nothing outside of the file is read."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, collect_ids=False
    )
    return etree.parse(path, parser).getroot()


def xml_bytes(root: Element) -> bytes:
    """Return an XML file in UTF-8."""
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def forbidden(text: str) -> int:
    """Return how many characters of a text XML cannot hold."""
    return len(_FORBIDDEN.findall(text))
