"""Texts as tokens of spaCy's tokenizers.

spaCy is imported by the functions that need it, as in all of this room.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: the places where they are."""

    starts: list[int]
    ends: list[int]
    spaces: list[bool]
    """Whether a space follows."""
    vocab: Vocab

    def words(self, text: str) -> list[str]:
        """Return the tokens of the text, or of what masks it."""
        return [text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]

    def doc(self, text: str) -> Doc:
        """Return the text, or what masks it, as a document of spaCy's."""
        from spacy.tokens import Doc

        return Doc(self.vocab, self.words(text), self.spaces)

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


@lru_cache(maxsize=512)
def tokenized(text: str, language: str) -> Tokens:
    """Return the tokens of a text by spaCy's tokenizer for a language.

    The general one serves languages that spaCy does not know or needs other packages for. A run
    of hundreds of characters without a space is taken apart at its beginning only.
    """
    tokenizer = pipeline(language)
    doc = tokenizer.make_doc(RUN.sub(lambda run: run[1] + "x" * len(run[2]), text))
    starts = [token.idx for token in doc]
    ends = [token.idx + len(token) for token in doc]
    return Tokens(starts, ends, [bool(token.whitespace_) for token in doc], tokenizer.vocab)


@cache
def pipeline(language: str) -> Language:
    """Return spaCy's pipeline of a tokenizer alone, the general one where it knows no other."""
    import spacy

    try:
        return spacy.blank(language if re.fullmatch("[a-z]{2,3}", language) else NEUTRAL)
    except ImportError:
        return spacy.blank(NEUTRAL)
