"""Long work with the project beside the keys: in a thread, on a connection of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from annotator.store import Project, open_project
from annotator.tui.screen import KeyScreen

T = TypeVar("T")
Progress = Callable[[int, int], None]
STEPS = 20
"""How often progress is told."""


async def beside(screen: KeyScreen, doing: str, work: Callable[[Project, Progress], T]) -> T:
    """Return what some work comes to; what it is doing is shown with how many articles are done."""
    assert screen.desk is not None
    path, loop = screen.desk.project.path, asyncio.get_running_loop()

    def show(text: str) -> None:
        if screen.ready:
            screen.say(text)

    def tell(done: int, total: int) -> None:
        if done % max(1, total // STEPS) == 0:
            loop.call_soon_threadsafe(show, f"{doing}: {done} of {total} articles …")

    def run() -> T:
        with open_project(path, create=False) as project:
            return work(project, tell)

    found = await asyncio.to_thread(run)
    screen.say("")
    return found
