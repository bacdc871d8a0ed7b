"""The corpus screen: paging, filter, progress, empty states."""

from textual.events import MouseScrollDown

from annotator.store import open_project
from annotator.tui.catalogue import Catalogue

from .helpers import (
    ADA,
    article,
    bridge,
    claim_with,
    corpus,
    current,
    make_project,
    opened,
    plain,
    screen_text,
)


def many(count: int):
    return [plain(f"Texte {number}.", f"Titre {number}") for number in range(count)]


def title_under_cursor(app) -> str:
    catalogue = app.screen.query_one(Catalogue)
    return catalogue.row(catalogue.cursor).title


async def test_every_moving_key(tmp_path):
    db = make_project(tmp_path, *many(500))
    async with opened(db) as (app, pilot):
        assert "500 articles" in screen_text(app)
        for key, title in [
            ("j", "Titre 1"), ("down", "Titre 2"), ("k", "Titre 1"), ("up", "Titre 0"),
            ("k", "Titre 0"), ("end", "Titre 499"), ("j", "Titre 499"), ("home", "Titre 0"),
            ("pagedown", "Titre 21"), ("pagedown", "Titre 42"), ("pageup", "Titre 21"),
        ]:  # fmt: skip
            await pilot.press(key)
            assert title_under_cursor(app) == title, key
            assert f"{title}\n" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert article(app).page.article.about.title == "Titre 21"


