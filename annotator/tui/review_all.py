"""What the review does over all articles: settling the unanimous claims."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.errors import AnnotatorError
from annotator.review import unanimous
from annotator.tui.beside import beside
from annotator.tui.dialogs import Choice
from annotator.tui.menu import Menu
from annotator.tui.screen import KeyScreen

NONE_UNANIMOUS = "No claim waits that two or more judged and on which all agree."
LEAVE = "leave them"


async def accept_unanimous(screen: KeyScreen) -> None:
    """Ask which unanimous claims to settle, settle them, and say how many these were."""
    assert screen.desk is not None
    reviewer = screen.desk.reviewer
    try:
        found = await beside(
            screen, "Counting", lambda file, tell: unanimous.votes(file, reviewer, tell)
        )
        if not screen.ready:
            return
        if not found:
            screen.say(NONE_UNANIMOUS)
            return
        least = await screen.app.push_screen_wait(_question(found))
        if least is None or least == LEAVE:
            return
        count = await beside(
            screen,
            "Settling",
            lambda file, tell: unanimous.accept_unanimous(file, reviewer, int(least), tell),
        )
        if screen.ready:
            screen.show_changes()
            screen.say(f"{_claims(count)} settled as unanimous.")
    except AnnotatorError as error:
        if screen.ready:
            screen.say(str(error), error=True)


def _question(found: Mapping[int, int]) -> Menu:
    choices = [
        Choice(str(least), f"settle {_claims(count)} on which all agree, {least} votes or more")
        for least, count in found.items()
    ]
    return Menu("Unanimous claims", [*choices, Choice(LEAVE, LEAVE)], len(choices))


def _claims(count: int) -> str:
    return f"{count} claim{'s' * (count != 1)}"
