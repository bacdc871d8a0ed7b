"""What the screens look like, as text, at the sizes people use; and without colours."""

from pathlib import Path

import pytest

from .helpers import bridge, make_project, opened, plain, screen_text, styles_of

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
        assert shown(app) == expected("corpus_80x24")


async def test_article_and_help(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "v", "d", "p")
        await pilot.pause()
        assert shown(app) == expected("article_80x24")
        await pilot.press("question_mark")
        await pilot.pause()
        assert shown(app) == expected("help_80x24")


async def test_wide_article(db):
    async with opened(db, size=(120, 40)) as (app, pilot):
        await pilot.press("enter", "v", "d", "p")
        await pilot.pause()
        assert shown(app) == expected("article_120x40")


@pytest.mark.parametrize("theme", ["annotator-light", "nord", "textual-light", "ansi-dark"])
async def test_other_themes_show_the_same(db, theme):
    async with opened(db) as (app, pilot):
        app.theme = theme
        await pilot.press("enter", "v", "d", "p")
        await pilot.pause()
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
