"""Finds reporting verbs in an English sentence, with their auxiliaries and particles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.model import Span, merge_spans

from ..quotations import Quotation
from ..sentence import Sentence, Word
from .lexicon import Entry, lexicon

GROUP = ("aux", "auxpass", "neg", "advmod")


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb as it stands in a sentence."""

    entry: Entry
    verb: Word
    second: Word | None
    """The particle or preposition that belongs to it."""
    group: tuple[Word, ...]
    """The verb with its auxiliaries, inner adverbs and second word, in order."""
    passive: bool

    @property
    def spans(self) -> tuple[Span, ...]:
        """The cue's spans in the article."""
        return spans(self.group)

    def takes(self, frame: str) -> bool:
        """Tell whether the verb takes a frame."""
        return frame in self.entry.frames


def spans(words: Sequence[Word]) -> tuple[Span, ...]:
    """Return the spans of some words, one for each run of neighbours."""
    return merge_spans(
        (word.start, word.end if after is None or after.index > word.index + 1 else after.start)
        for word, after in zip(words, (*words[1:], None), strict=True)
    )


def cues(sentence: Sentence, quotations: Sequence[Quotation]) -> list[Cue]:
    """Return the reporting verbs of a sentence that stand outside its quotations."""
    found = []
    for word in sentence.words:
        entries = lexicon().verbs.get(word.lower)
        before = sentence.before(word)
        compound = before is not None and before.text == "-" and before.end == word.start
        if compound or quoted(word, quotations):
            continue
        if entries and word.pos in ("VERB", "AUX"):
            cue = _cue(sentence, word, entries)
            if cue is not None:
                found.append(cue)
    return found


def quoted(word: Word, quotations: Sequence[Quotation]) -> bool:
    """Tell whether a word stands inside a quotation."""
    return any(q.start <= word.start < q.end for q in quotations)


def _cue(sentence: Sentence, word: Word, entries: Sequence[Entry]) -> Cue | None:
    """Return the cue by the first entry whose second word is there."""
    for entry in entries:
        second = _second(sentence, word, entry.second) if entry.second else None
        if entry.second and second is None:
            continue
        group = _group(sentence, word) + ([second] if second is not None else [])
        passive = _passive(sentence, word)
        return Cue(entry, word, second, tuple(group), passive)
    return None


def _group(sentence: Sentence, word: Word) -> list[Word]:
    """Return a verb after the auxiliaries and adverbs that stand right before it."""
    own = {child.index for child in sentence.children(word, *GROUP)}
    group = [word]
    while group[0].index - 1 in own:
        group.insert(0, sentence.words[group[0].index - 1])
    return group


def _passive(sentence: Sentence, word: Word) -> bool:
    """Tell whether a verb is passive; a "'s" before one with an object is "has", not "is"."""
    aux = sentence.children(word, "auxpass")
    if not aux:
        bare = word.tag == "VBN" and word.dep in ("acl", "advcl", "amod")
        return bare and not sentence.children(word, "aux", "ccomp")
    object_like = sentence.children(word, "dobj", "xcomp", "ccomp", "prep")
    has = aux[-1].lower == "'s" and object_like and not sentence.children(word, "agent")
    return not has


def _second(sentence: Sentence, word: Word, second: str) -> Word | None:
    """Return the particle or preposition that belongs to a verb, None if it is not there.

    Of several ("weigh in on") the last one counts.
    """
    last = second.split()[-1]
    for child in sentence.children(word, "prt", "prep", "advmod"):
        if child.lower == last and child.index > word.index:
            return child
    return None
