"""Verifying a project, and the paths in use."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from annotator.cli.common import EXAMPLE, complain, db_option
from annotator.display import display_text
from annotator.settings import DEFAULT_EXPORTS, settings_file


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


@click.command(epilog=EXAMPLE + "annotator where")
@db_option
def where(db: Path) -> None:
    """Print the paths in use."""
    rows = {"project": db, "exports": DEFAULT_EXPORTS, "settings": settings_file()}
    for what, path in rows.items():
        there = "" if path.exists() else "  (not there yet)"
        click.echo(display_text(f"{what:<10} {path.absolute()}{there}"))
