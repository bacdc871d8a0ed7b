"""Comparing and settling colleagues' answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.common import (
    EXAMPLE,
    array_lines,
    as_option,
    db_option,
    json_option,
    unblind_option,
    viewer,
    who,
)
from annotator.cli.judging import the_claim
from annotator.display import display_text, json_text
from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.review.bootstrap import Figure
    from annotator.review.collecting import Collected
    from annotator.review.report import Question, Report


@click.command(epilog=EXAMPLE + "annotator decide 3f2a9c disputed --reason guideline_gap")
@click.argument("claim")
@click.argument("labels", nargs=-1, metavar="[LABEL...]")
@click.option("--reason", help="Why the answers differed.")
@click.option("--note", help="More about it.")
@db_option
@as_option
def decide(
    claim: str,
    labels: tuple[str, ...],
    reason: str | None,
    note: str | None,
    db: Path,
    reviewer: str | None,
) -> None:
    """Settle a claim with exactly these labels; with none, that none is right."""
    from annotator.review.deciding import decide as settle
    from annotator.review.judging import whole_answer
    from annotator.store import open_project

    with open_project(db, create=False) as project:
        found = the_claim(project, claim)
        answer = whole_answer(project.scheme(), labels, note)
        settle(project, who(reviewer), found.claim.id, answer, reason)
        click.echo(f"{found.claim.id[:8]} decided: {' '.join(labels) or 'none is right'}")


@click.command(epilog=EXAMPLE + "annotator agreement --json")
@click.option("--resamples", default=1000, show_default=True, help="Draws for the intervals.")
@click.option("--seed", default=1, show_default=True, help="Of these draws.")
@unblind_option
@json_option
@db_option
@as_option
def agreement(
    resamples: int, seed: int, unblind: bool, as_json: bool, db: Path, reviewer: str | None
) -> None:
    """Print how far reviewers agree, with 95 % intervals."""
    from dataclasses import asdict

    from annotator.review.collecting import collect
    from annotator.review.report import agreement as compute
    from annotator.store import open_project

    with open_project(db, create=False) as project:
        collected = collect(project, viewer(project, reviewer, unblind))
        scheme = project.scheme()
    report = compute(collected.ratings, scheme, resamples=resamples, seed=seed)
    if as_json:
        left_out = {"begun": collected.begun, "superseded": collected.superseded}
        click.echo(json_text({**asdict(report), "left_out": left_out, "blind": collected.hidden}))
        return
    for line in report_lines(report, collected):
        click.echo(display_text(line))


@click.command(epilog=EXAMPLE + "annotator log --by Ada --kind judge")
@click.option("--by", help="Only what this person did.")
@click.option("--kind", help="Only this kind of act (judge, correct, decide, …).")
@click.option("--claim", help="Only what concerns this claim.")
@unblind_option
@json_option
@db_option
@as_option
def log(
    by: str | None,
    kind: str | None,
    claim: str | None,
    unblind: bool,
    as_json: bool,
    db: Path,
    reviewer: str | None,
) -> None:
    """Print who did what, when: the whole log in its order, as far as you may see it."""
    from annotator.model import EVENT_KINDS
    from annotator.review.visible import visible_events
    from annotator.store import open_project

    if kind is not None and kind not in EVENT_KINDS:
        raise UsageError(f"unknown kind {kind!r}; known: {', '.join(EVENT_KINDS)}")

    with open_project(db, create=False) as project:
        target = the_claim(project, claim).claim.id if claim else None
        name = viewer(project, reviewer, unblind)
        records = (
            {
                "at": event.at, "actor": event.actor, "device": event.device, "kind": event.kind,
                "target": event.target, "body": event.body, "id": event.id,
            }
            for event in visible_events(project, name, by, kind, target)
        )  # fmt: skip
        for line in array_lines(records) if as_json else map(log_line, records):
            click.echo(line)


def log_line(record: dict[str, Any]) -> str:
    """Return an event as one line for a person."""
    what = f"{record['kind']} {record['target'][:8]} {record['body'][:200]}"
    return display_text(f"{record['at'][:19]}  {record['actor']:<16}  {what}")


def report_lines(report: Report, collected: Collected) -> Iterator[str]:
    """Yield the figures as a table for a person."""
    people = ", ".join(report.reviewers) or "nobody"
    yield f"{report.claims} claims of {report.articles} articles judged by two or more of: {people}"
    left_out = (
        f"{report.single} judged by one person only",
        f"{collected.begun} judgements begun and not finished",
        f"{collected.superseded} on claims that the current tags no longer have",
    )
    yield f"left out: {'; '.join(left_out)}"
    if collected.hidden:
        yield "colleagues' answers on claims you have not judged yet are hidden and not counted"
    yield f"intervals: 95 %, {report.resamples} resamples, seed {report.seed}"
    for question in (*report.questions, *report.words):
        yield ""
        yield from question_lines(question)


def question_lines(question: Question) -> Iterator[str]:
    """Yield the figures of one question."""
    name = question.label or question.axis or "all labels"
    yield name if question.axis else f"marked words: {name}"
    for figure in question.figures:
        yield f"  {figure_line(figure)}"
    for first, second, figure in question.pairs:
        yield f"  {first} and {second}: {figure_line(figure)}"
    if question.expected:
        one = question.expected
        yield f"  to expect: {one.coefficient} {one.low:.2f} to {one.high:.2f} ({one.source})"


def figure_line(figure: Figure) -> str:
    """Return one coefficient with what it rests on."""
    size = f"{figure.units} units, {figure.pairs} pairs"
    if figure.value is None:
        return f"{figure.name}: undefined ({figure.reason}); {size}"
    interval = ""
    if figure.low is not None and figure.high is not None:
        interval = f" [{figure.low:.3f}, {figure.high:.3f}] over {figure.resampled}"
    warning = f"; {figure.warning}" if figure.warning else ""
    return f"{figure.name}: {figure.value:.3f}{interval}; {size}{warning}"
