"""Working with colleagues: handing out, handing in, merging."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.common import EXAMPLE, as_option, complain, db_option, who
from annotator.display import display_text
from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.store import MergeReport


@click.command(epilog=EXAMPLE + "annotator bundle --for Ada --for Ben --each 2 -o out/")
@click.option("--for", "people", multiple=True, required=True, metavar="NAME", help="A colleague.")
@click.option("--articles", "chosen", multiple=True, metavar="ID", help="Only these articles.")
@click.option("--each", default=1, show_default=True, help="How many people judge an article.")
@click.option(
    "--everybody", default=0, show_default=True, help="Percent of the articles that all judge."
)
@click.option("--seed", default="1", show_default=True, help="Who gets what follows from it.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder.",
)
@click.option("--force", is_flag=True, help="Replace earlier files.")
@db_option
@as_option
def bundle(
    people: tuple[str, ...],
    chosen: tuple[str, ...],
    each: int,
    everybody: int,
    seed: str,
    output: Path,
    force: bool,
    db: Path,
    reviewer: str | None,
) -> None:
    """Write a project file for each colleague, with their share of the articles."""
    from annotator.store import Plan, open_project

    with open_project(db, create=False) as project:
        missing = set(chosen) - project.known(chosen)
        if missing:
            raise UsageError(f"{db}: there is no article {min(missing)!r}")
        made = project.colleagues.bundle(
            who(reviewer), people, output, chosen or None, Plan(each, everybody, seed), force
        )
    for one in made:
        click.echo(display_text(f"{one.path}: {one.articles} articles for {one.person}"))


@click.command(epilog=EXAMPLE + "annotator handin -o ada.db --as Ada")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A file."
)
@click.option("--mine", is_flag=True, help="Of judgements only your own.")
@click.option("--force", is_flag=True, help="Replace an earlier file.")
@db_option
@as_option
def handin(output: Path, mine: bool, force: bool, db: Path, reviewer: str | None) -> None:
    """Write a clean copy of the project to give back."""
    from annotator.store import open_project

    name = who(reviewer)
    with open_project(db, create=False) as project:
        project.colleagues.hand_in(output, name if mine else None, force)
    click.echo(display_text(f"{output}: ready to hand in"))


@click.command(epilog=EXAMPLE + "annotator merge from-ada.db from-ben.db")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@db_option
@as_option
def merge(files: tuple[Path, ...], db: Path, reviewer: str | None) -> None:
    """Take in all that colleagues' project files have and this one lacks."""
    from annotator.store import open_project

    name = who(reviewer)
    with open_project(db) as project:
        merged = project.colleagues.merge_all(files, name)
    for report in merged.reports:
        show(report)
    for error in merged.refused:
        complain(str(error))
    sys.exit(1 if merged.refused else 0)


def show(report: MergeReport) -> None:
    """Print what a merge brought, person by person."""
    lines = [
        f"{report.path}: {report.articles} new articles, {report.known_articles} already there, "
        f"{report.taggings} new taggings"
    ]
    lines += [
        f"  {person.name}: {person.added} new, {person.known} already known"
        for person in report.people
    ]
    lines += [
        f"  {count} of these are in your own name, from a device you have not used here: {device}"
        for device, count in report.devices
    ]
    if report.lifted:
        lines.append("  colleagues' answers are no longer hidden: the merged file lifted that")
    for line in lines:
        click.echo(display_text(line))
