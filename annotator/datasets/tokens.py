"""Texts as tokens of spaCy's tokenizers.

spaCy is imported by the functions that need it, as in all of this room.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from annotator.model import Span as Place

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

NEUTRAL = "xx"
# spaCy's time grows with the square of the length of some runs without a space.
RUN = re.compile(r"(\S{200})(\S+)")


class Tokens:
    """The places of a document's tokens."""

    def __init__(self, doc: Doc) -> None:
        self.starts = [token.idx for token in doc]
        self.ends = [token.idx + len(token) for token in doc]

    def covering(self, place: Place) -> Place | None:
        """Return (first, end) of the tokens that a stretch of text touches, None if it has none."""
        first = bisect_right(self.ends, place[0])
        end = bisect_left(self.starts, place[1])
        return (first, end) if first < end else None

    def aligned(self, place: Place) -> bool:
        """Whether a stretch that touches tokens begins and ends with them."""
        found = self.covering(place)
        if found is None:
            return False
        return (self.starts[found[0]], self.ends[found[1] - 1]) == place


def tokenized(text: str, language: str, shown: str | None = None) -> Doc:
    """Return a text as tokens of spaCy's tokenizer for a language, with masked words if given.

    The general one serves languages that spaCy does not know or needs other packages for. A run
    of hundreds of characters without a space is taken apart at its beginning only.
    """
    from spacy.tokens import Doc

    vocab, places, spaces = _places(text, language)
    words = [(text if shown is None else shown)[start:end] for start, end in places]
    return Doc(vocab, words, spaces)


@lru_cache(maxsize=512)
def _places(text: str, language: str) -> tuple[Vocab, list[Place], list[bool]]:
    """Return where a text's tokens are, and whether a space follows each.

    Several people's are the same.
    """
    pipeline = blank(language if re.fullmatch("[a-z]{2,3}", language) else NEUTRAL)
    doc = pipeline.make_doc(RUN.sub(lambda run: run[1] + "x" * len(run[2]), text))
    places = [(token.idx, token.idx + len(token)) for token in doc]
    return pipeline.vocab, places, [bool(token.whitespace_) for token in doc]


@cache
def blank(language: str) -> Language:
    """Return spaCy's pipeline of a tokenizer alone, the general one where it knows no other."""
    import spacy

    try:
        return spacy.blank(language)
    except ImportError:
        return spacy.blank(NEUTRAL)
