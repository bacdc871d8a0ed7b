"""Ways through the program, with a stop at every screen: what `snapshots` takes pictures of.

A tour is an asynchronous generator that presses keys and yields the name of where it is. To have a
new screen in the pictures, go there in a tour and yield its name.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import NamedTuple

from textual.pilot import Pilot

from annotator.tui.app import AnnotatorApp

from .helpers import ADA, bridge, enter, hinted, loaded, looked_up, make_project, plain, window
from .reviewing import LEA, merged

Stops = AsyncIterator[str]


class Tour(NamedTuple):
    """A way through the program, and the project it goes through."""

    walk: Callable[[AnnotatorApp, Pilot[None]], Stops]
    project: Callable[[Path], Path]
    reviewer: str = ADA


async def close(app: AnnotatorApp, pilot: Pilot[None]) -> None:
    """Leave the window over the screen."""
    await pilot.press("escape")
    await pilot.pause(0.05)


async def reading(app: AnnotatorApp, pilot: Pilot[None]) -> Stops:
    """The list, an article with hints, and every window over them."""
    yield "corpus"
    await pilot.press("slash", *"pont")
    yield "corpus_filter"
    await pilot.press(*" zz")
    yield "corpus_no_match"
    await pilot.press("escape")
    await window(app, pilot, "question_mark")
    yield "corpus_help"
    await close(app, pilot)
    await enter(app, pilot)
    await hinted(app, pilot)
    yield "article"
    await pilot.press("v", "p")
    yield "article_hints"
    for key, name in (("e", "evidence"), ("t", "note"), ("f", "flag"), ("g", "target")):
        await window(app, pilot, key)
        yield name
        await close(app, pilot)
    await window(app, pilot, "e")
    await pilot.press(*"vu", "enter")
    await pilot.pause(0.05)
    await window(app, pilot, "e")
    yield "evidence_list"
    await close(app, pilot)
    for key, name in (("h", "history"), ("enter", "claim"), ("H", "hint_kinds")):
        await window(app, pilot, key)
        yield name
        await close(app, pilot)
    await window(app, pilot, "c")
    yield "codebook"
    await pilot.press("slash", *"sarc")
    yield "codebook_search"
    await pilot.press("escape")
    await close(app, pilot)
    await pilot.press("ctrl+p")
    await pilot.pause(0.3)
    yield "palette"
    await close(app, pilot)
    await window(app, pilot, "question_mark")
    yield "article_help"
    await close(app, pilot)
    await pilot.press("w", "down")
    yield "words"
    await window(app, pilot, "question_mark")
    yield "words_help"
    await close(app, pilot)
    await pilot.press("escape", "J")
    await hinted(app, pilot)
    await pilot.press("j", "d", "s", "u")
    yield "article_quotations"
    await pilot.press("J")
    yield "article_without_claims"


async def correcting(app: AnnotatorApp, pilot: Pilot[None]) -> Stops:
    """An article whose tags are corrected, with an answer that is superseded."""
    await pilot.press("down")
    await enter(app, pilot, "j", "d", "k")
    await hinted(app, pilot)
    await window(app, pilot, "x")
    yield "tags"
    await window(app, pilot, "s")
    yield "speakers"
    await close(app, pilot)
    await pilot.press("x", "c", "up", "space", "right")
    yield "pieces"
    await window(app, pilot, "question_mark")
    yield "pieces_help"
    await close(app, pilot)
    await pilot.press("enter")
    await hinted(app, pilot)
    yield "corrected"
    await pilot.press("x", "l", "enter")
    yield "superseded"


async def finding(app: AnnotatorApp, pilot: Pilot[None]) -> Stops:
    """A search through all claims, and what a speaker says."""
    await pilot.press("down")
    await enter(app, pilot, "v", "slash")
    await looked_up(app, pilot)
    yield "search_lists"
    await pilot.press(*"que", "space", *"pont")
    await looked_up(app, pilot)
    yield "search"
    await pilot.press("enter")
    await looked_up(app, pilot)
    yield "found"
    await pilot.press("S")
    await looked_up(app, pilot)
    yield "speaker"
    await window(app, pilot, "S")
    yield "speaker_list"


async def settling(app: AnnotatorApp, pilot: Pilot[None]) -> Stops:
    """The disagreements of three colleagues, and what is counted of them."""
    for key, name in (
        ("A", "agreement"), ("F", "mine"), ("P", "people"), ("W", "same_words"), ("Y", "returned"),
    ):  # fmt: skip
        await pilot.press(key)
        await looked_up(app, pilot)
        yield name
        await close(app, pilot)
    await pilot.press("R")
    await pilot.pause()
    yield "review"
    await pilot.press("N", "j")
    yield "review_names"
    await pilot.press("right")
    for key, name in (
        ("r", "reason"),
        ("y", "send_back"),
        ("U", "unanimous"),
        ("question_mark", "review_help"),
    ):
        await window(app, pilot, key)
        yield name
        await close(app, pilot)
    await pilot.press("home", "0", "0", "0")
    yield "review_empty"


async def nothing(app: AnnotatorApp, pilot: Pilot[None]) -> Stops:
    """A project without articles."""
    yield "empty"


def shelf(folder: Path) -> Path:
    """Articles with hints, with quotations, and without claims."""
    return make_project(folder, loaded(), bridge(), plain("\n", "Rien"))


TOURS = {
    "reading": Tour(reading, shelf),
    "correcting": Tour(correcting, shelf),
    "finding": Tour(finding, shelf),
    "settling": Tour(settling, merged, LEA),
    "nothing": Tour(nothing, make_project),
}
