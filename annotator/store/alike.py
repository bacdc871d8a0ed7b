"""Claims of the same words that were labelled otherwise elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from annotator.scheme import Scheme
from annotator.store import blind
from annotator.store.codec import judgement_from_body, read_body
from annotator.store.connection import Connection, Row
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

# Asked first, because most words stand in one place only.
OTHERS = """
SELECT 1 FROM wordings AS same
CROSS JOIN claims ON claims.article = same.article AND claims.position = same.position
WHERE same.words = ? AND claims.id <> ? LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Alike:
    """A judgement on one of several claims of the same words."""

    claim_id: str
    article_id: str
    reviewer: str
    labels: dict[str, tuple[str, ...]]
    """Axis id → the labels chosen on it."""


REPEATED = "SELECT words FROM wordings WHERE words > ? GROUP BY words HAVING count(*) > 1 LIMIT ?"

# The judgements on claims whose words stand in other places too, wording by wording.
JUDGED_ALIKE = """
SELECT same.words, claims.id, articles.id, state.actor, state.body,
    substr(articles.text, claims."start" + 1, claims."end" - claims."start")
FROM (
    SELECT words FROM wordings WHERE words > :after AND words <= :upto
    GROUP BY words HAVING count(*) > 1
) AS repeated
CROSS JOIN wordings AS same ON same.words = repeated.words
CROSS JOIN claims ON claims.article = same.article AND claims.position = same.position
CROSS JOIN state ON state.kind = 'judge' AND state.target = claims.id AND state.body <> '{{}}'
CROSS JOIN articles ON articles.number = claims.article
WHERE {visible}
ORDER BY same.words, claims.article, claims.position, state.actor
"""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Clash:
    """Words that stand in several claims and were not labelled alike everywhere."""

    text: str
    """As they stand in the first of these claims."""
    judgements: tuple[Alike, ...]
    """All finished ones on these claims, in the order of the list."""


def clashes(file: Connection, scheme: Scheme, reviewer: str) -> Iterator[Clash]:
    """Yield the words on which finished judgements on different claims differ in labels.

    Whosever they are: one's own, and those of colleagues that one may see. That two people differ
    on one and the same claim is a disagreement and not told here.
    """
    visible, values = _visible(file, scheme, reviewer)
    query, last = JUDGED_ALIKE.format(visible=visible), -1
    while found := file.rows(REPEATED, (last, BATCH)):
        values |= {"after": last, "upto": found[-1][0]}
        last = found[-1][0]
        for _, group in groupby(file.rows(query, values), key=itemgetter(0)):
            yield from _clash(scheme, list(group))


def _clash(scheme: Scheme, rows: Sequence[Row]) -> Iterator[Clash]:
    """Yield the clash of the judgements on one wording, if there is any."""
    by_words: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        if scheme.finished(judgement_from_body(read_body(row[4]))):
            by_words.setdefault(tuple(words(row[5])), []).append(row)
    for same in by_words.values():
        found = tuple(
            Alike(claim, article, name, _labels(body)) for _, claim, article, name, body, _ in same
        )
        # With two answers and two claims, some two claims have different answers.
        answers = {tuple(sorted(one.labels.items())) for one in found}
        if len(answers) > 1 and len({one.claim_id for one in found}) > 1:
            yield Clash(same[0][5], found)


def _visible(file: Connection, scheme: Scheme, reviewer: str) -> tuple[str, dict[str, Any]]:
    """Return the condition under which a reviewer sees a judgement, and the values in it."""
    if blind.sees_all(file, reviewer):
        return "true", {"reviewer": reviewer}
    answered = blind.HAS_ANSWERED.format(claim="claims.id")
    return f"(state.actor = :reviewer OR {answered})", blind.answering(scheme, reviewer)


def labelled_otherwise(
    file: Connection, scheme: Scheme, reviewer: str, claim_id: str, text: str
) -> list[Alike]:
    """Return the judgements on other claims with the words of this one that differ in labels.

    From the reviewer's own judgement on this claim, that is; where it has no labels yet, all that
    have some. One's own are returned, and those of colleagues that one may see.
    """
    number = wording(text)
    if number is None or file.row(OTHERS, (number, claim_id)) is None:
        return []
    visible, values = _visible(file, scheme, reviewer)
    values |= {"words": number, "claim": claim_id}
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
