"""The forms of an English verb or noun, made from its base form."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

VOWELS = "aeiou"


def verb_forms(
    verb: str, irregular: Mapping[str, Sequence[str]], doubled: Collection[str]
) -> set[str]:
    """Return all forms of a verb: base, third person, past, participles.

    `irregular` gives the past and its participle of verbs that do not just add -ed; `doubled`
    names the longer verbs that double their last letter ("admit").
    """
    stem = verb + verb[-1] if verb in doubled or _doubles(verb) else verb
    silent = verb.endswith("e") and not verb.endswith(("ee", "ye", "oe"))
    ing = (verb[:-1] if silent else stem) + "ing"
    past = irregular.get(verb) or [_past(verb, stem)]
    return {verb, third(verb), ing, *past}


def third(word: str) -> str:
    """Return a word with the -s of the third person or of the plural."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _past(verb: str, stem: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return verb[:-1] + "ied"
    return stem + "ed"


def _doubles(verb: str) -> bool:
    """Tell whether a verb is one syllable that ends in one vowel and one consonant ("quip")."""
    core = verb[2:] if verb.startswith("qu") else verb
    return (
        sum(letter in VOWELS for letter in core) == 1
        and len(core) > 1
        and core[-1] not in VOWELS + "wxyh"
        and core[-2] in VOWELS
    )
