"""Marking words: with keys, with the mouse, from hints; and the hints themselves."""

import pytest

from annotator.errors import AnnotatorError
from annotator.settings import Settings
from annotator.store import open_project
from annotator.tui.bars import MessageBar
from annotator.tui.reader import Reader

from .helpers import (
    LOADED,
    article,
    current,
    hinted,
    judgement,
    loaded,
    make_project,
    opened,
    plain,
    screen_text,
    styles_of,
)

P = "partisan_framing"
FIRST, SECOND, THIRD = LOADED.split("\n")


@pytest.fixture
def db(tmp_path):
    return make_project(tmp_path, loaded(), plain("Un texte.", "Autre"))


def words(db, claim: str, label: str = P) -> list[str]:
    saved = judgement(db, claim)
    return [LOADED[start:end] for name, (start, end) in saved.spans if name == label]


def message(app) -> str:
    return app.screen.query_one(MessageBar).text


async def test_a_label_takes_the_hinted_words_and_tab_chooses_among_them(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await hinted(app, pilot)
        await pilot.press("j", "p")
        assert words(db, SECOND) == ["régime", "terroristes"]
        for chosen in (["régime"], ["terroristes"], [], ["régime", "terroristes"]):
            await pilot.press("tab")
            assert words(db, SECOND) == chosen
        assert "régime · terroristes" in message(app)
        await pilot.press("p")
        assert judgement(db, SECOND) is None


async def test_where_nothing_is_proposed_tab_says_so(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await hinted(app, pilot)
        await pilot.press("end", "tab")
        assert "p or s gives one" in message(app)
        await pilot.press("s", "tab")
        assert message(app) == "No words are proposed for sarcasm here: w chooses some."
        assert words(db, THIRD, "sarcasm") == []
        await pilot.press("u")
        assert message(app) == ""


async def test_without_a_hint_the_words_are_missing_until_they_are_marked(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await hinted(app, pilot)
        await pilot.press("j", "s")
        await pilot.pause()
        assert judgement(db, SECOND).labels == {"rhetoric": ("sarcasm",)}
        assert "missing  words (sarcasm)" in screen_text(app)
        await pilot.press("w", "right", "right", "enter")
        await pilot.pause()
        assert words(db, SECOND, "sarcasm") == ["a"]
        assert "missing" not in screen_text(app)


async def test_choosing_words_by_keys(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await hinted(app, pilot)
        await pilot.press("s", "w")
        await pilot.pause()
        footer = screen_text(app).splitlines()[-1]
        assert "→ ← word" in footer and "Enter mark" in footer and "judge" not in footer
        await pilot.press("right", "down", "down", "up", "enter")
        assert words(db, FIRST, "sarcasm") == ["terroristes ont"]
        await pilot.press("enter")
        assert words(db, FIRST, "sarcasm") == []
        await pilot.press("shift+left", "shift+left", "space")
        assert words(db, FIRST, "sarcasm") == ["terroristes o"]
        await pilot.press("right", "left", "right", "tab", "shift+right", "p")
        assert words(db, FIRST) == [" pris"]
        await pilot.press("escape")
        await pilot.pause()
        assert "judge" in screen_text(app).splitlines()[-1]
        assert current(app) == FIRST


async def test_words_without_a_label_ask_for_one(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "w", "enter")
        await pilot.pause()
        assert "Which label? p or s" in message(app)
        await pilot.press("p", "q")
        assert words(db, FIRST) == ["Les"]


async def test_the_mouse_chooses_words(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await hinted(app, pilot)
        await pilot.mouse_down(Reader, offset=(7 + 4, 0))
        await pilot.hover(Reader, offset=(7 + 14, 0))
        await pilot.mouse_up(Reader, offset=(7 + 14, 0))
        await pilot.pause()
        await pilot.press("p")
        assert words(db, FIRST) == ["terroristes"]


async def test_a_click_on_a_hint_marks_its_words(db):
    async with opened(db, size=(120, 40)) as (app, pilot):
        await pilot.press("enter", "j")
        await hinted(app, pilot)
        row = next(
            y for y, line in enumerate(screen_text(app).splitlines()) if "régime" in line[80:]
        )
        await pilot.click(offset=(95, row))
        await pilot.pause()
        assert words(db, SECOND) == ["régime"]
        await pilot.click(offset=(95, row))
        await pilot.pause()
        assert words(db, SECOND) == []


async def test_hints_stand_in_the_panel_and_in_the_text_and_are_recorded(db):
    async with opened(db, size=(120, 40)) as (app, pilot):
        await pilot.press("enter")
        await hinted(app, pilot)
        assert 'hint     "terroristes"' in screen_text(app)
        assert any("italic" in style for style in styles_of(app, "terroristes", below=0))
        await pilot.press("v", "n")
        assert judgement(db, FIRST).hints_shown == ("loaded_word:4-15",)
        assert len(judgement(db, SECOND).hints_shown) == 2


async def test_without_colours_hints_and_marked_words_stand_out(db, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "end")
        await hinted(app, pilot)
        assert any("italic" in style for style in styles_of(app, "terroristes", below=0))
        assert not any("italic" in style for style in styles_of(app, "ont pris", below=0))
        await pilot.press("home", "p", "end")
        await pilot.pause()
        first_row = styles_of(app, "terroristes", below=0)
        assert any("bold" in style and "underline2" in style for style in first_row)
        await pilot.press("home", "w")
        await pilot.pause()
        assert any("not reverse" in style for style in styles_of(app, "terroristes", below=0))


async def test_kinds_of_hints_can_be_switched_off(db):
    off = Settings(hints_off=("loaded_word",))
    async with opened(db, settings=off, size=(120, 40)) as (app, pilot):
        await pilot.press("enter")
        await hinted(app, pilot)
        assert 'terroristes"' not in screen_text(app)
        await pilot.press("end")
        await pilot.pause()
        assert "compterait" in screen_text(app) and "hint " in screen_text(app)


async def test_a_kind_that_does_not_exist_is_named(db):
    wrong = Settings(hints_off=("loud",), places={"hints_off": "s.toml, line 3"})
    async with opened(db, settings=wrong) as (app, _):
        pass
    assert isinstance(app.failure, AnnotatorError)
    assert "s.toml, line 3: no kind of hint 'loud'" in str(app.failure)


async def test_a_projects_own_list_beside_it(db):
    own = db.with_name("test.hints.toml")
    own.write_text('language = "fr"\n[[words]]\nword = "quartier"\nlabel = "sarcasm"\n'
                   'class = "mine"\n')  # fmt: skip
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await hinted(app, pilot)
        await pilot.press("j", "s")
        assert words(db, SECOND, "sarcasm") == ["quartiers"]


async def test_a_broken_list_is_said_and_hinders_nothing(db):
    db.with_name("test.hints.fr.toml").write_text("language =")
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await hinted(app, pilot)
        assert "test.hints.fr.toml" in message(app)
        await pilot.press("v")
        assert judgement(db, FIRST) is not None


async def test_hints_of_an_article_left_meanwhile_are_forgotten(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "J")
        await hinted(app, pilot)
        assert article(app).hints == {}
        with open_project(db) as project:
            assert project.count("Ada") == 2
