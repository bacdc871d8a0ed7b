"""Cuts the blocks of an article into segments: one sentence each."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence

from annotator.model import Segment, Span

from .abbreviations import ends_no_sentence, known, word_before
from .graphemes import cut, interior
from .layout import Block
from .marks import asides, closing_marks
from .normalise import EMOJI, LINK
from .wordlists import layout_words

STOP = re.compile(r"[.!?…]+(?:\s?[!?]+)*|[。！？｡؟।॥۔]+")
POST_STOP = re.compile(rf"{STOP.pattern}|(?:(?![\U0001f1e6-\U0001f1ff]){EMOJI})+")
"""In a post, emoji end a sentence too; flags do not, as they stand for a country's name."""
WIDE = frozenset("。！？｡")
"""Stops of scripts written without spaces between sentences."""
WORD = re.compile(r"[^\W\d_]+")
LETTER = re.compile(r"[^\W\d_]")
WORD_LETTER = re.compile(r"[^\W_]")
DASHES = frozenset("-–—―")
CONTINUERS = frozenset(",;:)]}%")
RELAYED = re.compile("と|.{0,6}[说說道称稱问問]")
"""How a Japanese or Chinese sentence goes on after a quotation."""
# What may follow a stop and still belongs to the sentence before it.
NOTE = re.compile(r"\[\d{1,3}\]")
ASIDE = re.compile(r"\s?\((?=[^\W\d_])([^()\n]{1,60})\)[.!?…]?")
PICTURES = re.compile(f"\\s*(?:{EMOJI})+")
ADDRESS = re.compile(rf"\s*{LINK}", re.IGNORECASE)
TAG = re.compile(r"\s*[#@]\w+")
OMISSION = re.compile(r"\[(?:…|\.\.\.)\]|\((?:…|\.\.\.)\)")
MOST_TRAILERS = 40
KICKER_WORDS = 4
"""A headline's first piece shorter than this is its kicker ("Live.") and is not cut off."""
LONGEST_KICKER = 100
"""So many characters are looked at to find the words of a beginning sentence."""


def segment(text: str, blocks: Sequence[Block], language: str) -> tuple[Segment, ...]:
    """Return the segments of an article: its blocks, all but bylines cut into sentences.

    They cover every non-space character in order, never overlap, cross no line break and never
    start or end inside a grapheme cluster. Those without a letter (a line of stars, a number) say
    nothing: they are `other`. `language` (ISO 639-1) chooses the abbreviations.
    """
    inside = interior(text)
    segments = []
    for block in blocks:
        start = block.start
        for position in _Cutter(text, block, language).cuts():
            gap = cut(text, inside, position)
            if gap and gap[0] > start:
                segments.append(_segment(text, start, gap[0], block))
                start = gap[1]
        segments.append(_segment(text, start, block.end, block))
    return tuple(segments)


def _segment(text: str, start: int, end: int, block: Block) -> Segment:
    silent = block.kind != "byline" and LETTER.search(text, start, end) is None
    return Segment(start, end, "other" if silent else block.kind)


