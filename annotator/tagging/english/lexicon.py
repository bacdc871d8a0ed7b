"""The English lexicon of reporting, read from `lexicon/en.toml` and inflected."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from .inflection import third, verb_forms


@dataclass(frozen=True, slots=True)
class Entry:
    """A reporting verb and the complements it takes."""

    verb: str
    """Its base form."""
    second: str
    """The particle or preposition that must stand with it, empty where there is none."""
    frames: frozenset[str]
    """The frames of the lexicon's opening comment."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words by which English reports speech; see the file for what each list means."""

    verbs: dict[str, tuple[Entry, ...]]
    """Lower-case form → the verbs it may be, those with a second word first."""
    nouns: dict[str, frozenset[str]]
    """Singular and plural of the nouns that report → what they take."""
    adjectives: dict[str, frozenset[str]]
    """Adjectives that report an attitude → what they take."""
    documents: frozenset[str]
    """Singular and plural of the nouns for what somebody writes or publishes."""
    views: frozenset[str]
    """Nouns of phrases such as "in her view"."""
    hearsay: frozenset[str]
    """Adverbs that say that a clause is hearsay ("allegedly")."""
    rumours: frozenset[str]
    """Singular and plural of the nouns that report though nobody is named ("rumour")."""
    polls: frozenset[str]
    """Nouns of phrases such as "in a poll"."""
    gate: frozenset[str]
    """All lower-case words that may report; a sentence without any needs no parse."""


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read and inflected once."""
    source = files("annotator.tagging") / "lexicon" / "en.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    verbs = _verbs(data)
    nouns = {f: taken for n, taken in _frames(data, "nouns").items() for f in (n, third(n))}
    adjectives = _frames(data, "adjectives")
    views, polls = (_both(data["phrases"][name]) for name in ("views", "polls"))
    hearsay = frozenset(data["phrases"]["hearsay"])
    return Lexicon(
        verbs=verbs,
        nouns=nouns,
        adjectives=adjectives,
        documents=_both(data["documents"]["nouns"]),
        views=views,
        hearsay=hearsay,
        rumours=_both(data["nouns"]["rumour"]["nouns"]),
        polls=polls,
        gate=frozenset({*verbs, *nouns, *adjectives, *views, *polls, *hearsay, "according"}),
    )


def _frames(data: dict[str, Any], kind: str) -> dict[str, frozenset[str]]:
    """Return the words of one kind with the frames of all the classes they stand in."""
    frames: dict[str, frozenset[str]] = {}
    for group in data[kind].values():
        for word in group[kind]:
            frames[word] = frames.get(word, frozenset()) | frozenset(group["frames"])
    return frames


def _verbs(data: dict[str, Any]) -> dict[str, tuple[Entry, ...]]:
    """Return the verbs by their forms, those with a second word first."""
    found: dict[str, tuple[Entry, ...]] = {}
    for verb, frames in sorted(_frames(data, "verbs").items(), key=lambda item: " " not in item[0]):
        base, _, second = verb.partition(" ")
        for form in verb_forms(base, data["forms"]["irregular"], data["forms"]["doubled"]):
            found[form] = (*found.get(form, ()), Entry(base, second, frames))
    return found


def _both(nouns: list[str]) -> frozenset[str]:
    """Return the singular and plural of some nouns."""
    return frozenset(form for noun in nouns for form in (noun, third(noun)))
