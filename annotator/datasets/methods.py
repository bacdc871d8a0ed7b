"""The paragraph on method that an author pastes into a paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator import __version__
from annotator.datasets.markdown import plain
from annotator.datasets.tally import everywhere
from annotator.display import several
from annotator.review.bootstrap import Figure
from annotator.review.questions import ALPHA, MASI_ALPHA
from annotator.review.report import Report

if TYPE_CHECKING:
    from annotator.datasets.dataset import Dataset


def methods(dataset: Dataset, report: Report) -> str:
    """Return how a dataset was made, with its agreement, in one paragraph."""
    parts = (_material(dataset), _judging(dataset), _agreement(report), _settling(dataset))
    return " ".join(sentence for part in parts for sentence in part)


def figure(one: Figure) -> str:
    """Return the value of a coefficient with its interval, or why it has none."""
    if one.value is None:
        return f"undefined ({one.reason})"
    if one.low is None or one.high is None:
        return f"{one.value:.3f}"
    return f"{one.value:.3f} ({one.low:.3f} to {one.high:.3f})"


def _material(dataset: Dataset) -> Iterator[str]:
    tally = dataset.tally
    outlets = len(everywhere(tally.outlets).keys() - {""})
    languages = ", ".join(sorted(everywhere(tally.languages)))
    dated = f", dated {tally.dates}" if tally.dates.count else ""
    models = sorted({plain(model) for _, model in tally.taggers if model})
    articles = several(tally.articles.total(), "news article")
    claims = several(tally.claims.total(), "claim")
    yield (
        f"The material is {articles} ({languages}) from {several(outlets, 'named outlet')}{dated},"
        f" in which annotator {__version__} (models: {', '.join(models) or 'none'}) marked"
        f" {claims}: sentences, quotations and reported statements."
    )


def _judging(dataset: Dataset) -> Iterator[str]:
    tally, scheme = dataset.tally, dataset.scheme
    axes = " and ".join(plain(axis.name) for axis in scheme.axes)
    shared = sum(claims for people, claims in tally.overlap.items() if people > 1)
    if tally.people:
        people = several(len(tally.people), "reviewer")
        yield (
            f"{people} gave {several(tally.judgements, 'judgement')} on {axes} (scheme"
            f" {plain(scheme.name)}, version {scheme.version[:8]});"
            f" they {sight(dataset)};"
            f" two or more judged {several(shared, 'claim')}."
        )


def sight(dataset: Dataset) -> str:
    """Return what reviewers saw of colleagues' answers before their own, as the log tells it."""
    seeing = "colleagues' answers before their own was finished"
    if not dataset.blind:
        return f"could see {seeing}"
    if dataset.lifts.for_all:
        return f"could see {seeing} for a part of the time"
    lifted = len(dataset.lifts.by)
    some = f", but for {several(lifted, 'person')} who had them shown" if lifted else ""
    return f"did not see {seeing}{some}"


def _agreement(report: Report) -> Iterator[str]:
    for question in report.questions:
        for one in question.figures:
            if question.label is None and one.name in (ALPHA, MASI_ALPHA) and one.value is not None:
                yield (
                    f"{plain(one.name)} on {plain(question.axis or '')} was {figure(one)}, the"
                    f" interval a 95 % bootstrap over {one.resampled}, on {one.units} claims."
                )


def _settling(dataset: Dataset) -> Iterator[str]:
    decided = dataset.tally.decisions.period.count
    yield (
        f"{several(decided, 'claim')} had a decision; elsewhere what more than half of the answers"
        " say stands. Articles were divided into training, validation and test data by a hash of"
        f" their text (seed {dataset.choice.seed})."
    )
