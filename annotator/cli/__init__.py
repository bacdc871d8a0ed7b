"""The commands: parse, call, print, exit code. No logic, and nothing heavy imported early."""

from __future__ import annotations

from typing import Any

import click

from annotator import __version__
from annotator.cli import articles, comparing, data, judging, reviewing, sharing, upkeep
from annotator.cli.common import fail
from annotator.errors import AnnotatorError, UsageError


class Commands(click.Group):
    """The commands, `open` where none is named; what users may read is one line on stderr."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take a line that starts with neither a command nor an option of the group for `open`."""
        if not args or args[0] not in {*self.commands, "-h", "--help", "--version"}:
            args = ["open", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and turn the errors users may read into one line and an exit code."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            fail(error, code=2)
        except AnnotatorError as error:
            fail(error, code=1)
        except KeyboardInterrupt:
            fail("interrupted", code=130)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="annotator")
def main() -> None:
    """Review who says what in news articles, claim by claim, in the terminal.

    Without a command: the terminal UI, with the articles of PATH... added first.
    """


for command in (
    articles.open_command,
    articles.add,
    articles.pretag,
    articles.review,
    judging.claims,
    judging.label,
    sharing.bundle,
    sharing.handin,
    sharing.merge,
    sharing.blind,
    reviewing.decide,
    comparing.agreement,
    reviewing.log,
    data.export,
    data.rehydrate,
    data.import_command,
    upkeep.check,
    upkeep.recover,
    upkeep.where,
    upkeep.licences,
):
    main.add_command(command)
