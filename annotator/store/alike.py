"""Claims of the same words that were labelled otherwise elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotator.scheme import Scheme
from annotator.store import blind
from annotator.store.codec import read_body
from annotator.store.connection import Connection
from annotator.store.words import wording, words

MOST = 1000
"""Of what stands in more places than this, such as a line under every article, not all are seen."""

# CROSS JOIN keeps the order of the tables: from the few claims that are alike to the rest.
ALIKE = f"""
SELECT claims.id, articles.id, state.actor, state.body,
    substr(articles.text, claims."start" + 1, claims."end" - claims."start")
FROM (SELECT article, position FROM wordings WHERE words = :words LIMIT {MOST}) AS same
CROSS JOIN claims ON claims.article = same.article AND claims.position = same.position
CROSS JOIN state ON state.kind = 'judge' AND state.target = claims.id
CROSS JOIN articles ON articles.number = claims.article
WHERE claims.id <> :claim AND {{visible}}
ORDER BY claims.article, claims.position, state.actor
"""


@dataclass(frozen=True, slots=True)
class Alike:
    """A judgement on another claim of the same words."""

    claim_id: str
    article_id: str
    reviewer: str
    labels: dict[str, tuple[str, ...]]
    """Axis id → the labels chosen on it."""


def labelled_otherwise(
    file: Connection, scheme: Scheme, reviewer: str, claim_id: str, text: str
) -> list[Alike]:
    """Return the judgements on other claims with the words of this one that differ in labels.

    From the reviewer's own judgement on this claim, that is; where it has no labels yet, all that
    have some. One's own are returned, and those of colleagues that one may see.
    """
    number = wording(text)
    if number is None:
        return []
    values: dict[str, Any] = {"words": number, "claim": claim_id, "reviewer": reviewer}
    visible = "true"
    if not blind.sees_all(file, reviewer):
        visible = f"(state.actor = :reviewer OR {blind.HAS_ANSWERED.format(claim='claims.id')})"
        values |= blind.answering(scheme, reviewer)
    here = _labels(
        file.value(
            "SELECT body FROM state WHERE kind = 'judge' AND target = :claim AND actor = :reviewer",
            values,
        )
    )
    same = words(text)
    found = [
        Alike(one, article_id, actor, _labels(body))
        for one, article_id, actor, body, other in file.rows(ALIKE.format(visible=visible), values)
        if words(other) == same
    ]
    return [one for one in found if one.labels and one.labels != here]


def _labels(body: str | None) -> dict[str, tuple[str, ...]]:
    labels = read_body(body or "{}").get("labels", {})
    return {axis: tuple(chosen) for axis, chosen in labels.items() if chosen}
