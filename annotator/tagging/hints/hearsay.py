"""The French conditional of hearsay: « trois ponts auraient été détruits », say unnamed people."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from annotator.model import Span

from .words import WORD, folder

ENDING = re.compile(r"rai(?:en)?t(?!\w)", re.IGNORECASE)
# Imperfects end like conditionals too (« préparait », « montrait »). These letters before the
# ending make a conditional, but for a list of lookalikes.
CONDITIONAL = re.compile(r"\w*(?:[eidtrv]|au|clu)rai(?:en)?t")
AUXILIARIES = frozenset(("aurait", "auraient", "serait", "seraient"))
PARTICIPLE = re.compile(r"\w+(?:é|i|u|is|it|us|ert|ort|int)e?s?")
LONGEST_WORD = 40
WORDS_BETWEEN = 3
"""How far from its auxiliary a participle is looked for (« aurait, selon elle, vu »)."""


def conditionals(text: str, no_hearsay: Collection[str]) -> Iterator[tuple[Span, bool]]:
    """Yield the verbs in the conditional, and whether a past participle goes with each.

    `no_hearsay` lists third persons singular that are none: lookalikes (« montrait »), and modal
    verbs (« devrait »), which say what ought to be.
    """
    lower = folder(text)
    for ending in ENDING.finditer(text):
        start = _word_start(text, ending.start())
        word = lower(text[start : ending.end()])
        singular = word.removesuffix("ent") + "t" if word.endswith("ent") else word
        if singular not in no_hearsay and CONDITIONAL.fullmatch(word):
            compound = word in AUXILIARIES and _participle_follows(text, ending.end())
            yield (start, ending.end()), compound


def _word_start(text: str, end: int) -> int:
    start = end
    while start > max(0, end - LONGEST_WORD) and text[start - 1].isalpha():
        start -= 1
    return start


def _participle_follows(text: str, at: int) -> bool:
    words = WORD.finditer(text, at, at + WORDS_BETWEEN * LONGEST_WORD)
    return any(PARTICIPLE.fullmatch(word[0]) for word in islice(words, WORDS_BETWEEN))
