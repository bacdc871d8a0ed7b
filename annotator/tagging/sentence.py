"""What the rules of a language read: the words of one sentence and the tree over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.model import SegmentKind, Span


@dataclass(frozen=True, slots=True)
class Word:
    """One token; `start` and `end` are offsets into the article's text."""

    index: int
    """Its place in `Sentence.words`."""
    start: int
    end: int
    text: str
    """As the parser saw it: normalised (’ is '), so not always the article's own characters."""
    lower: str
    pos: str
    """Universal part of speech ("VERB")."""
    tag: str
    """The model's own fine part of speech ("VBD"); empty where the model has none."""
    dep: str
    """Relation to the head ("nsubj")."""
    head: int
    """Index of the head; the root is its own head."""
    morph: str
    """Universal features ("Gender=Fem|Number=Sing")."""

    def has(self, feature: str) -> bool:
        """Tell whether the word has a universal feature such as "Number=Plur"."""
        return feature in self.morph.split("|")


@dataclass(slots=True)
class Sentence:
    """The words of one segment, in order, with the tree over them."""

    words: list[Word]
    start: int
    end: int
    """The segment's offsets in the article, without a lead such as "18h05 –"."""
    kind: SegmentKind
    text: str
    """The article's whole normalised text, so that every offset works on it."""
    _children: list[list[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._children = [[] for _ in self.words]
        for word in self.words:
            if word.head != word.index:
                self._children[word.head].append(word.index)

    def children(self, word: Word, *deps: str) -> list[Word]:
        """Return a word's dependents in text order, all or those with one of the relations."""
        found = [self.words[i] for i in self._children[word.index]]
        return [child for child in found if child.dep in deps] if deps else found

    def head(self, word: Word) -> Word | None:
        """Return the word's head, None for a root."""
        return None if word.head == word.index else self.words[word.head]

    def ancestors(self, word: Word) -> Iterator[Word]:
        """Yield the head, the head's head and so on up to the root."""
        while (head := self.head(word)) is not None:
            yield head
            word = head

    def subtree(self, word: Word) -> list[Word]:
        """Return the word and all below it, in text order."""
        found, todo = set(), [word.index]
        while todo:
            index = todo.pop()
            found.add(index)
            todo += self._children[index]
        return [self.words[i] for i in sorted(found)]

    def before(self, word: Word, steps: int = 1) -> Word | None:
        """Return the word so many places before, None outside the sentence."""
        at = word.index - steps
        return self.words[at] if 0 <= at < len(self.words) else None

    def after(self, word: Word, steps: int = 1) -> Word | None:
        """Return the word so many places after, None outside the sentence."""
        return self.before(word, -steps)

    def within(self, start: int, end: int) -> list[Word]:
        """Return the words that lie wholly between two offsets."""
        return [word for word in self.words if start <= word.start and word.end <= end]


def cover(words: list[Word]) -> Span:
    """Return the span from the first to the last of some words."""
    return min(word.start for word in words), max(word.end for word in words)
