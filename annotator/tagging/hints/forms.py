"""The forms in which a listed word may stand in a text, by simple rules for French and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.tagging.english.inflection import third, verb_forms
from annotator.tagging.french.conjugation import forms as conjugated

# Where a French feminine can be told from the ending alone; other feminines are listed.
FEMININES = {
    "eux": "euse", "if": "ive", "ien": "ienne", "el": "elle", "er": "ère",
    "é": "ée", "ant": "ante", "al": "ale", "ard": "arde", "ais": "aise", "ois": "oise",
    "in": "ine", "ain": "aine", "ique": "ique",
}  # fmt: skip


def word_forms(word: str, language: str) -> frozenset[str]:
    """Return a noun or adjective with its plural and, in French, its regular feminine.

    Words of other languages stand as they are.
    """
    if language == "fr":
        both = {word, _feminine(word)}
        return frozenset(both | {_plural(one) for one in both})
    if language == "en":
        return frozenset((word, third(word)))
    return frozenset((word,))


def forms_of_verb(
    verb: str, language: str, irregular: Mapping[str, Sequence[str]]
) -> frozenset[str]:
    """Return the forms of a verb; `irregular` adds those that the rules do not give."""
    if language == "fr":
        return frozenset((*conjugated(verb), *irregular.get(verb, ())))
    if language == "en":
        return frozenset(verb_forms(verb, irregular, ()))
    return frozenset((verb, *irregular.get(verb, ())))


def _feminine(word: str) -> str:
    for length in (4, 3, 2, 1):
        if (ending := FEMININES.get(word[-length:])) is not None:
            return word[:-length] + ending
    return word


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return word[:-2] + "aux"
    return word + ("x" if word.endswith(("eau", "eu")) else "s")
