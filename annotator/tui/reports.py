"""The reports: how far reviewers agree, what to learn from, what was sent back."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.review.adopting import codebook
from annotator.review.alike_rows import alike_rows
from annotator.review.collecting import collect
from annotator.review.mine import mine_rows, settled
from annotator.review.people import people, people_rows
from annotator.review.report import agreement
from annotator.review.report_rows import report_rows
from annotator.review.rows import Row
from annotator.review.sending import returned, returned_rows
from annotator.store import Project
from annotator.tui.report import Kind, Lines, Progress


def _agreement(project: Project, reviewer: str, progress: Progress) -> Lines:
    collected, scheme = collect(project, reviewer), project.scheme()
    report = agreement(collected.ratings, scheme, collected.tags, progress=progress)
    articles = _titles(project, (line.subject for line in report.by_article))
    return _fixed(report_rows(report, collected, scheme, articles))


def _mine(project: Project, reviewer: str, progress: Progress) -> Lines:
    found, scheme = settled(project, reviewer, progress), project.scheme()
    texts = _texts(project, (one.claim_id for one in found if one.otherwise(scheme)))
    return _fixed(mine_rows(found, scheme, codebook(project), texts))


def _people(project: Project, reviewer: str, progress: Progress) -> Lines:
    found, scheme = people(project, reviewer, progress), project.scheme()
    hidden = not project.sees_all(reviewer)
    return lambda names: people_rows(found, scheme, reviewer, hidden, names)


def _same_words(project: Project, reviewer: str, progress: Progress) -> Lines:
    found = list(project.finder.clashes(reviewer))
    articles = {said.article_id for one in found for said in one.judgements}
    titles, hidden = _titles(project, articles), not project.sees_all(reviewer)
    return _fixed(alike_rows(found, project.scheme(), titles, hidden))


def _returned(project: Project, reviewer: str, progress: Progress) -> Lines:
    found = returned(project, reviewer)
    return _fixed(returned_rows(project, found))


KINDS = {
    "agreement": Kind("Agreement", _agreement),
    "mine": Kind("My answers and the settled ones", _mine),
    "people": Kind("Each reviewer", _people, has_names=True),
    "same_words": Kind("Same words, other label", _same_words),
    "returned": Kind("Sent back to me", _returned),
}
"""Id of the action that opens it → the report."""


def _fixed(rows: list[Row]) -> Lines:
    return lambda names: rows


def _titles(project: Project, articles: Iterable[str]) -> dict[str, str]:
    return {one: project.article(one).about.title or one[:8] for one in set(articles)}


def _texts(project: Project, claims: Iterable[str]) -> dict[str, str]:
    return {one: row.text for one in claims if (row := project.claim(one)) is not None}