async def test_filter_as_you_type(tmp_path):
    db = make_project(tmp_path, bridge(), *many(30))
    async with opened(db) as (app, pilot):
        await pilot.press("slash", *"titre 2")
        await pilot.pause()
        assert "11 articles" in screen_text(app) and "Titre 23" in screen_text(app)
        assert "Marvelle" not in screen_text(app)
        assert "↓ ↑ move" in screen_text(app) and "Esc back" in screen_text(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert current(app) == "Texte 20."
        await pilot.press("J")
        await pilot.pause()
        assert current(app) == "Texte 21."  # the neighbours are those of the filtered list
        await pilot.press("q")
        await pilot.pause()
        assert "11 articles" in screen_text(app)
        assert title_under_cursor(app) == "Titre 21"
        await pilot.press("escape")
        await pilot.pause()
        assert "31 articles" in screen_text(app)
        assert title_under_cursor(app) == "Titre 21"


async def test_a_long_filtered_list_is_shown_before_it_is_counted(tmp_path):
    db = make_project(tmp_path, *many(500), bridge())
    async with opened(db) as (app, pilot):
        await pilot.press("slash", *"titre")
        assert "… articles" in screen_text(app) and "Titre 9\n" in screen_text(app)
        await pilot.pause(0.6)
        assert "500 articles" in screen_text(app) and title_under_cursor(app) == "Titre 0"
        await pilot.press(*" 1", *["pagedown"] * 8)  # beyond what was read at first
        assert title_under_cursor(app) == "Titre 199" and "Titre 199\n" in screen_text(app)
        await pilot.pause(0.6)
        assert "111 articles" in screen_text(app)
        await pilot.press("backspace", *["pageup"] * 12)
        assert title_under_cursor(app) == "Titre 0"


async def test_counting_moves_nothing_in_view(tmp_path):
    db = make_project(tmp_path, *many(500))
    async with opened(db) as (app, pilot):
        await pilot.press("end", *["k"] * 200, "slash", *"titre", "down")
        assert title_under_cursor(app) == "Titre 300" and "… articles" in screen_text(app)
        before = screen_text(app).splitlines()[2:-1]
        await pilot.pause(0.6)
        assert "500 articles" in screen_text(app) and title_under_cursor(app) == "Titre 300"
        shown = screen_text(app).splitlines()[2:-1]
        assert [one[:60].rstrip() for one in shown] == [one[:60].rstrip() for one in before]
        await pilot.press("down")
        assert title_under_cursor(app) == "Titre 301"


async def test_filter_by_outlet_without_accents_and_without_a_match(tmp_path):
    db = make_project(tmp_path, bridge(), *many(3))
    async with opened(db) as (app, pilot):
        await pilot.press("slash", *"MARVELLE mat")
        await pilot.pause()
        assert "1 article" in screen_text(app) and "Le pont" in screen_text(app)
        await pilot.press(*"xyz")
        await pilot.pause()
        assert "No article has this" in screen_text(app)
        await pilot.press("enter")
        corpus(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "4 articles" in screen_text(app)


async def test_a_filter_that_means_nothing_is_one_line_and_leaves_the_list(tmp_path):
    db = make_project(tmp_path, bridge(), *many(3))
    async with opened(db) as (app, pilot):
        await pilot.press("slash", *"colour:red")
        await pilot.pause()
        assert "colour" in screen_text(app).splitlines()[-2]
        await pilot.press("escape")
        await pilot.pause()
        assert "4 articles" in screen_text(app) and "Le pont" in screen_text(app)


async def test_letters_are_text_while_filtering(tmp_path):
    db = make_project(tmp_path, *many(3))
    async with opened(db) as (app, pilot):
        await pilot.press("slash", "q", "j", "z", "question_mark")
        assert app.screen.query_one("#filter").value == "qjz?"


async def test_progress_of_each_article(tmp_path):
    db = make_project(tmp_path, bridge(), *many(2))
    with open_project(db) as project:
        verified = {"labels": {"veracity": ["verified"]}}
        project.append(ADA, "judge", claim_with(project, "Texte 1."), verified)
        for words in ("Le pont de Marvelle restera fermé", "que le pont resterait fermé"):
            project.append(ADA, "judge", claim_with(project, words), verified)
    async with opened(db) as (app, pilot):
        lines = screen_text(app).splitlines()
        assert "━━━─── 2/4" in lines[2]
        assert "────── 0/1" in lines[3]
        assert "━━━━━━ 1/1 ✓" in lines[4]
        await pilot.press("enter", "v", "q")
        await pilot.pause()
        assert "━━━━╸─ 3/4" in screen_text(app).splitlines()[2]
    async with opened(db, reviewer="Ben") as (app, _):
        assert "0/4" in screen_text(app).splitlines()[2]


async def test_unseen_and_undo_from_the_list(tmp_path):
    db = make_project(tmp_path, bridge(), *many(2))
    async with opened(db) as (app, pilot):
        await pilot.press("end", "i")
        await pilot.pause()
        assert current(app) == "Texte 1."
        await pilot.press("v", "q")
        await pilot.pause()
        await pilot.press("I")
        await pilot.pause()
        assert current(app) == "Texte 0."
        await pilot.press("q", "z")
        await pilot.pause()
        assert current(app) == "Texte 1."
        await pilot.press("q", "Z")
        await pilot.pause()
        assert "1/1 judged" in screen_text(app)


async def test_clicks(tmp_path):
    db = make_project(tmp_path, *many(30))
    async with opened(db) as (app, pilot):
        await pilot.click(offset=(50, 5))
        await pilot.pause()
        assert current(app) == "Texte 3."


async def test_after_scrolling_away_the_cursor_comes_back_into_view(tmp_path):
    db = make_project(tmp_path, *many(100))
    async with opened(db) as (app, pilot):
        catalogue = app.screen.query_one(Catalogue)
        wheel = MouseScrollDown(catalogue, 5, 5, 0, 1, 0, False, False, False)
        for _ in range(4):
            catalogue.post_message(wheel)
        await pilot.pause(0.2)
        assert catalogue.scroll_offset.y > 0 and "▸" not in screen_text(app)
        await pilot.press("j")
        assert title_under_cursor(app) == "Titre 1" and "▸" in screen_text(app)


async def test_the_empty_project_names_the_next_step(tmp_path):
    async with opened(tmp_path / "new.db") as (app, pilot):
        assert "No articles yet" in screen_text(app)
        assert "annotator open" in screen_text(app)
        for key in ("j", "enter", "i", "z", "end", "pagedown", "slash"):
            await pilot.press(key)
        corpus(app)
        await pilot.press("question_mark")
        await pilot.pause()
        assert "open the article" in screen_text(app)


async def test_articles_of_another_process_appear(tmp_path):
    db = make_project(tmp_path, *many(1))
    async with opened(db) as (app, pilot):
        with open_project(db) as project:
            project.add([bridge()], "Ben")
        await pilot.pause(1.3)
        assert "2 articles" in screen_text(app)
