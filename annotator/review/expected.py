"""The agreement to expect for such labels, so that nobody reads a normal figure as a failure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expected:
    """A range of a coefficient that the literature reports for trained reviewers."""

    coefficient: str
    low: float
    high: float
    source: str


GENERAL = "alpha .667 or more is rare where labels rest on judgement (Krippendorff 2004)"

FRAMING = Expected(
    "alpha", 0.35, 0.45, "at first: BABE (Spinde 2021), SemEval-2023 Task 3 (Piskorski 2023)"
)
RANGES = {
    "veracity": Expected(
        "kappa", 0.68, 0.82, "verdicts with evidence: FEVER (Thorne 2018), LIAR (Wang 2017)"
    ),
    "rhetoric": FRAMING,
    "partisan_framing": FRAMING,
    "sarcasm": Expected("kappa", 0.42, 0.42, "third parties: iSarcasmEval (Abu Farha 2022)"),
    "words": Expected(
        "F1", 0.14, 0.34, "marked bias: lexical and informational spans of BASIL (Fan 2019)"
    ),
    "speaker": Expected("alpha", 0.75, 0.75, "attribution spans: PolNeAR (Newell 2018)"),
}
"""Axis id, label id, "words" or "speaker" → its range; a scheme's own labels have none."""
