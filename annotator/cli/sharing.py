"""Working with colleagues: handing out, handing in, merging."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.common import EXAMPLE, as_option, complain, db_option, json_option, who
from annotator.display import display_text, json_text
from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.store import MergeReport, Overlap, Returned


@click.command(epilog=EXAMPLE + "annotator bundle --for Ada --for Ben --each 2 -o out/")
@click.option("--for", "people", multiple=True, metavar="NAME", help="A colleague.")
@click.option("--articles", "chosen", multiple=True, metavar="ID", help="Only these articles.")
@click.option("--each", default=1, show_default=True, help="How many people judge an article.")
@click.option(
    "--everybody", default=0, show_default=True, help="Percent of the articles that all judge."
)
@click.option("--seed", default="1", show_default=True, help="Who gets what follows from it.")
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="A folder.")
@click.option("--force", is_flag=True, help="Replace earlier files.")
@click.option("--status", is_flag=True, help="Print how far everybody is instead.")
@json_option
@db_option
@as_option
def bundle(
    people: tuple[str, ...],
    chosen: tuple[str, ...],
    each: int,
    everybody: int,
    seed: str,
    output: Path | None,
    force: bool,
    status: bool,
    as_json: bool,
    db: Path,
    reviewer: str | None,
) -> None:
    """Write a project file for each colleague, with their share of the articles."""
    from annotator.store import Plan, open_project

    if status:
        show_status(db, as_json)
        return
    if not people or output is None:
        raise UsageError("say for whom (--for NAME) and where to (-o FOLDER), or ask for --status")
    with open_project(db, create=False) as project:
        missing = set(chosen) - project.known(chosen)
        if missing:
            raise UsageError(f"{db}: there is no article {min(missing)!r}")
        made = project.colleagues.bundle(
            who(reviewer), people, output, chosen or None, Plan(each, everybody, seed), force
        )
    if as_json:
        click.echo(json_text([{**asdict(one), "path": str(one.path)} for one in made]))
        return
    for one in made:
        click.echo(display_text(f"{one.path}: {one.articles} articles for {one.person}"))


def show_status(db: Path, as_json: bool) -> None:
    """Print how far everybody is with what they were given, and how far the overlap is."""
    from annotator.store import open_project

    with open_project(db, create=False) as project, project.snapshot():
        people, plan = project.colleagues.returned(), project.colleagues.overlaps()
    if as_json:
        found = {"people": list(map(asdict, people)), "overlap": list(map(asdict, plan))}
        click.echo(json_text(found))
        return
    for line in status_lines(people, plan):
        click.echo(display_text(line))


def status_lines(people: Sequence[Returned], plan: Sequence[Overlap]) -> Iterator[str]:
    """Yield what has come back of what was handed out, as lines for a person."""
    if not people:
        yield "nothing has been handed out"
    for one in people:
        yield (
            f"{one.person}: {one.judged} of {one.claims} claims judged,"
            f" {one.finished} of {one.articles} articles finished"
        )
    for part in plan:
        each = "one person" if part.people == 1 else f"each of {part.people} people"
        yield f"given to {each}: {part.finished} of {part.articles} articles finished by all"


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


@click.command(epilog=EXAMPLE + "annotator blind off --as Lea")
@click.argument("setting", type=click.Choice(["on", "off"]), required=False)
@db_option
@as_option
def blind(setting: str | None, db: Path, reviewer: str | None) -> None:
    """Tell or change whether colleagues' answers are hidden until one's own is in.

    A change holds for everybody in the project, and the log tells whose it was.
    """
    from annotator.store import open_project

    with open_project(db, create=False) as project:
        if setting is not None:
            project.set_blind(who(reviewer), setting == "on")
        hidden = project.is_blind()
    click.echo("on: hidden until one's own answer is in" if hidden else "off: everybody sees all")
