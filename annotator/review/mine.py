"""Where what was settled on differs from what a reviewer answered, to learn from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from annotator.model import Judgement
from annotator.scheme import Scheme

if TYPE_CHECKING:
    from annotator.store import Project

Progress = Callable[[int, int], None]


def settled_otherwise(
    project: Project, reviewer: str, progress: Progress = lambda done, total: None
) -> list[str]:
    """Return the ids of the claims that were settled on other labels than the reviewer gave.

    By article id and place in the article. Only decisions that hold and that they may see, on
    claims that they have finished judging.
    """
    scheme = project.scheme()
    found: list[str] = []
    articles = list(project.article_ids())
    for number, article_id in enumerate(articles, 1):
        found += _in_article(project, scheme, reviewer, article_id)
        progress(number, len(articles))
    return found


def _in_article(project: Project, scheme: Scheme, reviewer: str, article_id: str) -> Iterator[str]:
    decisions = project.decisions(article_id)
    everybodys = project.all_judgements(article_id) if decisions else {}
    for claim_id, decision in decisions.items():
        rows = everybodys.get(claim_id, {})
        current = {row.event_id for row in rows.values()}
        if reviewer not in rows or decision.judgements != current or decision.contested:
            continue
        own = rows[reviewer].judgement
        if scheme.finished(own) and _labels(scheme, own) != _labels(scheme, decision.answer):
            yield claim_id


def _labels(scheme: Scheme, judgement: Judgement) -> list[list[str]]:
    return [sorted(judgement.labels.get(axis.id, ())) for axis in scheme.axes]
