"""How far the content of an English report reaches, once its words are known."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model import Span

from ..sentence import Sentence, Word
from .lexicon import lexicon
from .sources import detached

Content = tuple[Span, ...]
ASIDES = (",", "--", "—", "–")


def clause(sentence: Sentence, words: Sequence[Word]) -> Content | None:
    """Return the span of a complement, an aside ("…, who lives here") at its end left out."""
    last = next((w.index for w in reversed(words) if w.dep != "punct"), None)
    for word in words:
        if word.dep != "relcl":
            continue
        below = sentence.subtree(word)
        before = sentence.before(below[0])
        ends = last == max((w.index for w in below if w.dep != "punct"), default=None)
        if ends and before is not None and before.text in ASIDES:
            return stretch([w for w in words if w.index < before.index])
    return stretch(words)


def stretch(words: Sequence[Word]) -> Content | None:
    """Return the span of some words without the "that" and the marks at their edges."""
    inner = list(words)
    while inner and (
        inner[0].dep == "punct" or (inner[0].lower == "that" and inner[0].dep == "mark")
    ):
        inner.pop(0)
    while inner and inner[-1].dep == "punct" and not _closes(inner):
        inner.pop()
    return ((inner[0].start, inner[-1].end),) if inner else None


def _closes(words: Sequence[Word]) -> bool:
    """Whether the last of some words is the bracket that closes one among them."""
    texts = [w.text for w in words]
    return texts[-1] == ")" and texts.count("(") == texts.count(")")


def around(words: Sequence[Word], inner: Sequence[Word]) -> Content | None:
    """Return the spans of the words before and after others that are set into them."""
    first = stretch([w for w in words if w.index < inner[0].index])
    last = stretch(_until_participle([w for w in words if w.index > inner[-1].index]))
    return (first or ()) + (last or ()) or None


def _until_participle(words: Sequence[Word]) -> Sequence[Word]:
    """Cut the words after "he said" before a participle that reports ("adding that")."""
    for number, word in enumerate(words):
        if word.tag == "VBG" and word.dep == "advcl" and word.lower in lexicon().verbs:
            return words[:number]
    return words


def between(sentence: Sentence, first: Word, last: Word) -> list[Word]:
    """Return the words from the beginning of one phrase to the end of another."""
    start = sentence.subtree(first)[0].index
    end = sentence.subtree(last)[-1].index
    return sentence.words[start : end + 1]


def adjacent(sentence: Sentence, first: Word, last: Word) -> bool:
    """Tell whether one phrase begins right where another ends."""
    return sentence.subtree(first)[-1].index + 1 == sentence.subtree(last)[0].index


def until_next_cue(sentence: Sentence, words: Sequence[Word]) -> Sequence[Word]:
    """Cut a complement before a later reporting verb that is not part of it."""
    for word in words[1:]:
        if detached(sentence, word) is not None:
            start = sentence.subtree(word)[0].index
            before = [w for w in words if w.index < start]
            while before and before[-1].dep in ("cc", "punct"):
                before.pop()
            return before
    return words
