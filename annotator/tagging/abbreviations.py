"""Whether a full stop belongs to an abbreviation, an initial or a number, or ends a sentence."""

from __future__ import annotations

import re

from .wordlists import abbreviations, layout_words

WORD = re.compile(r"[^\W\d_]+")
INITIALS = re.compile(r"(?:[^\W\d_]{1,2}[.\-]{1,2})+[^\W\d_]{1,2}|[^\W\d_]")
NUMERAL = re.compile(r"\d|[IVXLC]+\b|[A-Z]\.")
LONGEST_WORD = 40
DASHES = frozenset("-–—―")
PARTICLES = frozenset({"le", "la", "les", "de", "du", "des", "d", "l", "von", "van"})
"""Words that open a sentence, but also the second half of a name ("J. Le Goff")."""


def word_before(text: str, at: int, start: int) -> str:
    """Return the word that ends at an offset, with the stops and hyphens inside it."""
    first = at
    while first > max(start, at - LONGEST_WORD) and (
        text[first - 1].isalnum() or text[first - 1] in ".-"
    ):
        first -= 1
    return text[first:at].lstrip(".-")


def ends_no_sentence(text: str, stop: int, following: int, start: int, language: str) -> bool:
    """Whether the full stop at `stop` is part of a word, given where the next word begins.

    `start` is where the sentence began, so that "1." there is known as a list number.
    """
    word = word_before(text, stop, start)
    if word in abbreviations(language, "firm"):
        return True
    if word in abbreviations(language, "numbered"):
        return bool(NUMERAL.match(text, following))
    if word.isdigit():
        return _is_ordinal(text, word, stop, following, start)
    if word in abbreviations(language, "loose") or INITIALS.fullmatch(word):
        return text[following] in DASHES or not _opens_sentence(text, following, language)
    return False


def known(word: str, language: str) -> bool:
    """Whether a word is an abbreviation of a language, of whatever strength."""
    return any(word in abbreviations(language, s) for s in ("firm", "loose", "numbered"))


def _is_ordinal(text: str, word: str, stop: int, following: int, start: int) -> bool:
    if len(word) > 2:
        return False
    if not any(letter.isalnum() for letter in text[start : stop - len(word)][-LONGEST_WORD:]):
        return True
    month = WORD.match(text, following)
    return bool(month and month[0][0].isupper() and month[0].lower() in _months())


def _months() -> frozenset[str]:
    return layout_words("dates", "months")


def _opens_sentence(text: str, at: int, language: str) -> bool:
    """Whether what follows an abbreviation opens a new sentence: a frequent first word does."""
    first = WORD.search(text, at, at + 3)
    if not first:
        return False
    word = WORD.match(text, first.start())
    if not word or word[0].lower() not in layout_words("starters", language):
        return False
    second = WORD.search(text, word.end(), word.end() + 3)
    is_name = word[0].lower() in PARTICLES and second and second[0][0].isupper()
    return not is_name and (len(word[0]) > 1 or text[word.end() : word.end() + 1] != ".")
