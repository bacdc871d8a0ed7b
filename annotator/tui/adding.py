"""Adding articles in the background: our own command in a child process, and its progress."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

LINE_LIMIT = 1 << 20
PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Adding:
    """How far the adding of articles has come."""

    done: int = 0
    total: int | None = None
    added: int = 0
    known: int = 0
    refusals: tuple[str, ...] = ()
    """One line each: the name of what was refused, and why."""
    article_id: str | None = None
    """The article that has just come in."""
    finished: bool = False
    error: str | None = None
    """Why it ended early; None where it did not."""

    def status(self) -> str:
        """Return the progress in one line."""
        if self.error:
            return f"adding stopped: {self.error}"
        if self.finished:
            known = f", {self.known} already there" if self.known else ""
            refused = f", {len(self.refusals)} refused" if self.refusals else ""
            return f"added {self.added}{known}{refused}"
        return f"adding {self.done}{'' if self.total is None else f'/{self.total}'} …"


async def add_articles(
    db: Path, paths: Sequence[str], reviewer: str, report: Callable[[Adding], None]
) -> None:
    """Run `annotator add` on the paths and report after each article, and at the end.

    When cancelled, the child is ended; the articles that are in stay in.
    """
    command = ("-m", "annotator", "add", "--db", str(db), "--as", reviewer, "--progress", "--")
    child = await asyncio.create_subprocess_exec(
        sys.executable, *command, *paths,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE, limit=LINE_LIMIT,
    )  # fmt: skip
    try:
        report(await _follow(child, report))
    finally:
        await _end(child)


async def _follow(child: asyncio.subprocess.Process, report: Callable[[Adding], None]) -> Adding:
    """Report what the child prints while it works, and return how it ended."""
    assert child.stdout is not None
    assert child.stderr is not None
    complaints = asyncio.create_task(child.stderr.read())
    adding = Adding()
    try:
        async for line in child.stdout:
            adding = _after(adding, json.loads(line))
            if not adding.finished:
                report(adding)
        errors = (await complaints).decode(errors="replace").strip().splitlines()
    finally:
        complaints.cancel()
    if adding.finished:
        return adding
    reason = errors[-1] if errors else f"ended with code {await child.wait()}"
    return replace(adding, finished=True, error=reason.removeprefix("annotator: "))


def _after(adding: Adding, line: dict[str, Any]) -> Adding:
    """Return the progress after one line of the child's output."""
    refusals = adding.refusals
    if line.get("reason"):
        refusals = (*refusals, f"{line['name']}: {line['reason']}")
    return Adding(
        done=line["done"],
        total=line.get("total", adding.total),
        added=line["added"],
        known=line["known"],
        refusals=refusals,
        article_id=line.get("article"),
        finished=line.get("finished", False),
    )


async def _end(child: asyncio.subprocess.Process) -> None:
    """Make sure the child is gone: ask it, and kill it if it does not go."""
    with suppress(ProcessLookupError):
        child.terminate()
    try:
        await asyncio.wait_for(child.communicate(), PATIENCE_SECONDS)
    except TimeoutError:
        child.kill()
        await child.communicate()
