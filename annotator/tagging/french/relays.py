"""Finds who only passes a source's words on in a French sentence."""

from __future__ import annotations

from annotator.model import Span

from ..sentence import Sentence, Word
from .cues import AVOIR
from .mentions import NOMINAL, mention
from .sources import by_position, subject

CITED = frozenset("cité citée cités citées relayé relayée relayés relayées".split())
CITING = frozenset("cite citent citant citait citaient cita".split())


def relayer(sentence: Sentence, source: Span) -> Span | None:
    """Return who only passes a source's words on.

    « une source citée par X a dit », « X a cité une source qui a dit », « selon X citant Y ».
    """
    for word in sentence.words:
        if word.lower not in CITED and word.lower not in CITING:
            continue
        behind = word.start >= source[1]
        if behind and word.lower in CITED and _only_commas(sentence, source[1], word.start):
            return _cited_by(sentence, word)
        if not behind and word.lower in CITED | CITING and _cites(sentence, word, source):
            first = sentence.words[word.index - 1] if word.index else word
            begin = first if first.lower in AVOIR else word
            return by_position(sentence, begin) or subject(sentence, word, begin)
    return None


def _only_commas(sentence: Sentence, start: int, end: int) -> bool:
    return not any(c.isalnum() for c in sentence.text[start:end])


def _cited_by(sentence: Sentence, word: Word) -> Span | None:
    following = sentence.after(word)
    if following is None or following.lower != "par":
        return None
    head = next(
        (w for w in sentence.words[following.index + 1 :][:4] if w.pos in NOMINAL), None
    )  # fmt: skip
    return mention(sentence, head, start=following.end) if head is not None else None


def _cites(sentence: Sentence, word: Word, source: Span) -> bool:
    """Tell whether a form of « citer » has the source as its object."""
    active = word.lower in CITING or any(
        w.lower in AVOIR for w in sentence.words[max(0, word.index - 3) : word.index]
    )
    return active and _only_commas(sentence, word.end, source[0])
