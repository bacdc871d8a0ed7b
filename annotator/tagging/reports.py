"""The meeting point of the shared engine and a language: acts of reporting, and who finds them.

A language is one module that offers `rules() -> Rules`, made once and kept. The engine (`tagger`,
`attribution`) does what is the same everywhere: it finds the quotations, asks `may_report` which
sentences to parse, calls `reports` on each parsed sentence, widens contents that reach into a
quotation to that quotation's end (in later sentences too), decides between direct, indirect and
mixed, drops duplicates and scare quotes, gives quotations without a cue their speaker, and
resolves speakers with the words of `lexicon/*_speakers.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from annotator.model import Span

from .quotations import Quotation
from .sentence import Sentence


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody says something, as one sentence tells it; all offsets count in the article."""

    content: tuple[Span, ...]
    """The complement ("that" left out), or `Quotation.content` of the quotation that is taken.
    Two spans where an incise cuts it. Marks at the edges do not matter."""
    cue: tuple[Span, ...]
    """The reporting words with auxiliaries and inner adverbs."""
    source: tuple[Span, ...]
    """The mention next to the cue, a noun phrase or a pronoun; empty where there is none."""
    rule: str
    """How it was found, in words a reviewer understands ("quotation + verb after it")."""
    onward: bool = False
    """Whether the content is what follows the sentence: list items after its colon."""
    via: Span | None = None
    """The mention of somebody who only relays ("a source cited by [Radio Vague]")."""


class Rules(Protocol):
    """What a language module offers."""

    language: str
    joins: bool
    """Whether a quotation without a cue that follows another in its paragraph goes on with it."""

    def may_report(self, text: str) -> bool:
        """Tell cheaply, without a parse, whether a normalised sentence may hold a cue."""
        ...

    def reports(self, sentence: Sentence, quotations: Sequence[Quotation]) -> list[Report]:
        """Return the reports of one sentence; quotations are those that touch it, in order.

        A quotation may begin in an earlier sentence or end in a later one, and the nested ones
        follow the one that holds them (`Quotation.depth`).
        """
        ...
