"""Words as search sees them: without case, accents, ligatures and marks between the letters.

The full-text index is given nothing but such words with spaces between them, and the words of a
query are made in the same way, so that the two agree whatever the version of SQLite or Unicode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from annotator.model import Span, digest, merge_spans
from annotator.store.catalogue import fold_text

WORD = re.compile(r"[^\W_]+")
# A phrase in quotation marks, the last of which may be still to come, or a run of other characters.
CHUNK = re.compile(r'"(?P<phrase>[^"]*)(?P<closed>"?)|\S+')

LEAST_PREFIX = 3
"""A last word of fewer letters stands for itself only: too much begins with them."""

LEAST_WORDING = 3
"""Texts of fewer words than this are not worth comparing."""

# What stands invisibly within a word does not end it.
INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), "")


class _Folds(dict[int, str]):
    """Character → what search makes of it, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        # Twice, because taking a sign apart may give capitals again: ™ becomes TM.
        folded = self[code] = fold_text(fold_text(chr(code)))
        return folded


_FOLDS = _Folds(INVISIBLE)


class Query(NamedTuple):
    """What is searched for."""

    phrases: tuple[tuple[str, ...], ...]
    """All of them must be there, the words of each next to each other."""
    prefix: bool
    """Whether the last word may go on."""

    @property
    def match(self) -> str:
        """The query in the language of FTS5; its words have no signs with a meaning there."""
        phrases = " ".join(f'"{" ".join(phrase)}"' for phrase in self.phrases)
        return phrases + "*" * self.prefix


def fold(text: str) -> str:
    """Return a text for searching, in which only letters and digits matter."""
    return text.translate(_FOLDS)


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return WORD.findall(fold(text))


def parse_query(text: str) -> Query:
    """Read what somebody typed; nothing in it is wrong, and without a word it finds nothing.

    Words between double quotation marks, or joined as in « l'État », must follow on each other.
    """
    phrases: list[tuple[str, ...]] = []
    open_ended = False
    for chunk in CHUNK.finditer(text):
        found = tuple(words(chunk["phrase"] or chunk[0]))
        if found:
            phrases.append(found)
            open_ended = not chunk["closed"]
    prefix = open_ended and len(phrases[-1][-1]) >= LEAST_PREFIX
    return Query(tuple(phrases), prefix)


def hits(text: str, query: Query) -> tuple[Span, ...]:
    """Return where the phrases of a query stand in a text, in order, what touches joined."""
    return merge_spans(span for spans in _each(text, query) for span in spans)


def hits_of_all(text: str, query: Query) -> tuple[Span, ...]:
    """Return where the phrases of a query stand in a text that has all of them, else nothing."""
    each = _each(text, query)
    return merge_spans(span for spans in each for span in spans) if all(each) else ()


def wording(text: str) -> int | None:
    """Return a number that texts of the same words share; None for a text of very few words."""
    found = words(text)
    if len(found) < LEAST_WORDING:
        return None
    return int(digest(" ".join(found))[:12], 16)


def _each(text: str, query: Query) -> list[list[Span]]:
    """Return where in a text each phrase of a query stands."""
    placed = list(_placed(text)) if query.phrases else []
    found = []
    for number, phrase in enumerate(query.phrases, 1):
        prefix = query.prefix and number == len(query.phrases)
        places = range(len(placed) - len(phrase) + 1)
        found.append(
            [
                (placed[at][1], placed[at + len(phrase) - 1][2])
                for at in places
                if _stands(placed, at, phrase, prefix)
            ]
        )
    return found


def _stands(
    placed: list[tuple[str, int, int]], at: int, phrase: tuple[str, ...], prefix: bool
) -> bool:
    *whole, last = phrase
    here = [word for word, _, _ in islice(placed, at, at + len(phrase))]
    return here[:-1] == whole and (here[-1].startswith(last) if prefix else here[-1] == last)


def _placed(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of a text with where it stands in it."""
    folds = [_FOLDS[ord(char)] for char in text]
    origin = [place for place, fold in enumerate(folds) for _ in fold]
    for word in WORD.finditer("".join(folds)):
        end = origin[word.end() - 1] + 1
        # Marks on the last letter belong to it.
        while end < len(text) and not folds[end]:
            end += 1
        yield word[0], origin[word.start()], end
