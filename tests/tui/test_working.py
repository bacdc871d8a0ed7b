"""Working in another order, and without knowing the outlet."""

import pytest

from annotator.model import About, Segment, Working
from annotator.settings import Settings
from annotator.store import open_project

from .helpers import (
    ADA,
    article,
    current,
    enter,
    looked_up,
    make_project,
    opened,
    screen_text,
    tagged,
)

LINES = ("Le quai cède.", "La rade gèle.", "Le môle tient.")
DATES = ("2026-02-01", "2026-03-01", "2026-01-01")


@pytest.fixture
def db(tmp_path):
    articles = [
        tagged(
            text,
            [Segment(0, len(text), "sentence")],
            about=About(title=text[3:7], outlet="La Vigie", author="Luc Temperel", date=date),
        )
        for text, date in zip(LINES, DATES, strict=True)
    ]
    return make_project(tmp_path, *articles)


async def test_list_neighbours_and_unseen_follow_the_order(db):
    async with opened(db, settings=Settings(order="oldest")) as (app, pilot):
        assert "3 articles, oldest first" in screen_text(app)
        rows = [line for line in screen_text(app).splitlines() if "0/1" in line]
        assert [row.split()[-1] for row in rows] == ["môle", "quai", "rade"]
        await enter(app, pilot)
        assert current(app) == LINES[2]
        await pilot.press("J")
        assert current(app) == LINES[0]
        await pilot.press("i")
        assert current(app) == LINES[1]
        await pilot.press("I", "K", "v")
        await pilot.pause()
    with open_project(db) as project:
        assert project.conditions() == {ADA: Working("oldest")}


async def test_matches_follow_the_order(db):
    async with opened(db, settings=Settings(order="newest")) as (app, pilot):
        await enter(app, pilot, "slash")
        await pilot.press(*"le")
        await looked_up(app, pilot)
        await pilot.press("enter", "M")
        await looked_up(app, pilot)
        assert current(app) == LINES[0] and "No match further back." in screen_text(app)
        await pilot.press("m")
        await looked_up(app, pilot)
        assert current(app) == LINES[2]
        await pilot.press("slash")
        await pilot.press(*"lang", "colon", *"fr")
        await looked_up(app, pilot)
        await pilot.press("enter", "M", "M")
        await looked_up(app, pilot)
        assert current(app) == LINES[1]
        await pilot.press("m", "m")
        await looked_up(app, pilot)
        assert current(app) == LINES[2]


async def test_reading_alone_says_nothing_about_how_one_works(db):
    async with opened(db, settings=Settings(order="shuffled")) as (app, pilot):
        await enter(app, pilot, "j", "J")
        assert article(app)
    with open_project(db) as project:
        assert project.conditions() == {}


async def test_an_outlet_that_is_hidden_is_not_found_either(db):
    hidden = Settings(hide_outlet=True)
    async with opened(db, settings=hidden, size=(120, 40)) as (app, pilot):
        assert "outlet" not in screen_text(app)
        await pilot.press("slash")
        await pilot.pause()
        assert "title" in screen_text(app) and "outlet" not in screen_text(app)
        await pilot.press(*"vigie")
        await pilot.pause()
        assert "No article has this in its title." in screen_text(app)
        await pilot.press("escape", "slash", *"outlet:vigie")
        await pilot.pause()
        assert "the outlet is hidden" in screen_text(app)
        await pilot.press("escape", "slash", *"quai")
        await pilot.pause()
        assert "1 article " in screen_text(app)
        await pilot.press("escape", "ctrl+p", *"temperel")
        await pilot.pause(0.3)
        assert "quai" not in screen_text(app).split("temperel")[1]
