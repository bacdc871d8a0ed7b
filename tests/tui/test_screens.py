"""What the screens look like, as text, at the sizes people use; and without colours."""

from pathlib import Path

import pytest

from annotator.settings import Settings

from .helpers import (
    bridge,
    enter,
    hinted,
    loaded,
    make_project,
    opened,
    plain,
    screen_text,
    settled,
    styles_of,
    window,
)

SCREENS = Path(__file__).with_name("screens")
QUOTE = "Nous ne rouvrirons pas"


@pytest.fixture
def db(tmp_path):
    return make_project(tmp_path, bridge(), plain("Un autre texte.", "Un autre"))


def shown(app) -> str:
    return screen_text(app) + "\n"


def expected(name: str) -> str:
    return (SCREENS / f"{name}.txt").read_text(encoding="utf-8")


async def test_corpus(db):
    async with opened(db) as (app, _):
        assert shown(app) == expected("corpus_two_80x24")


async def test_article_and_help(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "v", "d", "p")
        await hinted(app, pilot)
        assert shown(app) == expected("article_80x24")
        await window(app, pilot, "question_mark")
        assert shown(app) == expected("help_80x24")


SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_an_article_with_hints_at_three_sizes(tmp_path, size):
    db = make_project(tmp_path, loaded())
    name = f"{size[0]}x{size[1]}"
    async with opened(db, size=size) as (app, pilot):
        assert shown(app) == expected(f"corpus_{name}")
        await enter(app, pilot)
        await hinted(app, pilot)
        await pilot.press("v", "p")
        await pilot.pause()
        assert shown(app) == expected(f"hints_{name}")
        await window(app, pilot, "e")
        await pilot.press("a", "tab", "ctrl+u")
        await pilot.pause()
        assert shown(app) == expected(f"evidence_{name}")
        await pilot.press("escape")
        await pilot.pause(0.1)
        await pilot.press("w", "down")
        await pilot.pause()
        assert shown(app) == expected(f"words_{name}")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_is_found_at_three_sizes(db, size):
    name = f"{size[0]}x{size[1]}"
    async with opened(db, size=size) as (app, pilot):
        await enter(app, pilot, "v", "slash")
        await settled(app, pilot)
        assert shown(app) == expected(f"lists_{name}")
        await pilot.press(*"que", "space", *"pont")
        await settled(app, pilot)
        assert shown(app) == expected(f"search_{name}")
        await pilot.press("enter")
        await settled(app, pilot)
        assert shown(app) == expected(f"found_{name}")
        await pilot.press("S")
        await settled(app, pilot)
        assert shown(app) == expected(f"speaker_{name}")
        await window(app, pilot, "S")
        assert shown(app) == expected(f"speakers_{name}")


async def test_wide_article(db):
    async with opened(db, size=(120, 40)) as (app, pilot):
        await enter(app, pilot, "v", "d", "p")
        await hinted(app, pilot)
        assert shown(app) == expected("article_120x40")


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
async def test_other_themes_show_the_same(db, theme):
    async with opened(db) as (app, pilot):
        app.theme = theme
        await enter(app, pilot, "v", "d", "p")
        await hinted(app, pilot)
        assert shown(app) == expected("article_80x24")
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
        assert any("│  narrator" in line for line in shown(app).splitlines())
        await pilot.resize_terminal(60, 12)
        await pilot.pause(0.2)
        assert "▸ ·    Des habitants parlent" in shown(app)
        assert "│  narrator" not in shown(app)
