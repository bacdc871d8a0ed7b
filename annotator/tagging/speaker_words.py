"""The words by which a language names speakers, read from its `*_speakers.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from annotator.model import SpeakerType

from .names import fold

NOUN_KINDS: tuple[SpeakerType, ...] = (
    "person", "organisation", "outlet", "document", "anonymous",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """What `entities` and `speakers` need to know of a language."""

    nouns: dict[str, SpeakerType]
    """Head noun, folded (see `names.fold`) → the type of speaker it names."""
    generic: frozenset[str]
    """Head nouns that point back to a body named before ("the group")."""
    issued: frozenset[str]
    """Documents whose words are those of the body that spoke just before ("the statement")."""
    determiners: dict[str, str]
    """Determiner → what it says of the noun: "m", "f", "p" (plural) or ""."""
    definite: frozenset[str]
    """Determiners that may point back."""
    pronouns: dict[str, str]
    """Pronoun → "m", "f", "n" (for things alone) or "", with "p" added for plurals: "mp"."""
    titles: dict[str, str]
    """Title before a surname → "m", "f" or ""."""
    links: frozenset[str]
    """Prepositions and the like: a name after one belongs to what stands before it."""
    leads: frozenset[str]
    """Folded words that open a sentence and are no part of a name."""
    breaks: frozenset[str]
    """Words that cannot stand between a role and the name it belongs to."""
    epithets: frozenset[str]
    """Nouns that vary a person's name ("the striker")."""
    wider: dict[str, frozenset[str]]
    """Noun, folded → narrower ones it may stand for (« élu »: « maire », « député »)."""
    sexes: dict[str, str]
    """Noun, folded → "m" or "f", where its determiner does not tell (« l'homme »)."""
    bearers: dict[str, tuple[str, ...]]
    """Title without its full stop → folded roles of who bears it (« Me »: "avocat", "avocate")."""
    owned: frozenset[str]
    """Nouns for a part of a body, named after it ("direction")."""
    nobody: frozenset[str]
    """Pronouns that stand for nobody in particular ("on")."""
    possessives: dict[str, str]
    """Possessive determiner → what it says of the owner, as in `pronouns`."""
    of: str
    """How "noun of owner" is written, with {noun} and {owner}."""
    of_vowel: str
    """The same before a vowel."""
    conjunctions: frozenset[str]
    """Words that join two speakers ("and")."""
    demonym: str
    """Pattern for the end of capitalised nouns of origin that stand for people; may be empty."""
    unnamed: frozenset[str]
    """Words that say a source is not named ("anonymat")."""

    @property
    def neuter(self) -> bool:
        """Whether the language tells people from things by its pronouns."""
        return "n" in self.pronouns.values()

    def owned_by(self, noun: str, owner: str) -> str:
        """Return "noun of owner" in the language's words."""
        pattern = self.of_vowel if owner[:1].lower() in "aeiouyéèêâh" else self.of
        return pattern.format(noun=noun, owner=owner)

    def kind(self, word: str) -> SpeakerType | None:
        """Return the type of speaker a noun names, singular or plural; None if it names none."""
        lower = fold(word)
        if "-" in lower and lower not in self.nouns:
            lower = lower.partition("-")[0]
        for form in (
            lower,
            lower.removesuffix("s"),
            lower.removesuffix("x"),
            lower.removesuffix("es"),
        ):
            if form in self.nouns:
                return self.nouns[form]
        return None


@cache
def speaker_words(language: str) -> SpeakerWords:
    """Return the speaker words of a language; all empty where it has no such file."""
    source = files("annotator.tagging") / "lexicon" / f"{language}_speakers.toml"
    data: dict[str, Any] = {}
    if source.is_file():
        data = tomllib.loads(source.read_text(encoding="utf-8"))
    nouns: dict[str, SpeakerType] = {}
    for kind in reversed(NOUN_KINDS):
        nouns |= dict.fromkeys(map(fold, data.get(kind, ())), kind)
    return SpeakerWords(
        nouns=nouns,
        generic=frozenset(map(fold, data.get("generic", ()))),
        issued=frozenset(map(fold, data.get("issued", ()))),
        determiners=dict(data.get("determiners", {})),
        definite=frozenset(data.get("definite", ())),
        pronouns=dict(data.get("pronouns", {})),
        titles=dict(data.get("titles", {})),
        links=frozenset(data.get("links", ())),
        leads=frozenset(map(fold, (*data.get("leads", ()), *data.get("determiners", ())))),
        breaks=frozenset(data.get("breaks", ())),
        epithets=frozenset(map(fold, data.get("epithets", ()))),
        wider={fold(w): frozenset(map(fold, n)) for w, n in data.get("wider", {}).items()},
        sexes={fold(w): sex for sex, listed in data.get("sexes", {}).items() for w in listed},
        bearers={t: tuple(map(fold, roles)) for t, roles in data.get("bearers", {}).items()},
        owned=frozenset(map(fold, data.get("owned", ()))),
        nobody=frozenset(data.get("nobody", ())),
        possessives=dict(data.get("possessives", {})),
        of=str(data.get("of", "{noun}")),
        of_vowel=str(data.get("of_vowel", data.get("of", "{noun}"))),
        conjunctions=frozenset(data.get("conjunctions", ())),
        demonym=str(data.get("demonym", "")),
        unnamed=frozenset(data.get("unnamed", ())),
    )
