"""What the commands share: options, errors as one line, who is at work, output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.display import display_text, json_text
from annotator.errors import AnnotatorError, UsageError
from annotator.settings import (
    DEFAULT_PROJECT,
    REVIEWER_VARIABLE,
    load_settings,
    save_reviewer,
)

if TYPE_CHECKING:
    from annotator.store import Project

# Shown as it is in --help: an example for each command.
EXAMPLE = "\b\nExample:\n  "

db_option = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DEFAULT_PROJECT,
    show_default=True,
    help="The project file.",
)
as_option = click.option(
    "--as",
    "reviewer",
    metavar="NAME",
    help=f"Who is at work (else {REVIEWER_VARIABLE}, else the settings, else asked once).",
)
unblind_option = click.option(
    "--unblind",
    is_flag=True,
    help="Show you colleagues' answers from now on, also before yours; the log tells.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Tag in this many processes.",
)
mouse_option = click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal.")
paths_argument = click.argument("paths", nargs=-1, metavar="PATH...")


def fail(message: object, code: int) -> None:
    """Print one line on stderr and end with an exit code."""
    complain(str(message))
    sys.exit(code)


def complain(message: str) -> None:
    """Print one line on stderr."""
    click.echo(f"annotator: {display_text(message)}", err=True)


def named(given: str | None) -> str | None:
    """Return the reviewer's name: given, from the environment or the settings; None if nowhere."""
    name = given if given is not None else os.environ.get(REVIEWER_VARIABLE)
    if name is None:
        name = load_settings().reviewer
    return None if name is None else checked_name(name)


def who(given: str | None) -> str:
    """Return the reviewer's name, which is asked for once where it is said nowhere."""
    name = named(given)
    if name is None:
        if not sys.stdin.isatty():
            raise UsageError(f"who is at work? Say --as NAME or set {REVIEWER_VARIABLE}")
        name = click.prompt("Your name, as colleagues will see it", err=True)
        save_reviewer(checked_name(name))
    return checked_name(name)


def viewer(project: Project, given: str | None, unblind: bool) -> str:
    """Return the name of who looks at colleagues' answers; with `unblind` nothing is hidden."""
    name = who(given)
    if unblind:
        project.unblind(name)
    return name


def checked_name(name: str) -> str:
    """Return a reviewer's name without outer space; UsageError if it cannot be one."""
    name = name.strip()
    if not name or len(name) > 100 or display_text(name) != name:
        raise UsageError("a reviewer's name is 1 to 100 characters without control characters")
    return name


def array_lines(records: Iterable[object]) -> Iterator[str]:
    """Yield a JSON array line by line, one record a line, however long it is."""
    mark = "["
    for record in records:
        yield f"{mark}{json_text(record)}"
        mark = ","
    yield "[]" if mark == "[" else "]"


@contextmanager
def written(output: Path | None) -> Iterator[Callable[[str], None]]:
    """Yield a function that writes lines to stdout, or to a file that is complete or absent."""
    if output is None:
        yield click.echo
        return
    draft = output.with_name(f".{output.name}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            yield lambda line: print(line, file=file)
        draft.replace(output)
    except OSError as error:
        raise AnnotatorError(f"{output}: cannot be written ({error.strerror})") from None
    finally:
        draft.unlink(missing_ok=True)
