"""The text a model sees: as long as the article's, with what confuses a parser replaced."""

from __future__ import annotations

import re

STAND_INS = {
    "'": "’‘ʼ′‛`´",
    '"': "«»“”„‟″",
    "-": "‐‑",
    " ": "\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\u2004\u2005\u2006\u2008\u205f\u3000\u1680"
    "\t\r\x0b\x0c\x85\u2028\u2029\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff",
}
TABLE = {ord(odd): plain for plain, odds in STAND_INS.items() for odd in odds}
TABLE |= {code: " " for code in (*range(0x09), *range(0x0E, 0x20), 0x7F)}

LINK = r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)[^\s«»“”\"<>]*[^\s«»“”\"<>.,;:!?)\]}'’…]"
HANDLE = r"(?<![\w.])@\w+"
HASH = r"#(?=\w)"
EMOJI = "[\u200d\u20e3\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe00-\ufe0f\U0001f000-\U0001faff]"
MASKED = re.compile(f"(?P<name>{LINK}|{HANDLE})|{HASH}|{EMOJI}", re.IGNORECASE)


def normalise(text: str) -> str:
    """Return a text of the same length for the model, so that offsets carry over unchanged.

    Apostrophes of all shapes become ', all double quotation marks (« » “ ” „) become ", exotic
    and zero-width spaces become a space (the line feed stays). Links and @handles become one
    capitalised word (Xxxx), which a parser takes for a name; hashes and emoji become spaces, so
    that the word of a hashtag keeps its place in the sentence.
    """
    return MASKED.sub(_mask, text).translate(TABLE)


def _mask(match: re.Match[str]) -> str:
    length = match.end() - match.start()
    return "X" + "x" * (length - 1) if match["name"] else " " * length
