"""An article with what was chosen of it: what every format is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotator.datasets.choice import Split
from annotator.datasets.records import Record
from annotator.model import Article, Tagging


@dataclass(frozen=True, slots=True)
class Document:
    """An article and its claims."""

    article: Article
    id: str
    """The article's."""
    text: str
    """What may be written of the article's text: all of it, or masks and some words."""
    language: str
    split: Split
    tagging: Tagging
    """The current one with the corrections that nobody contradicts on top."""
    taggings: tuple[Tagging, ...]
    """All there are, as they were made, the current one last."""
    claims: tuple[Record, ...]
    """Each is exactly one object of claims.jsonl."""


def final_answer(claim: Record) -> Record | None:
    """Return what a claim's answers amount to in the form of one judgement.

    None where nobody has answered on any axis.
    """
    final: dict[str, dict[str, Any]] = claim["final"]
    if all(one["basis"] == "none" for one in final.values()):
        return None
    decision = claim["decision"] or {}
    return {
        "reviewer": "final",
        "labels": {axis: one["value"] for axis, one in final.items()},
        "spans": claim["final_spans"],
        "unsure": False,
        "framer": decision.get("framer"),
        "target": decision.get("target"),
        "note": decision.get("note"),
        "evidence": claim["final_evidence"],
        "hints_shown": [],
        "seconds": 0,
        "scheme": "",
        "at": decision.get("at"),
    }
