"""Every screen as text at the sizes people use: python -m tests.tui.snapshots takes them anew."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from annotator.tui.app import AnnotatorApp

from .helpers import opened, screen_text
from .tours import TOURS, Tour

FOLDER = Path(__file__).with_name("snapshots")
SIZES = ((80, 24), (120, 40), (200, 60))
PATIENCE = 40
# The only thing shown that is another one at every run.
TIMES = re.compile(r"20\d\d-\d\d-\d\d( \d\d:\d\d)?")

Snapshots = dict[str, str]
"""Name, as 80x24/article → what is on the screen."""


async def take(tour: Tour, folder: Path) -> Snapshots:
    """Return what is on the screen at each stop of a tour, at each size."""
    found: Snapshots = {}
    db = tour.project(folder)
    async with opened(db, size=SIZES[0], reviewer=tour.reviewer) as (app, pilot):
        async for stop in tour.walk(app, pilot):
            for columns, rows in (*SIZES[1:], SIZES[0]):  # the tour goes on in the smallest
                await pilot.resize_terminal(columns, rows)
                name = f"{columns}x{rows}/{stop}"
                assert name not in found, f"two stops are called {stop}"
                found[name] = await settled(app, pilot)
    return found


async def settled(app: AnnotatorApp, pilot: Pilot[None]) -> str:
    """Return what is on the screen once it no longer changes."""
    before = ""
    for _ in range(PATIENCE):
        await pilot.pause(0.02)
        now = TIMES.sub(lambda match: "2026-01-01 00:00"[: len(match[0])], screen_text(app))
        if now == before:
            break
        before = now
    return before + "\n"


def expected(name: str) -> str:
    """Return the text that a snapshot must have; without any it is empty."""
    path = FOLDER / f"{name}.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""


async def take_all() -> Snapshots:
    """Return the snapshots of all tours."""
    found: Snapshots = {}
    for tour in TOURS.values():
        with tempfile.TemporaryDirectory() as folder:
            found |= await take(tour, Path(folder))
    return found


def write(found: Snapshots) -> None:
    """Replace the snapshots on disk."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    for name, text in found.items():
        path = FOLDER / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(asyncio.run(take_all()))
