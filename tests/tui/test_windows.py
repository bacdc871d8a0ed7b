"""The windows: the codebook, and what happens to keys that come too early or too late."""

import pytest

from annotator.errors import AnnotatorError
from annotator.review.adopting import adopt
from annotator.store import open_project
from annotator.tui.app import AnnotatorApp
from annotator.tui.dialogs import Choice, among
from annotator.tui.markdown import markdown_lines
from annotator.tui.modal import Modal

from .helpers import (
    ADA,
    Settings,
    article,
    bridge,
    corpus,
    current,
    enter,
    judgement,
    make_project,
    opened,
    screen_text,
    window,
)

HEADLINE = "Le pont de Marvelle restera fermé"
SCHEME = """
name = "mine"
[[axes]]
id = "truth"
name = "Truth"
many = false
[[axes.labels]]
id = "yes"
key = "{key}"
name = "surely"
definition = "It is so, says the definition."
"""


@pytest.fixture
def db(tmp_path):
    return make_project(tmp_path, bridge())


def top_line(app) -> str:
    """The first line of text inside the window."""
    lines = screen_text(app).splitlines()
    frame = next(y for y, line in enumerate(lines) if "╭─" in line)
    return lines[frame + 1].split("│")[1].strip(" ▇▆█▁▂▃▄▅")


@pytest.mark.parametrize("key", ["h", "c", "H", "enter", "g"])
async def test_a_click_beside_a_window_closes_it(db, key):
    async with opened(db) as (app, pilot):
        await enter(app, pilot)
        opened_window = await window(app, pilot, key)
        await pilot.pause(0.1)
        frame = opened_window.query_one(".window").region
        await pilot.click(offset=(frame.x + 5, frame.y + 1))
        await pilot.pause(0.1)
        assert app.screen is opened_window
        await pilot.click(offset=(0, 0))
        await pilot.pause(0.1)
        assert article(app)


async def test_a_click_beside_a_window_loses_no_text(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot)
        asking = await window(app, pilot, "t")
        await pilot.press(*"draft")
        await pilot.click(offset=(0, 0))
        await pilot.pause(0.1)
        assert app.screen is asking
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert article(app).judgement.note == "draft"


async def test_the_codebook_opens_at_the_label_given_last(db):
    async with opened(db) as (app, pilot):
        await window(app, pilot, "c")
        assert top_line(app) == "Codebook"
        await pilot.press("c")
        await pilot.pause(0.1)
        await pilot.press("enter", "d")
        await window(app, pilot, "c")
        await pilot.pause(0.1)
        assert top_line(app) == "Disputed"
        await pilot.press("escape")
        await pilot.pause(0.1)
        await pilot.press("s")
        await window(app, pilot, "c")
        await pilot.pause(0.1)
        assert top_line(app) == "Sarcasm"


async def test_the_codebook_opens_at_a_label_of_the_claim_it_is_opened_from(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "p", "v", "d", "k", "k")
        await pilot.pause()
        await window(app, pilot, "c")
        await pilot.pause(0.1)
        assert top_line(app) == "Partisan framing"
        await pilot.press("escape")
        await pilot.pause(0.1)
        await pilot.press("j")
        await window(app, pilot, "c")
        await pilot.pause(0.1)
        assert top_line(app) == "Disputed"


async def test_the_codebook_is_searched_and_scrolled(db):
    async with opened(db) as (app, pilot):
        await window(app, pilot, "c")
        await pilot.press("slash", *"eco-ZEALOTS")
        await pilot.pause()
        assert "eco-zealots" in screen_text(app)
        await pilot.press("escape", "home")
        await pilot.pause()
        assert top_line(app) == "Codebook"
        await pilot.press("m")
        await pilot.pause()
        assert "eco-zealots" in screen_text(app)
        await pilot.press("home", "pagedown", "j", "k", "end")
        await pilot.pause()
        assert top_line(app) != "Codebook"
        await pilot.press("q")
        await pilot.pause(0.1)
        corpus(app)


async def test_a_project_brings_its_own_labels_and_codebook(db, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(SCHEME.format(key="é"))
    with open_project(db) as project:
        adopt(project, ADA, path)
    async with opened(db) as (app, pilot):
        assert app.failure is None
        await pilot.press("enter", "é")
        assert judgement(db, HEADLINE).labels == {"truth": ("yes",)}
        await window(app, pilot, "c")
        assert "It is so, says the definition." in screen_text(app)
    (tmp_path / "mine.md").write_text("# Ours\n\n## Surely\nDefines: yes\n\nAs *we* see it.\n")
    app = AnnotatorApp(db, [], ADA, Settings(), path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)
        await window(app, pilot, "c")
        assert "As we see it." in screen_text(app)
    app.desk.project.close()


async def test_labels_whose_keys_are_taken_do_not_come_in(db, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(SCHEME.format(key="j"))
    app = AnnotatorApp(db, [], ADA, Settings(), path)
    async with app.run_test() as pilot:
        await pilot.pause(0.1)
    assert isinstance(app.failure, AnnotatorError) and "already means" in str(app.failure)
    with open_project(db) as project:
        assert project.scheme().name == "default"


@pytest.mark.parametrize("key", ["t", "g", "e", "f", "c", "h", "enter", "question_mark"])
async def test_a_key_on_its_way_to_a_window_does_not_judge(db, key):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        for name in (key, "v"):
            app.post_message(pressed(name))
        await pilot.pause(0.2)
        for name in ("escape", "escape") if isinstance(app.screen, Modal) else ():
            app.post_message(pressed(name))
        await pilot.pause(0.2)
        assert judgement(db, HEADLINE) is None
        assert app.is_running


def pressed(name: str):
    from textual.events import Key

    character = name if len(name) == 1 else {"question_mark": "?"}.get(name)
    return Key(name, character)


async def test_back_pressed_twice_at_once_leaves_the_program(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        app.post_message(pressed("q"))
        app.post_message(pressed("q"))
        await pilot.pause(0.5)
        assert not app.is_running and app.return_code == 0


async def test_what_others_write_while_an_article_opens_does_no_harm(db):
    async with opened(db) as (app, pilot):
        app.screen.action_open()
        with open_project(db) as project:
            project.set_blind("Ben", False)
        for _ in range(40):
            app._poll()
            app._show_adding(None)
            await pilot.pause(0.005)
        assert current(app) == HEADLINE
        app.screen.action_back()
        app._poll()
        app._show_adding(None)
        await pilot.pause()
        corpus(app)


async def test_what_others_write_while_the_program_ends_does_no_harm(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot)
        app.exit()
        with open_project(db) as project:
            project.set_blind("Ben", False)
        for _ in range(20):
            app._poll()
            app._show_adding(None)
            await pilot.pause(0.005)
    assert app.return_code == 0


def test_choices_are_found_by_all_their_words():
    search = among(
        [Choice("1", "La maire de Marvelle"), Choice("2", "Le port"), Choice("3", "marée")]
    )
    assert [one.value for one in search("MAR ma")] == ["1", "3"]
    assert [one.value for one in search("")] == ["1", "2", "3"]
    assert search("nord") == []


def test_markdown_as_lines():
    text = "Un **mot** et\nun `code`.\n\n> *dit* [x]\n>\n> suite\n\n1. premier point long\n2. deux"
    lines = [line.plain for line in markdown_lines(text, 14)]
    assert lines == [
        "Un mot et un", "code.", "", "│ dit [x]", "│ ", "│ suite", "",
        "1. premier", "   point long", "2. deux",
    ]  # fmt: skip
