"""How far reviewers agree, and what there is to learn from where they do not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from annotator.cli.common import (
    EXAMPLE,
    as_option,
    db_option,
    json_option,
    unblind_option,
    viewer,
)
from annotator.display import display_text, json_text

if TYPE_CHECKING:
    from annotator.review.rows import Row
    from annotator.store import Project

CLAIMS_SHOWN = 4
Progress = Callable[[int, int], None]
Command = Callable[..., None]
What = Literal["figures", "people", "mine", "same-words"]


def _view(name: What, text: str) -> Callable[[Command], Command]:
    return click.option(f"--{name}", "what", flag_value=name, help=text)


@click.command(epilog=EXAMPLE + "annotator agreement --json")
@_view("people", "Instead: how each reviewer works (pace, labels, doubt); no ranking.")
@_view("mine", "Instead: your answers beside the settled ones, with the rulings that apply.")
@_view("same-words", "Instead: the same words under other labels, across articles.")
@click.option("--resamples", default=1000, show_default=True, help="Draws for the intervals.")
@click.option("--seed", default=1, show_default=True, help="Of these draws.")
@unblind_option
@json_option
@db_option
@as_option
def agreement(
    what: What | None,
    resamples: int,
    seed: int,
    unblind: bool,
    as_json: bool,
    db: Path,
    reviewer: str | None,
) -> None:
    """Print how far reviewers agree, with 95 % intervals."""
    from annotator.store import open_project

    with open_project(db, create=False) as project:
        name = viewer(project, reviewer, unblind)
        with progress_bar() as progress:
            if what == "people":
                data, rows = of_people(project, name, progress)
            elif what == "mine":
                data, rows = of_mine(project, name, progress)
            elif what == "same-words":
                data, rows = of_words(project, name)
            else:
                data, rows = of_figures(project, name, resamples, seed, progress)
    for line in [json_text(data)] if as_json else lines_of(rows):
        click.echo(line)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Yield what shows on a terminal how much of how much is done."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=100, label="Computing", file=sys.stderr, hidden=hidden) as bar:
        yield lambda done, total: bar.update(100 * done // max(1, total) - bar.pos)


def of_figures(
    project: Project, reviewer: str, resamples: int, seed: int, progress: Progress
) -> tuple[object, list[Row]]:
    """Return the figures of agreement as JSON fields and as lines."""
    from dataclasses import asdict

    from annotator.review.collecting import collect
    from annotator.review.report import agreement as compute
    from annotator.review.report_rows import report_rows

    collected, scheme = collect(project, reviewer), project.scheme()
    report = compute(collected.ratings, scheme, collected.tags, resamples, seed, progress)
    left_out = {"begun": collected.begun, "superseded": collected.superseded}
    data = {**asdict(report), "left_out": left_out, "blind": collected.hidden}
    titles = titles_of(project, {line.subject for line in report.by_article})
    return data, report_rows(report, collected, scheme, titles)


def of_people(project: Project, reviewer: str, progress: Progress) -> tuple[object, list[Row]]:
    """Return how each reviewer works as JSON fields and as lines."""
    from annotator.review.people import people, people_rows

    found, hidden = people(project, reviewer, progress), not project.sees_all(reviewer)
    data = {"people": [one.figures() for one in found], "blind": hidden}
    return data, people_rows(found, project.scheme(), reviewer, hidden, names=True)


def of_mine(project: Project, reviewer: str, progress: Progress) -> tuple[object, list[Row]]:
    """Return one's answers beside the settled ones as JSON fields and as lines."""
    from annotator.review.adopting import codebook
    from annotator.review.mine import mine_record, mine_rows, settled

    found, scheme, rules = settled(project, reviewer, progress), project.scheme(), codebook(project)
    rows = (project.claim(one.claim_id) for one in found)
    texts = {row.claim.id: row.text for row in rows if row is not None}
    return mine_record(found, scheme, rules, texts), mine_rows(found, scheme, rules, texts)


def of_words(project: Project, reviewer: str) -> tuple[object, list[Row]]:
    """Return the same words under other labels as JSON fields and as lines."""
    from dataclasses import asdict

    from annotator.review.alike_rows import alike_rows

    found, hidden = list(project.finder.clashes(reviewer)), not project.sees_all(reviewer)
    data = {"wordings": [asdict(one) for one in found], "blind": hidden}
    titles = titles_of(project, {said.article_id for one in found for said in one.judgements})
    return data, alike_rows(found, project.scheme(), titles, hidden)


def titles_of(project: Project, articles: Iterable[str]) -> dict[str, str]:
    """Return the titles of articles by id; of those without one, the start of the id."""
    return {one: project.article(one).about.title or one[:8] for one in articles}


def lines_of(rows: Iterable[Row]) -> Iterator[str]:
    """Yield rows with the first of the claims behind them, by the start of their ids.

    Of several rows with the same claims, only the first one names them.
    """
    before: tuple[str, ...] = ()
    for row in rows:
        ids = [claim[:8] for claim in row.claims[:CLAIMS_SHOWN]] if row.claims != before else []
        more = ["…"] if ids and len(row.claims) > CLAIMS_SHOWN else []
        behind = f"  ({' '.join(ids + more)})" if ids else ""
        yield display_text(row.text + behind)
        before = row.claims