class _Cutter:
    """Finds where the sentences of one block begin."""

    def __init__(self, text: str, block: Block, language: str) -> None:
        self.text = text
        self.block = block
        self.end = block.end
        self.language = language
        self.closing = closing_marks(text, block.start, block.end)

    def cuts(self) -> Iterator[int]:
        """Yield the offset of each sentence of the block but the first."""
        if self.block.kind == "byline":
            return
        held = deque(asides(self.text, self.block.start, self.end))
        sentence = position = self.block.start
        stops = POST_STOP if self.block.kind == "post" else STOP
        while stop := stops.search(self.text, position, self.end):
            while held and held[0][1] <= stop.start():
                held.popleft()
            if held and held[0][0] < stop.start():
                position = stop.end()
                found = self._omission(held[0], sentence)
            else:
                closed = self._closed(stop.end())
                position = self._trailed(closed)
                found = self._next(stop, closed, position, sentence)
            if found is not None:
                yield found
                sentence = found

    def _closed(self, at: int) -> int:
        """Return the offset after the quotation marks, brackets and notes that close a sentence."""
        while at < self.end:
            near = at + 1 if self.text[at].isspace() else at
            if near in self.closing:
                at = near + 1
            elif self.text[at] in ")]}" or self._single_closes(at):
                at += 1
            elif note := NOTE.match(self.text, at, self.end):
                at = note.end()
            else:
                break
        return at

    def _single_closes(self, at: int) -> bool:
        return self.text[at] in "'’" and not self.text[at + 1 : at + 2].isalnum()

    def _trailed(self, at: int) -> int:
        """Return the offset after emoji, links and asides that stay with the sentence before.

        Hashtags and handles stay too if nothing else follows: else they are words of the next.
        """
        kept = at
        for _ in range(MOST_TRAILERS):
            trailer = self._trailer(at)
            found = trailer or TAG.match(self.text, at, self.end)
            if not found:
                break
            if trailer and kept == at:
                kept = found.end()
            at = found.end()
        return at if at == self.end else kept

    def _trailer(self, at: int) -> re.Match[str] | None:
        aside = ASIDE.match(self.text, at, self.end)
        if aside and aside[1][0].islower():
            return aside
        return PICTURES.match(self.text, at, self.end) or ADDRESS.match(self.text, at, self.end)

    def _omission(self, aside: Span, sentence: int) -> int | None:
        """Return the start of a « […] » that stands between two sentences instead of a stop."""
        start, end = aside
        if not OMISSION.fullmatch(self.text, start, end) or not self._has_words(sentence, start):
            return None
        following = WORD.match(self.text, end + 1, self.end)
        starters = layout_words("starters", self.language)
        opens = following and following[0][0].isupper() and following[0].lower() in starters
        return start if opens else None

    def _next(self, stop: re.Match[str], closed: int, after: int, sentence: int) -> int | None:
        """Return where the sentence after a stop begins; None where the stop ends none."""
        at = after
        while at < self.end and self.text[at].isspace():
            at += 1
        if at == self.end or not self._has_words(sentence, stop.start()):
            return None
        glued = at == after
        opens = self._glued(stop, closed, at) if glued else self._spaced(stop, closed, at, sentence)
        return at if opens else None

    def _has_words(self, start: int, end: int) -> bool:
        """Whether a stretch is more than marks, in a headline or caption more than a kicker."""
        end = min(end, start + LONGEST_KICKER)
        if self.block.kind not in ("headline", "other"):
            return WORD_LETTER.search(self.text, start, end) is not None
        return len(self.text[start:end].split()) >= KICKER_WORDS

    def _glued(self, stop: re.Match[str], closed: int, at: int) -> bool:
        """Whether a sentence begins right after a stop, without a space."""
        if stop[0][-1] in WIDE:
            quoted = closed > stop.end()
            return self.text[at] not in CONTINUERS and not (
                quoted and RELAYED.match(self.text, at, self.end)
            )
        word = word_before(self.text, stop.start(), self.block.start)
        ahead = self.text[max(0, stop.start() - len(word) - 1)]
        if len(word) < 3 or not word.isalpha() or word.isupper() or ahead in "/@#_":
            return False
        first, second = self.text[at], self.text[at + 1 : at + 2]
        return first in "«“" or (first.isupper() and (second.islower() or second in " ’'"))

    def _spaced(self, stop: re.Match[str], closed: int, at: int, sentence: int) -> bool:
        """Whether a sentence begins at the first character after a stop and white space."""
        first = self.text[at]
        if first in CONTINUERS or at in self.closing:
            return False
        quoted = closed > stop.end()
        if self._first_letter(at).islower():
            return stop[0] == "." and not quoted and first not in DASHES and self._whole_word(stop)
        if stop[0] == "." and not quoted:
            return not ends_no_sentence(self.text, stop.start(), at, sentence, self.language)
        return not (quoted and stop[0][-1] in "!?" and self._reported(at))

    def _first_letter(self, at: int) -> str:
        """Return the first letter or digit of what follows, past marks, dashes and spaces."""
        for character in self.text[at : min(self.end, at + 6)]:
            if character.isalnum():
                return character
        return self.text[at]

    def _whole_word(self, stop: re.Match[str]) -> bool:
        """Whether a stop before a small letter ends a sentence: only after a plain long word."""
        word = word_before(self.text, stop.start(), self.block.start)
        return len(word) > 3 and word.isalpha() and not known(word, self.language)

    def _reported(self, at: int) -> bool:
        """Whether a name and a reporting verb follow: "Stop!" Ms. Roe said."""
        verbs = layout_words("reporting", self.language)
        words = self.text[at : min(self.end, at + 80)].split()[:6] if verbs else []
        for n, word in enumerate(words):
            if n and word.strip(",.:;").lower() in verbs:
                return True
            if not word[0].isupper() and words[0] not in ("The", "A", "An", "One"):
                return False
        return False
