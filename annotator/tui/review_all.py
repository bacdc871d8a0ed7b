"""What the review does over all articles: settling the unanimous claims, finding one's own."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.errors import AnnotatorError
from annotator.review import unanimous
from annotator.review.mine import settled_otherwise
from annotator.tui.beside import beside
from annotator.tui.dialogs import Choice
from annotator.tui.menu import Menu
from annotator.tui.screen import KeyScreen

NONE_UNANIMOUS = "No claim waits that two or more judged and on which all agree."
NONE_OTHERWISE = "Nothing was settled on other labels than you gave."
LEAVE = "leave them"


async def accept_unanimous(screen: KeyScreen) -> None:
    """Ask which unanimous claims to settle, settle them, and say how many these were."""
    assert screen.desk is not None
    reviewer = screen.desk.reviewer
    try:
        found = await beside(
            screen, "Counting", lambda file, tell: unanimous.votes(file, reviewer, tell)
        )
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
        screen.show_changes()
        screen.say(f"{_claims(count)} settled as unanimous.")
    except AnnotatorError as error:
        screen.say(str(error), error=True)


async def open_settled_otherwise(screen: KeyScreen) -> None:
    """Go through the claims that were settled on other labels than the reviewer gave."""
    from annotator.tui.review import ReviewScreen

    assert screen.desk is not None
    reviewer = screen.desk.reviewer
    try:
        claims = await beside(
            screen, "Comparing", lambda file, tell: settled_otherwise(file, reviewer, tell)
        )
    except AnnotatorError as error:
        screen.say(str(error), error=True)
        return
    if claims:
        screen.app.push_screen(ReviewScreen(screen.desk, claims, "Settled otherwise"))
    else:
        screen.say(NONE_OTHERWISE)


def _question(found: Mapping[int, int]) -> Menu:
    choices = [
        Choice(str(least), f"settle {_claims(count)} on which all agree, {least} votes or more")
        for least, count in found.items()
    ]
    return Menu("Unanimous claims", [*choices, Choice(LEAVE, LEAVE)], len(choices))


def _claims(count: int) -> str:
    return f"{count} claim{'s' * (count != 1)}"
