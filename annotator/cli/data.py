"""Datasets out."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.common import EXAMPLE, db_option
from annotator.errors import UsageError
from annotator.settings import DEFAULT_EXPORTS


@click.command(epilog=EXAMPLE + "annotator export jsonl -o exports/november")
@click.argument("format_name", metavar="FORMAT", required=False)
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="A folder.")
@click.option("--names", is_flag=True, help="Write reviewers' names, not pseudonyms.")
@click.option("--force", is_flag=True, help="Replace an earlier export.")
@click.option("--list", "listing", is_flag=True, help="List the formats.")
@db_option
def export(
    format_name: str | None, output: Path | None, names: bool, force: bool, listing: bool, db: Path
) -> None:
    """Write the project as a labelled dataset."""
    from annotator import datasets
    from annotator.store import open_project

    if listing:
        for name, line in datasets.formats().items():
            click.echo(f"{name:<10} {line}")
        return
    if format_name is None:
        raise UsageError("name a format; 'annotator export --list' shows them")
    with open_project(db, create=False) as project:
        folder = output or DEFAULT_EXPORTS / f"{db.stem}-{format_name}"
        report = datasets.export(project, format_name, folder, names=names, force=force)
    click.echo(f"{folder}: {report}")
