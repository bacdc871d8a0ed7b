"""Claims for scripts: listing and judging them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.common import EXAMPLE, array_lines, as_option, db_option, json_option, who
from annotator.display import display_text
from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.store import ClaimRow, Project


@click.command(epilog=EXAMPLE + "annotator claims --json | head")
@db_option
@json_option
@click.option("--all", "everything", is_flag=True, help="All claims, not only the walk's.")
@click.option("--article", metavar="ID", help="Only the claims of this article.")
def claims(db: Path, as_json: bool, everything: bool, article: str | None) -> None:
    """List the claims that reviewers walk through."""
    from annotator.store import open_project

    with open_project(db, create=False) as project:
        if article is not None and article not in project.known([article]):
            raise UsageError(f"{db}: there is no article {article!r}")
        rows = project.claims(article, walk_only=not everything)
        for line in array_lines(map(claim_record, rows)) if as_json else map(claim_line, rows):
            click.echo(line)


@click.command(
    epilog=EXAMPLE + "annotator label 3f2a9c disputed partisan_framing --note 'no source'"
)
@click.argument("claim")
@click.argument("labels", nargs=-1, required=True, metavar="LABEL...")
@click.option("--note", help="Why.")
@db_option
@as_option
def label(
    claim: str, labels: tuple[str, ...], note: str | None, db: Path, reviewer: str | None
) -> None:
    """Judge a claim, named by its id or an unambiguous start of it, with exactly these labels."""
    from annotator.review.judging import whole_answer
    from annotator.review.session import Session
    from annotator.store import open_project

    with open_project(db, create=False) as project:
        session = Session(project, who(reviewer))
        found = the_claim(project, claim)
        session.record(found.claim.id, whole_answer(session.scheme, labels, note))
        click.echo(f"{found.claim.id[:8]} {' '.join(labels)}")


def the_claim(project: Project, prefix: str) -> ClaimRow:
    """Return the claim whose id starts with `prefix`; UsageError if none or several do."""
    found = project.claims_starting(prefix.lower(), limit=2)
    if not found:
        raise UsageError(f"there is no claim {prefix!r}")
    if len(found) > 1:
        raise UsageError(f"{prefix!r} is the start of several claims: give more of the id")
    return found[0]


def claim_record(row: ClaimRow) -> dict[str, object]:
    """Return a claim as the JSON object that scripts read."""
    claim = row.claim
    return {
        "id": claim.id,
        "article_id": row.article_id,
        "start": claim.start,
        "end": claim.end,
        "text": row.text,
        "segment_kind": row.segment_kind,
        "voice": claim.voice,
        "speaker": row.speaker,
        "walk": claim.walk,
    }


def claim_line(row: ClaimRow) -> str:
    """Return a claim as one line for a person."""
    said_by = f"{row.claim.voice}: {row.speaker}" if row.speaker else row.claim.voice
    text = " ".join(row.text.split())
    return display_text(f"{row.claim.id[:8]}  {said_by[:30]:<30}  {text}")
