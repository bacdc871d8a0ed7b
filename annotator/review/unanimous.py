"""Claims on which everybody who judged agrees, settled in one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model import Judgement
from annotator.review.deciding import answer_of, settle, tags_of
from annotator.scheme import Scheme

if TYPE_CHECKING:
    from annotator.store import JudgementRow, Project

FEWEST = 2
UNANIMOUS = "unanimous"
"""The reason that such decisions are recorded with."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Unanimous:
    """A claim that nobody has decided and whose finished judgements are all the same."""

    claim_id: str
    answer: Judgement
    votes: int
    seen: tuple[str, ...]
    """Ids of the `judge` events on it."""
    tags: Mapping[str, str]
    """Who speaks and how it is reported, as far as an earlier decision settled that."""


def unanimous(project: Project, reviewer: str, article_id: str) -> Iterator[Unanimous]:
    """Yield an article's unanimous claims of two votes or more, as far as a reviewer sees them."""
    scheme = project.scheme()
    decisions = project.decisions(article_id)
    for claim_id, rows in project.visible_judgements(article_id, reviewer).items():
        standing = decisions.get(claim_id)
        seen = tuple(row.event_id for row in rows.values())
        if standing is not None and standing.judgements == set(seen):
            continue
        answer, votes = _agreed(scheme, rows)
        if answer is not None and votes >= FEWEST:
            yield Unanimous(claim_id, answer, votes, seen, tags_of(standing))


def votes(
    project: Project, reviewer: str, progress: Progress = lambda done, total: None
) -> dict[int, int]:
    """Return, for each number of votes, how many claims are unanimous with so many or more."""
    articles = list(project.article_ids())
    exact: Counter[int] = Counter()
    for number, article_id in enumerate(articles, 1):
        exact.update(one.votes for one in unanimous(project, reviewer, article_id))
        progress(number, len(articles))
    most = max(exact, default=0)
    return {
        least: sum(n for votes, n in exact.items() if votes >= least)
        for least in range(FEWEST, most + 1)
    }


def accept_unanimous(
    project: Project,
    actor: str,
    least: int,
    progress: Progress = lambda done, total: None,
) -> int:
    """Settle each claim that at least so many agree on without dissent; return how many.

    Every one is an event of its own, with `unanimous` as its reason, and can be undone.
    """
    settled = 0
    articles = list(project.article_ids())
    for number, article_id in enumerate(articles, 1):
        for one in list(unanimous(project, actor, article_id)):
            if one.votes >= least:
                settle(project, actor, one.claim_id, one.answer, UNANIMOUS, one.seen, one.tags)
                settled += 1
        progress(number, len(articles))
    return settled


def _agreed(scheme: Scheme, rows: Mapping[str, JudgementRow]) -> tuple[Judgement | None, int]:
    """Return what all finished judgements say, None where they differ, and how many there are."""
    finished = [row.judgement for row in rows.values() if scheme.finished(row.judgement)]
    answers = {(_labels(scheme, one), one.spans) for one in finished}
    if len(answers) != 1:
        return None, len(finished)
    return answer_of(finished[0], scheme), len(finished)


def _labels(scheme: Scheme, judgement: Judgement) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(judgement.labels.get(axis.id, ()))) for axis in scheme.axes)
