"""An attribution on its way: everything but the resolved speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from annotator.model import AttributionKind, Span

Form = Literal["report", "continuation", "post", "answer", "headline"]
"""What an attribution is: told by a report, a quotation that goes on without a cue, an embedded
post signed by its source, an answer in an interview, or a headline's quotation."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution whose speaker is still to be resolved."""

    content: tuple[Span, ...]
    kind: AttributionKind
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    rule: str
    via: Span | None = None
    form: Form = "report"
    twin: Draft | None = None
    """For a headline: the draft below that has the same words."""

    @property
    def start(self) -> int:
        """Where its content begins."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """Where its content ends."""
        return self.content[-1][1]
