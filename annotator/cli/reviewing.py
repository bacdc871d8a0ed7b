"""Settling what colleagues differ on, and telling who did what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
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
from annotator.display import display_text
from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.model import Event, EventKind
    from annotator.scheme import Scheme
    from annotator.store import Project


DAY = len("2026-01-31")


@click.command(epilog=EXAMPLE + "annotator decide 3f2a9c disputed --reason guideline_gap")
@click.argument("claim")
@click.argument("labels", nargs=-1, metavar="[LABEL...]")
@click.option("--reason", help="Why the answers differed.")
@click.option("--note", help="More about it.")
@click.option("--speaker", metavar="NAME", help="Who speaks; '' where nobody known does.")
@click.option("--kind", help="How it is reported: direct, indirect or mixed.")
@db_option
@as_option
def decide(
    claim: str,
    labels: tuple[str, ...],
    reason: str | None,
    note: str | None,
    speaker: str | None,
    kind: Any,
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
        settle(project, who(reviewer), found.claim.id, answer, reason, speaker=speaker, kind=kind)
        click.echo(f"{found.claim.id[:8]} decided: {' '.join(labels) or 'none is right'}")


@click.command(epilog=EXAMPLE + "annotator log --by Ada --kind judge --since 2026-03-01")
@click.option("--by", metavar="NAME", help="Only what this person did.")
@click.option("--kind", help="Only this kind of act (judge, correct, decide, …).")
@click.option("--article", metavar="ID", help="Only what concerns this article and its claims.")
@click.option("--claim", metavar="ID", help="Only what concerns this claim: its whole story.")
@click.option("--since", metavar="DATE", help="Only from this day or time (UTC) on.")
@click.option("--until", metavar="DATE", help="Only up to this day or time (UTC), it included.")
@unblind_option
@json_option
@db_option
@as_option
def log(
    by: str | None,
    kind: EventKind | None,
    article: str | None,
    claim: str | None,
    since: str | None,
    until: str | None,
    unblind: bool,
    as_json: bool,
    db: Path,
    reviewer: str | None,
) -> None:
    """Print who did what, when (UTC), in the order of the log, as far as you may see it."""
    from annotator.model import EVENT_KINDS
    from annotator.review.visible import Wanted, article_targets, claim_targets, visible_events
    from annotator.store import open_project

    if kind is not None and kind not in EVENT_KINDS:
        raise UsageError(f"unknown kind {kind!r}; known: {', '.join(EVENT_KINDS)}")
    first, last = since and moment(since, end=False), until and moment(until, end=True)
    with open_project(db, create=False) as project:
        wanted = Wanted(by, kind, None, None, first, last)
        if claim is not None:
            row = the_claim(project, claim)
            wanted = replace(wanted, targets=claim_targets(project, row), claim=row.claim.id)
        elif article is not None:
            targets = article_targets(project, the_article(project, article))
            wanted = replace(wanted, targets=targets)
        events = visible_events(project, viewer(project, reviewer, unblind), wanted)
        scheme = project.scheme()
        for line in (
            array_lines(map(record, events))
            if as_json
            else (log_line(event, scheme) for event in events)
        ):
            click.echo(line)


def the_article(project: Project, prefix: str) -> str:
    """Return the id of the article that starts with `prefix`; UsageError if none or several do."""
    found = [one for one in project.article_ids() if prefix and one.startswith(prefix.lower())]
    if not found:
        raise UsageError(f"there is no article {prefix!r}")
    if len(found) > 1:
        raise UsageError(f"{prefix!r} is the start of several articles: give more of the id")
    return found[0]


def moment(text: str, *, end: bool) -> str:
    """Return the first, or last, moment of a day or a time as the log writes it.

    A time without a zone is UTC. UsageError where it is none.
    """
    try:
        found = datetime.fromisoformat(text)
        found = found.replace(tzinfo=found.tzinfo or UTC)
        if end:
            whole = timedelta(days=1) if len(text) <= DAY else timedelta(seconds=1)
            found += whole - timedelta(milliseconds=1)
        written = found.astimezone(UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError):
        raise UsageError(f"{text!r} is no date such as 2026-03-31 or 2026-03-31T14:05") from None
    return written.replace("+00:00", "Z")


def record(event: Event) -> dict[str, str]:
    """Return an event as JSON fields."""
    return {
        "at": event.at, "actor": event.actor, "device": event.device, "kind": event.kind,
        "target": event.target, "body": event.body, "id": event.id,
    }  # fmt: skip


def log_line(event: Event, scheme: Scheme) -> str:
    """Return an event as one line for a person."""
    from annotator.review.history import act_of
    from annotator.review.telling import told

    when = event.at[:19].replace("T", " ")
    what = f"{event.kind} {event.target[:8]}  {told(act_of(event), scheme)}"
    return display_text(f"{event.id[:8]}  {when}  {event.actor:<16}  {what}".rstrip())
