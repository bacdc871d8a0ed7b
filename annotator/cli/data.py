"""Datasets out and in."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from annotator.cli.common import (
    EXAMPLE,
    as_option,
    complain,
    db_option,
    named,
    paths_argument,
    unblind_option,
    who,
)
from annotator.cli.sharing import show
from annotator.display import display_text, several
from annotator.errors import DatasetError, UsageError
from annotator.settings import DEFAULT_EXPORTS

if TYPE_CHECKING:
    from annotator.store import Project


@click.command(epilog=EXAMPLE + "annotator export jsonl -o exports/november")
@click.argument("format_name", metavar="FORMAT", required=False)
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="A folder.")
@click.option(
    "--who", "whose", default="each", help="Whose answers: each, final, or one person's name."
)
@click.option("--labels", help="Only these labels, with commas between them.")
@click.option("--only", type=click.Choice(["judged", "decided"]), help="Only such claims.")
@click.option("--filter", "query", default="", help="Only claims for which it holds, as in the UI.")
@click.option("--splits", default="80/10/10", show_default=True, help="Train/validation/test.")
@click.option("--seed", default=1, show_default=True, help="Of the division into splits.")
@click.option("--without-text", is_flag=True, help="Offsets and hashes, not the articles' text.")
@click.option(
    "--quote", type=click.IntRange(0), default=0, help="Words of a claim to quote without the text."
)
@click.option("--names", is_flag=True, help="Write reviewers' names, not pseudonyms.")
@click.option("--force", is_flag=True, help="Replace an earlier export.")
@click.option("--list", "listing", is_flag=True, help="List the formats.")
@db_option
@as_option
@unblind_option
def export(
    format_name: str | None,
    output: Path | None,
    whose: str,
    labels: str | None,
    only: Literal["judged", "decided"] | None,
    query: str,
    splits: str,
    seed: int,
    without_text: bool,
    quote: int,
    names: bool,
    force: bool,
    listing: bool,
    db: Path,
    reviewer: str | None,
    unblind: bool,
) -> None:
    """Write the project, or a part of it, as a labelled dataset.

    Somebody who judges in a blind project exports only their own answers, with --who and their
    name, until they have judged what their colleagues did.
    """
    from annotator import datasets
    from annotator.store import open_project

    if listing:
        _list_formats()
        return
    if format_name is None:
        raise UsageError("name a format; 'annotator export --list' shows them")
    if quote and not without_text:
        raise UsageError("--quote is for --without-text; with the text all words are there")
    choice = datasets.Choice(
        who=whose,
        labels=frozenset(labels.replace(",", " ").split()) if labels else None,
        only=only or "all",
        query=query.strip(),
        names=names,
        seed=seed,
        shares=datasets.parse_shares(splits),
        text=not without_text,
        quoted=quote,
    )
    with open_project(db, create=False) as project:
        _refuse_hidden(project, named(reviewer), unblind, whose)
        folder = output or DEFAULT_EXPORTS / f"{db.stem}-{format_name}"
        report = datasets.export(project, format_name, folder, choice, force=force)
    click.echo(display_text(f"{folder}: {report}"))
    for line in (*report.splits, report.losses):
        click.echo(display_text(line))


def _refuse_hidden(project: Project, reviewer: str | None, unblind: bool, whose: str) -> None:
    """Refuse to export what the one at work may not see yet; `unblind` lifts that, logged."""
    if reviewer is None or whose == reviewer:
        return
    if unblind:
        project.unblind(reviewer)
    if project.hides(reviewer):
        raise DatasetError(
            f"{project.path}: colleagues' answers are hidden from {reviewer} on claims not judged "
            f"yet; export your own with --who, or all with --unblind"
        )


@click.command(epilog=EXAMPLE + "annotator rehydrate exports/november news/")
@click.argument("folder", type=click.Path(path_type=Path))
@paths_argument
def rehydrate(folder: Path, paths: tuple[str, ...]) -> None:
    """Put the text of articles back into a dataset that was exported without it."""
    if not paths:
        raise UsageError("name the files or folders with the articles")
    from annotator import datasets

    report = datasets.rehydrate(folder, paths)
    for one in report.refusals:
        complain(f"{one.name}: {one.reason}")
    for line in report.missing:
        complain(line)
    click.echo(display_text(f"{folder}: text put back into {several(report.articles, 'article')}"))
    sys.exit(1 if report.missing or report.refusals else 0)


@click.command("import", epilog=EXAMPLE + "annotator import jsonl exports/november --as Ada")
@click.argument("format_name", metavar="FORMAT", required=False)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--list", "listing", is_flag=True, help="List the formats.")
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="LABEL=OURS",
    help="What a label of another tool is here: content, cue, source, claim, a label, - for none.",
)
@click.option(
    "--map-file",
    "labels_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help='The same for many labels: a TOML table [labels] of lines like PER = "source".',
)
@db_option
@as_option
def import_command(
    format_name: str | None,
    paths: tuple[Path, ...],
    listing: bool,
    pairs: tuple[str, ...],
    labels_file: Path | None,
    db: Path,
    reviewer: str | None,
) -> None:
    """Take datasets into the project, each verified as a whole before anything is written."""
    from annotator.datasets.importing import IMPORTERS, take_in
    from annotator.datasets.labels_file import read_labels
    from annotator.datasets.taking import Taken
    from annotator.store import open_project

    if listing:
        for name, one in IMPORTERS.items():
            click.echo(f"{name:<14} {one.description}")
        return
    if format_name is None or not paths:
        raise UsageError("name a format and what to import; 'annotator import --list' shows them")
    explained = (read_labels(labels_file) if labels_file else {}) | dict(map(_pair, pairs))
    name = who(reviewer)
    refused = 0
    is_new = not db.exists()
    with open_project(db) as project:
        for path in paths:
            try:
                report = take_in(project, format_name, path, name, explained)
                if isinstance(report, Taken):
                    click.echo(display_text(f"{path}: {report}"))
                    for problem in report.problems:
                        complain(problem)
                    refused += bool(report.problems)
                else:
                    show(report)
            except DatasetError as error:
                complain(str(error))
                refused += 1
        is_empty = not any(True for _ in chain(project.article_ids(), project.event_rows()))
    if is_new and is_empty:
        db.unlink()
    sys.exit(1 if refused else 0)


def _pair(text: str) -> tuple[str, str]:
    """Return what stands on both sides of the last equals sign."""
    foreign, sign, ours = text.rpartition("=")
    if not (foreign and sign):
        raise UsageError(f"--map takes LABEL=OURS, as in PER=source, not {text!r}")
    return foreign, ours


def _list_formats() -> None:
    from annotator.datasets import FORMATS

    for name, one in FORMATS.items():
        click.echo(f"{name:<14} {one.description}")
        if one.cannot_carry:
            click.echo(f"{'':<14} cannot carry: {one.cannot_carry}")
