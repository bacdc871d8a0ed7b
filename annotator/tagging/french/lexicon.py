"""The French lexicon of reporting, read from `lexicon/fr.toml` and conjugated."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from .conjugation import FormKind, forms


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of one reporting verb."""

    verb: str
    """The infinitive, with « se » where it must be reflexive."""
    frames: frozenset[str]
    kind: FormKind
    reflexive: bool
    clitic: str = ""
    """A clitic that must stand before it (« y voir »)."""
    tail: str = ""
    """The infinitive that follows (« fait savoir »: "savoir")."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words by which French reports speech; see the file for what each list means."""

    verbs: dict[str, tuple[Entry, ...]]
    """Lower-case form → the verbs it may be."""
    words: frozenset[str]
    """Every form and preposition that may report."""
    gate: re.Pattern[str]
    """Finds the phrases of more than one word that may report."""
    light: frozenset[str]
    """Finite forms and participles of verbs that lend their infinitive the act of speaking."""
    data: dict[str, Any]
    """The file's other lists."""


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read and conjugated once."""
    source = files("annotator.tagging") / "lexicon" / "fr.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    frames: dict[str, set[str]] = {}
    for group in data["verbs"].values():
        for verb in group["verbs"]:
            frames.setdefault(verb, set()).update(group["frames"])
    verbs: dict[str, list[Entry]] = {}
    for verb, taken in frames.items():
        for form, entry in _entries(verb, frozenset(taken)):
            verbs.setdefault(form, []).append(entry)
    for verb in data["phrases"]["verbs"]:
        for form, kind in forms(verb).items():
            entry = Entry(verb, frozenset(("phrase",)), kind, False)
            verbs.setdefault(form, []).append(entry)
    single, gate = _gate(verbs, data)
    light = set(data["light"]["forms"])
    for verb in data["light"]["verbs"]:
        bare = re.sub(r"^(?:se |s')", "", verb)
        light |= {form for form, kind in forms(bare).items() if kind != "infinitive"}
    known = {form: tuple(entries) for form, entries in verbs.items()}
    return Lexicon(known, single, gate, frozenset(light), data)


def _entries(verb: str, frames: frozenset[str]) -> list[tuple[str, Entry]]:
    """Return the forms of a verb as written in the lexicon: « se dire », « faire savoir »."""
    found = re.fullmatch(r"(?:(y|en) )?(se |s')?(.+)", verb)
    clitic, reflexive, rest = found.groups("") if found else ("", "", verb)
    head, _, tail = rest.partition(" ")
    return [
        (form, Entry(verb, frames, kind, bool(reflexive), clitic, tail))
        for form, kind in forms(head).items()
        # Nobody else speaks in the first and second person plural, and an imperative tells nothing.
        if kind != "finite" or not form.endswith(("ons", "ez", "ites"))
    ]


def _gate(
    verbs: dict[str, list[Entry]], data: dict[str, Any]
) -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the words and phrases one of which a sentence must hold to be worth parsing."""
    phrases = [*data["prepositions"]["strict"], *data["prepositions"]["loose"]]
    phrases += data["prepositions"]["of"]
    phrases += data["hearsay"]["phrases"]
    phrases += data["verbless"]["nouns"]
    phrases += ["de source", "de sources"]
    # Words are cut at hyphens when looked up (« sous-entend », « dit-il »).
    single = {form.split("-")[-1] for form in verbs}
    single |= {*(phrase for phrase in phrases if re.fullmatch(r"\w+", phrase))}
    patterns = [*map(re.escape, set(phrases) - single), *data["hearsay"]["clauses"]]
    patterns += [own.replace("(?<!\\w)", "") for own in data["prepositions"]["own"]]
    gate = re.compile(r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)", re.IGNORECASE)
    return frozenset(single), gate
