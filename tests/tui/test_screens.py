"""What the screens look like, as text, at the sizes people use; and without colours."""

import pytest

from annotator.settings import Settings

from .helpers import (
    bridge,
    enter,
    hinted,
    make_project,
    opened,
    plain,
    screen_text,
    styles_of,
)
from .snapshots import SIZES, expected, settled
from .tours import shelf

QUOTE = "Nous ne rouvrirons pas"


@pytest.fixture
def db(tmp_path):
    return make_project(tmp_path, bridge(), plain("Un autre texte.", "Un autre"))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_screen_opened_at_a_size_is_as_one_resized_to_it(tmp_path, size):
    async with opened(shelf(tmp_path), size=size) as (app, pilot):
        assert await settled(app, pilot) == expected(f"{size[0]}x{size[1]}/corpus")
        await enter(app, pilot)
        await hinted(app, pilot)
        assert await settled(app, pilot) == expected(f"{size[0]}x{size[1]}/article")


async def test_the_outlet_can_be_hidden(db):
    hidden = Settings(hide_outlet=True)
    async with opened(db, settings=hidden) as (app, pilot):
        assert "Marvelle Matin" not in screen_text(app)
        await enter(app, pilot)
        assert "Marvelle Matin" not in screen_text(app)
        await pilot.press("ctrl+p", *"Marvelle")
        await pilot.pause(0.3)
        assert "Marvelle Matin" not in screen_text(app)


@pytest.mark.parametrize("theme", ["annotator-light", "nord", "textual-light", "ansi-dark"])
async def test_other_themes_show_the_same(tmp_path, theme):
    async with opened(shelf(tmp_path)) as (app, pilot):
        app.theme = theme
        await enter(app, pilot)
        await hinted(app, pilot)
        assert await settled(app, pilot) == expected("80x24/article")
        await pilot.press("J")
        await hinted(app, pilot)
        words = ("a annoncé", "La maire", QUOTE, "Des habitants")
        assert len({frozenset(styles_of(app, one)) for one in words}) == 4


async def test_without_colours_attributes_tell_the_parts_apart(db, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        assert styles_with(app, "Le pont de Marvelle restera fermé", "bold", "reverse")
        assert styles_with(app, "Nous ne rouvrirons pas avant", "underline")
        assert styles_with(app, "a-t-elle déclaré", "bold")
        assert styles_with(app, "La maire, Odile Varenne", "bold", "underline")
        assert styles_with(app, "Des habitants parlent")
        await pilot.press("j")
        await pilot.pause()
        assert styles_with(app, "que le pont resterait fermé", "underline", "reverse")
        assert styles_with(app, "Le pont de Marvelle restera fermé", "bold")
        assert "▸" in screen_text(app)


def styles_with(app, words: str, *attributes: str) -> bool:
    """Whether words of the text are painted with exactly these attributes."""
    known = {"bold", "underline", "reverse", "dim", "italic"}
    wanted = [set(style.split()) & known for style in styles_of(app, words, below=0)]
    return wanted != [] and all(style == set(attributes) for style in wanted)


async def test_a_resize_keeps_the_claim_in_view_and_moves_the_panel(db):
    async with opened(db, size=(120, 40)) as (app, pilot):
        await pilot.press("enter", "end")
        await pilot.pause()
        assert any("│  narrator" in line for line in screen_text(app).splitlines())
        await pilot.resize_terminal(60, 12)
        await pilot.pause(0.2)
        assert "▸ ·    Des habitants parlent" in screen_text(app)
        assert "│  narrator" not in screen_text(app)
