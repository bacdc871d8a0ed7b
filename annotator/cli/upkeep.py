"""Verifying a project, and the paths in use."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from annotator.cli.common import (
    EXAMPLE,
    array_lines,
    as_option,
    complain,
    db_option,
    json_option,
    who,
)
from annotator.display import display_text, several
from annotator.settings import DEFAULT_EXPORTS, hint_lists, settings_file


@click.command(epilog=EXAMPLE + "annotator check --db annotations.db")
@click.option("--rebuild", is_flag=True, help="Make the derived tables again from the log.")
@db_option
def check(rebuild: bool, db: Path) -> None:
    """Verify every hash, offset and chain of a project file."""
    from annotator.store import open_project

    with open_project(db, create=False) as project:
        if rebuild:
            project.rebuild()
        problems = project.check()
    for problem in problems:
        complain(f"{db}: {problem}")
    if problems:
        sys.exit(1)
    click.echo(f"{db}: everything verifies")


@click.command(epilog=EXAMPLE + "annotator recover annotations.db -o saved.db")
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The new project file.  [default: FILE with .recovered in its name]",
)
@as_option
def recover(path: Path, output: Path | None, reviewer: str | None) -> None:
    """Save all that still verifies in a damaged project file into a new one.

    FILE is only read; close it everywhere first. What was lost without a trace (the last things
    somebody did, say) nobody can list.
    """
    from annotator import pipeline
    from annotator.store import open_project

    new = output or path.with_name(f"{path.stem}.recovered{path.suffix}")
    found = pipeline.recover(path, new, who(reviewer))
    with open_project(new, create=False) as project:
        problems = project.check()
    articles = several(found.articles + len(found.untagged), "article")
    events = several(found.events, "event")
    click.echo(f"{display_text(str(new))}: {articles}, {events} saved")
    if found.untagged:
        owner = "their" if len(found.untagged) > 1 else "its"
        anew = several(len(found.untagged), "article")
        click.echo(f"tagged anew, {owner} tags being lost: {anew}")
    if found.without_text:
        lost = several(found.without_text, "article")
        complain(f"{path}: the text of {lost} is lost; add the file again")
    if found.lost:
        complain(f"{path}: at least {several(found.lost, 'event')} lost")
    for problem in problems:
        complain(f"{new}: {problem}")
    if found.without_text or found.lost or problems:
        sys.exit(1)


@click.command(epilog=EXAMPLE + "annotator where")
@db_option
def where(db: Path) -> None:
    """Print the paths in use."""
    rows = [("project", db), ("exports", DEFAULT_EXPORTS), ("settings", settings_file())]
    rows += [("hint list", path) for path in hint_lists(db)]
    for what, path in rows:
        there = "" if path.exists() else "  (not there yet)"
        click.echo(display_text(f"{what:<10} {path.absolute()}{there}"))


@click.command(epilog=EXAMPLE + "annotator licences")
@json_option
def licences(as_json: bool) -> None:
    """List the licences of the program and of all that is installed for it."""
    from annotator.licences import licences as listed

    found = listed()
    if as_json:
        for line in array_lines(map(asdict, found)):
            click.echo(line)
        return
    for one in found:
        click.echo(display_text(f"{one.name:<24} {one.version:<12} {one.licence}"))
