"""From a project to what agreement is computed from: the ratings somebody may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.review.ratings import Rating, TagAnswer, rating
from annotator.review.voices import tag_answers

if TYPE_CHECKING:
    from annotator.store import Project


@dataclass(frozen=True, slots=True)
class Collected:
    """The ratings of a project, and how many judgements are not among them."""

    ratings: tuple[Rating, ...]
    tags: tuple[TagAnswer, ...]
    """Who has the speakers and kinds of report as they were decided."""
    begun: int
    """Judgements without an answer on every single-valued axis."""
    superseded: int
    """Judgements on claims that the current tags no longer have: not all had them before them."""
    hidden: bool
    """Whether colleagues' judgements may be left out because the reader has not judged yet."""


def collect(project: Project, reviewer: str) -> Collected:
    """Return the ratings of a project that a reviewer may see."""
    scheme = project.scheme()
    ratings: list[Rating] = []
    tags: list[TagAnswer] = []
    begun = superseded = 0
    for article_id in project.article_ids():
        known = {row.claim.id: row for row in project.known_claims(article_id)}
        for claim_id, rows in project.visible_judgements(article_id, reviewer).items():
            row = known.get(claim_id)
            if row is None or row.superseded:
                superseded += len(rows)
                continue
            for name, judged in rows.items():
                one = rating(article_id, row.claim, name, judged.judgement, scheme)
                if one is None:
                    begun += 1
                else:
                    ratings.append(one)
        tags += tag_answers(project, reviewer, article_id)
    return Collected(tuple(ratings), tuple(tags), begun, superseded, not project.sees_all(reviewer))
