"""Finds listed words and phrases in a text: one look-up per word, whatever the list's length."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model import Span

WORD = re.compile(r"[^\W\d_][\w\u0300-\u036f]*")
"""A word: an apostrophe or a hyphen ends it, combining accents belong to it."""
HYPHENS = frozenset("-\u2010\u2011")
JOINTS = HYPHENS | frozenset(" \u00a0\u202f\n'’")
"""What may stand, once, between two words of a phrase."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list says about one of its words."""

    word: str
    group: str = ""
    instead: tuple[str, ...] = ()
    """Words that say the same without taking a side."""
    note: str = ""
    forms: tuple[str, ...] = ()
    """Irregular forms."""
    verb: bool = False
    label: str | None = None
    """The label it is proposed for."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """An entry ready to be found: for each of its words the forms it may take, folded."""

    kind: str
    parts: tuple[frozenset[str], ...]
    entry: Entry


@dataclass(slots=True)
class Node:
    """A word of one or more phrases, reached by the words before it."""

    phrase: Phrase | None = None
    """The phrase that ends here."""
    after: dict[str, Node] = field(default_factory=dict)
    """The forms of the next word of longer phrases."""


Phrases = Mapping[str, Node]
"""The forms of first words → what they open."""


def tree(phrases: Iterable[Phrase]) -> dict[str, Node]:
    """Return phrases ready to be found; of two with the same words the first counts."""
    root: dict[str, Node] = {}
    for phrase in phrases:
        _plant(root, phrase.parts, phrase)
    return root


def _plant(level: dict[str, Node], parts: Sequence[frozenset[str]], phrase: Phrase) -> None:
    for form in parts[0]:
        node = level.setdefault(form, Node())
        if len(parts) > 1:
            _plant(node.after, parts[1:], phrase)
        elif node.phrase is None:
            node.phrase = phrase


def fold(word: str) -> str:
    """Return a word as lists are looked up: composed and in lower case."""
    return unicodedata.normalize("NFC", word).lower()


def folder(text: str) -> Callable[[str], str]:
    """Return the cheapest function that folds the words of this text."""
    return str.lower if unicodedata.is_normalized("NFC", text) else fold


def split(phrase: str) -> list[str]:
    """Return the words of a phrase, folded; those that a hyphen joins on keep it ("would", "-be").

    Such a word must have its hyphen in a text too; any other joint may be any of `JOINTS`.
    """
    found: list[str] = []
    for match in WORD.finditer(phrase):
        joined = found and phrase[match.start() - 1] in HYPHENS
        found.append(f"{'-' if joined else ''}{fold(match[0])}")
    return found


def find(
    text: str, phrases: Phrases, start: int = 0, end: int | None = None
) -> Iterator[tuple[Phrase, Span]]:
    """Yield the listed phrases of a stretch of text in order; the longest wins, none overlap."""
    limit = len(text) if end is None else end
    lower = folder(text[start:limit])
    passed = start
    for match in WORD.finditer(text, start, limit):
        node = phrases.get(lower(match[0]))
        if node is None or match.start() < passed:
            continue
        found = _longest(text, node, match.end(), limit, lower)
        if found:
            phrase, passed = found
            yield phrase, (match.start(), passed)


def _longest(
    text: str, node: Node, at: int, limit: int, lower: Callable[[str], str]
) -> tuple[Phrase, int] | None:
    """Return the longest phrase from a node on and where it ends; the node's word ends at `at`."""
    best = (node.phrase, at) if node.phrase else None
    while node.after and at < limit and text[at] in JOINTS:
        word = WORD.match(text, at + 1, limit)
        following = _next(node, text[at], lower(word[0])) if word else None
        if word is None or following is None:
            break
        node, at = following, word.end()
        best = (node.phrase, at) if node.phrase else best
    return best


def _next(node: Node, joint: str, form: str) -> Node | None:
    hyphened = node.after.get(f"-{form}") if joint in HYPHENS else None
    return hyphened or node.after.get(form)
