"""The terminal UI, and articles in: adding, tagging without a project."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.common import (
    EXAMPLE,
    as_option,
    complain,
    db_option,
    jobs_option,
    mouse_option,
    paths_argument,
    unblind_option,
    who,
    written,
)
from annotator.display import json_text
from annotator.errors import UsageError
from annotator.settings import Settings, load_settings

if TYPE_CHECKING:
    from annotator.pipeline import Progress


@click.command("open", epilog=EXAMPLE + "annotator open news/ --as Ada")
@paths_argument
@db_option
@as_option
@mouse_option
@click.option(
    "--scheme",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Take over the labels of this TOML file, and the codebook (.md) beside it.",
)
def open_command(
    paths: tuple[str, ...], db: Path, reviewer: str | None, no_mouse: bool, scheme: Path | None
) -> None:
    """Open the terminal UI; add what is new in PATH... while it is open."""
    if "-" in paths:
        raise UsageError("'-' cannot be opened in the UI: the keys come from there; use 'add -'")
    for path in paths:
        if not os.path.exists(path):
            raise UsageError(f"{path}: no such file, folder or command{_meant(path)}")
    settings = ui_settings()
    name = who(reviewer)
    from annotator.tui.app import run

    sys.exit(run(db, paths, name, settings, mouse=not no_mouse, scheme=scheme))


def _meant(word: str) -> str:
    """Return which command somebody may have meant who gave a word as a path."""
    from difflib import get_close_matches

    group = click.get_current_context().parent
    known = list(getattr(group and group.command, "commands", ()))
    if word in known:
        return f" ('annotator {word}' comes before its options)"
    near = get_close_matches(word, known, 1)
    return f" (did you mean 'annotator {near[0]}'?)" if near else ""


@click.command(epilog=EXAMPLE + "annotator review --as Lea")
@db_option
@as_option
@unblind_option
@mouse_option
def review(db: Path, reviewer: str | None, unblind: bool, no_mouse: bool) -> None:
    """Open the terminal UI at the next claim on which colleagues disagree."""
    settings = ui_settings()
    name = who(reviewer)
    if unblind:
        from annotator.store import open_project

        with open_project(db, create=False) as project:
            project.unblind(name)
    from annotator.tui.app import run

    sys.exit(run(db, (), name, settings, mouse=not no_mouse, start="review"))


def ui_settings() -> Settings:
    """Return the settings, having checked that there is a terminal to draw on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the terminal UI needs a terminal; in a script use 'add' and 'label'")
    return load_settings()


@click.command(epilog=EXAMPLE + "annotator add news/ feed.jsonl --jobs 2")
@paths_argument
@db_option
@as_option
@jobs_option
@click.option("--progress", "as_lines", is_flag=True, help="Print progress as JSON lines.")
def add(paths: tuple[str, ...], db: Path, reviewer: str | None, jobs: int, as_lines: bool) -> None:
    """Add the articles of files and folders (.txt .md .html .jsonl .csv, or - for stdin)."""
    if not paths:
        raise UsageError("nothing to add: name files, folders or -")
    from annotator import pipeline, reading
    from annotator.store import open_project

    name = who(reviewer)
    with open_project(db) as project, progress_shown(paths, as_lines) as report:
        records = reading.read_paths(paths, sys.stdin.buffer)
        total = pipeline.add(project, records, name, report, jobs)
    if as_lines:
        click.echo(json_text({"finished": True, **counts(total)}))
    else:
        click.echo(f"{total.added} added, {total.known} already there, {total.refused} refused")
    sys.exit(1 if total.refused else 0)


@click.command(epilog=EXAMPLE + "annotator pretag article.txt -o tags.jsonl")
@paths_argument
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file.")
@click.option("--language", help="The language of all texts; else given or detected for each.")
@jobs_option
def pretag(paths: tuple[str, ...], output: Path | None, language: str | None, jobs: int) -> None:
    """Tag texts without a project: one JSON record per line."""
    if not paths:
        raise UsageError("nothing to tag: name files, folders or -")
    from annotator import pipeline, reading
    from annotator.tagging.records import to_record

    refused = 0
    records = pipeline.speaking(language, reading.read_paths(paths, sys.stdin.buffer))
    with written(output) as write:
        for result in pipeline.tag_all(records, jobs):
            if isinstance(result, reading.Refusal):
                complain(f"{result.name}: {result.reason}")
                refused += 1
                continue
            article = result.article
            record = to_record(article.key or article.id, article.text, result.tagging)
            write(json_text(record))
    sys.exit(1 if refused else 0)


def counts(progress: Progress) -> dict[str, object]:
    """Return the counts of a batch as JSON fields."""
    return {
        "done": progress.done,
        "added": progress.added,
        "known": progress.known,
        "refused": progress.refused,
    }


@contextmanager
def progress_shown(paths: tuple[str, ...], as_lines: bool) -> Iterator[Callable[[Progress], None]]:
    """Yield the function that shows a batch's progress: JSON lines, a bar on a terminal, or not.

    Refusals are printed on stderr unless they are in the JSON lines.
    """
    from annotator.reading import count

    total = count(paths)
    if as_lines:
        yield lambda progress: click.echo(
            json_text(
                {
                    **counts(progress),
                    "total": total,
                    "name": progress.name,
                    "reason": progress.reason,
                    "article": progress.article_id,
                }
            )
        )
        return
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=total, label="Adding", file=sys.stderr, hidden=hidden) as bar:

        def show(progress: Progress) -> None:
            bar.update(1)
            if progress.reason is not None:
                complain(f"{progress.name}: {progress.reason}")

        yield show
