"""Work with the project beside the keys: in a thread, on a connection of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Generic, TypeVar

from textual.screen import Screen

from annotator.errors import AnnotatorError
from annotator.store import Project, open_project
from annotator.tui.desk import Desk
from annotator.tui.screen import KeyScreen, is_open

T = TypeVar("T")
Progress = Callable[[int, int], None]
STEPS = 20
"""How often progress is told."""
COUNTING_PAUSE = 0.2
"""Seconds without a key after which what takes long is counted."""
SOON = 0.1
"""Seconds for which the keys wait for what one of them looks up."""


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
    show("")
    return found


class Newest:
    """Looks things up while somebody types: one at a time, and only the last one asked for.

    What is found once the screen is left comes to nothing. With a `pause`, nothing is looked up
    before so many seconds went by without another thing asked for.
    """

    def __init__(self, screen: Screen[Any], desk: Desk, pause: float = 0.0) -> None:
        self._screen = screen
        self._desk = desk
        self._pause = pause
        self._asked = 0
        self._one_at_a_time = asyncio.Lock()

    def forget(self) -> None:
        """Let what is being looked up come to nothing."""
        self._asked += 1

    async def ask(self, work: Callable[[Project], T]) -> T | None:
        """Return what some work comes to; None if something else was asked for meanwhile.

        Raises the AnnotatorError that ended the work, if it is the last one asked for.
        """
        self.forget()
        number = self._asked
        run = _looking_up(self._desk, work)
        if self._pause:
            await asyncio.sleep(self._pause)
        async with self._one_at_a_time:
            try:
                found = await asyncio.to_thread(run) if number == self._asked else None
            except AnnotatorError:
                if number == self._asked:
                    raise
                found = None
        return found if is_open(self._screen) and number == self._asked else None


class Soon(Generic[T]):
    """Looks up where a key leads: what is found soon is taken at once, as if it cost nothing.

    The keys wait for that, so none of them goes astray. What takes longer is taken once it is
    found, unless something else was asked for, or is to be forgotten, or the screen is left or
    covered; `meanwhile` is shown until then.
    """

    def __init__(
        self, screen: KeyScreen, desk: Desk, take: Callable[[T], None], meanwhile: str
    ) -> None:
        self._screen = screen
        self._desk = desk
        self._take = take
        self._meanwhile = meanwhile
        self._asked: Future[T] | None = None
        self._one_at_a_time = ThreadPoolExecutor(1)

    def forget(self) -> None:
        """Let what is being looked up come to nothing."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
            self._screen.say("")

    def ask(self, work: Callable[[Project], T]) -> None:
        """Take what some work comes to; AnnotatorError if it fails soon, else that is shown."""
        self.forget()
        asked = self._one_at_a_time.submit(_looking_up(self._desk, work))
        if wait([asked], SOON).done:
            self._take(asked.result())
            return
        self._asked = asked
        self._screen.say(self._meanwhile)
        self._screen.run_worker(reported(self._screen, self._take_later(asked)))

    async def _take_later(self, asked: Future[T]) -> None:
        await asyncio.gather(asyncio.wrap_future(asked), return_exceptions=True)
        if asked is self._asked and self._screen.ready and self._screen.is_current:
            self._asked = None
            self._screen.say("")
            self._take(asked.result())


def _looking_up(desk: Desk, work: Callable[[Project], T]) -> Callable[[], T]:
    """Return what does some work on a connection of its own, as the reviewer of the desk."""
    path, session = desk.project.path, desk.session

    def run() -> T:
        with open_project(path, create=False) as project:
            project.work_as(session.reviewer, session.working)
            return work(project)

    return run


async def reported(screen: KeyScreen, work: Awaitable[None]) -> None:
    """Do some work; what went wrong is shown in one line."""
    try:
        await work
    except AnnotatorError as error:
        if screen.ready:
            screen.say(str(error), error=True)
