"""What a hint is, and the kinds there are."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.model import Span

KINDS = {
    "loaded_word": "a word that takes sides, with words that do not",
    "marked_word": "a word that reviewers here marked in at least half of its places",
    "cue_stance": "a reporting verb that vouches for what is said, or keeps its distance",
    "hearsay": "words or a verb form by which the voice does not vouch for it",
    "hedge": "a word that makes a statement weaker",
    "booster": "a word that makes a statement stronger",
    "scare_quote": "a short quotation that nobody is said to have said",
    "number_without_source": "a figure in the outlet's own voice without a source",
    "sum_of_numbers": "a figure in the outlet's own voice that adds up attributed ones",
    "unit_change": "an attributed figure that the outlet repeats of something else",
    "unbalanced_quote": "a quotation mark without its partner",
    "labelled_otherwise": "the same words with other labels elsewhere in the project",
}
"""Kind → what it marks; any of them can be switched off."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A stretch of an article worth a second look, and why."""

    kind: str
    span: Span
    reason: str
    """One line for a reviewer, which says whose voice it is."""
    label: str | None = None
    """The label that the stretch is proposed for, a scheme may lack it; None where it informs."""
    claims: tuple[str, ...] = ()
    """The ids of the claims it is shown at, first the one in whose voice it stands."""

    @property
    def id(self) -> str:
        """A name that stays the same, within an article, as long as kind and place do."""
        return f"{self.kind}:{self.span[0]}-{self.span[1]}"
