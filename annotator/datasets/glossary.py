"""What labels of other tools mean here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from annotator.errors import UsageError
from annotator.scheme import Scheme

ROLES = ("content", "cue", "source", "claim")
NOTHING = "-"
PREFIXES = ("words: ", "words_", "label_")
"""What our own exports put before a label."""


class Meaning(NamedTuple):
    """What a label says."""

    role: str | None = None
    """"content", "cue", "source" or "claim"."""
    label: str | None = None
    """Id of a label of the scheme. Neither: the mark is left out."""


class Glossary:
    """The labels of other tools that are known: those of our own names, and those explained."""

    def __init__(self, scheme: Scheme, explained: Mapping[str, str]) -> None:
        """Take foreign label → one of ours, a role or "-"; UsageError for none of these."""
        self._labels = {label.id.casefold(): label.id for label in scheme.labels}
        self._labels |= {label.name.casefold(): label.id for label in scheme.labels}
        self._explained = {}
        for foreign, ours in explained.items():
            meaning = Meaning() if ours == NOTHING else self._ours(ours)
            if meaning is None:
                known = ", ".join((*ROLES, *sorted(set(self._labels.values())), NOTHING))
                raise UsageError(f"{foreign} cannot be {ours!r}; known: {known}")
            self._explained[foreign] = meaning

    def meaning(self, foreign: str) -> Meaning | None:
        """Return what a label means, None where nobody knows."""
        return self._explained.get(foreign) or self._ours(foreign)

    def role(self, foreign: str) -> str | None:
        """Return the role that a label gives a mark, None for a label of the scheme or nothing."""
        meaning = self.meaning(foreign)
        return meaning.role if meaning else None

    def _ours(self, name: str) -> Meaning | None:
        plain = name.casefold()
        if plain in ROLES:
            return Meaning(role=plain)
        for prefix in PREFIXES:
            plain = plain.removeprefix(prefix)
        return Meaning(label=self._labels[plain]) if plain in self._labels else None
