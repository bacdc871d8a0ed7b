"""Every key of the article screen, on real project files."""

import pytest

from annotator.settings import Settings
from annotator.store import open_project
from annotator.tui.bars import MessageBar

from .helpers import (
    ADA,
    TEXT,
    article,
    at,
    bridge,
    claim_with,
    corpus,
    current,
    enter,
    judgement,
    make_project,
    opened,
    plain,
    screen_text,
    window,
)

HEADLINE = "Le pont de Marvelle restera fermé"
REPORT = "que le pont resterait fermé"
QUOTE = "Nous ne rouvrirons pas avant l’été"
LAST = "Des habitants parlent d’un chantier sans fin."


@pytest.fixture
def db(tmp_path):
    return make_project(tmp_path, bridge(), plain("Un autre texte.\nIl est court.", "Un autre"))


def message(app) -> str:
    return app.screen.query_one(MessageBar).text


async def test_the_walk_by_keys(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        assert current(app) == HEADLINE
        for key, words in [
            ("j", REPORT), ("down", QUOTE), ("j", LAST), ("k", QUOTE), ("up", REPORT),
            ("end", LAST), ("home", HEADLINE), ("k", HEADLINE),
        ]:  # fmt: skip
            await pilot.press(key)
            assert current(app) == words, key
        assert message(app).startswith("The first claim")
        await pilot.press("end", "j")
        assert current(app) == LAST
        assert message(app).startswith("The last claim")
        await pilot.press("k")
        assert message(app) == ""


@pytest.mark.parametrize(
    ("key", "label"),
    [("v", "verified"), ("d", "disputed"), ("space", "unverified"), ("n", "not_a_claim")],
)
async def test_one_key_judges_saves_and_goes_on(db, key, label):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", key)
        await pilot.pause()
        saved = judgement(db, HEADLINE)
        assert saved is not None and saved.labels == {"veracity": (label,)}
        assert current(app) == REPORT
        assert "1/4 judged" in screen_text(app)


@pytest.mark.parametrize(("key", "label"), [("p", "partisan_framing"), ("s", "sarcasm")])
async def test_toggles_save_and_stay(db, key, label):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", key)
        await pilot.pause()
        assert current(app) == HEADLINE
        assert judgement(db, HEADLINE).labels == {"rhetoric": (label,)}
        assert "begun" in screen_text(app) and "0/4 judged" in screen_text(app)
        await pilot.press(key)
        assert judgement(db, HEADLINE) is None
        assert "not seen" in screen_text(app)


async def test_unsure_and_a_second_answer(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "u", "p", "v", "k")
        await pilot.pause()
        saved = judgement(db, HEADLINE)
        assert saved.unsure and saved.labels == {
            "veracity": ("verified",), "rhetoric": ("partisan_framing",)
        }  # fmt: skip
        assert "▸ vp?" in screen_text(app)
        await pilot.press("d", "k", "u")
        assert judgement(db, HEADLINE).labels["veracity"] == ("disputed",)
        assert not judgement(db, HEADLINE).unsure


async def test_withdraw(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "v", "k", "backspace")
        await pilot.pause()
        assert judgement(db, HEADLINE) is None
        assert "not seen" in screen_text(app) and "0/4 judged" in screen_text(app)
        assert current(app) == HEADLINE


async def test_the_narrators_claim_and_back_on_the_walk(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "j", "o")
        await pilot.pause()
        assert current(app) == TEXT[at(TEXT, "La maire")[0] : at(TEXT, "fermé. ")[1] - 1]
        assert "beside 2" in screen_text(app)
        await pilot.press("v")
        assert current(app) == REPORT  # the walk goes on from where the narrator's claim begins
        assert "0/4 judged" in screen_text(app)


async def test_unseen_across_articles(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "v", "v", "k", "k")
        await pilot.press("i")
        assert current(app) == QUOTE
        await pilot.press("v", "v", "i")
        await pilot.pause()
        assert current(app) == "Un autre texte."
        await pilot.press("v", "v", "i")
        assert message(app) == "No unseen claim further on."
        with open_project(db) as project:
            project.undo(ADA)
        await pilot.press("home", "I")
        assert message(app) == "No unseen claim further back."


async def test_previous_unseen_goes_back_over_articles(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "J", "I")
        await pilot.pause()
        assert current(app) == LAST


async def test_articles_by_keys(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "J")
        await pilot.pause()
        assert article(app).page.article.about.title == "Un autre"
        await pilot.press("J")
        assert message(app) == "This is the last article."
        await pilot.press("K")
        await pilot.pause()
        assert current(app) == HEADLINE
        await pilot.press("K")
        assert message(app) == "This is the first article."


async def test_undo_and_redo_go_where_it_was_across_articles_and_restarts(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "j", "d", "J", "v")
        await pilot.pause()
        assert judgement(db, "Un autre texte.") is not None
    async with opened(db) as (app, pilot):
        assert current(app) == "Il est court."
        await pilot.press("z")
        await pilot.pause()
        assert current(app) == "Un autre texte."
        assert message(app) == "Undone: no answer now"
        assert judgement(db, "Un autre texte.") is None
        await pilot.press("z")
        await pilot.pause()
        assert current(app) == REPORT
        assert message(app) == "Undone: no answer now"
        assert judgement(db, REPORT) is None
        assert "0/4 judged" in screen_text(app)
        await pilot.press("z")
        assert "not seen" in screen_text(app)
        await pilot.press("Z")
        await pilot.pause()
        assert judgement(db, REPORT).labels == {"veracity": ("disputed",)}
        assert message(app) == "Redone: the answer is disputed"
        assert current(app) == REPORT and "judged  2 of 4" in screen_text(app)
        await pilot.press("Z")
        await pilot.pause()
        assert current(app) == "Un autre texte."


async def test_what_is_undone_on_another_screen_is_undone_here(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "j", "d")
        await pilot.pause()
        assert "1/4 judged" in screen_text(app)
        depth = len(app.screen_stack)
        await pilot.press("R")
        await pilot.pause()
        await pilot.press("z")
        await pilot.pause()
        assert judgement(db, REPORT) is None
        assert len(app.screen_stack) == depth + 2
        await pilot.press("q", "q")
        await pilot.pause()
        assert len(app.screen_stack) == depth
        assert "0/4 judged" in screen_text(app)


async def test_back_to_the_list_and_where_one_stopped(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "j", "j", "q")
        await pilot.pause()
        corpus(app)
        await pilot.press("enter")
        await pilot.pause()
        assert current(app) == HEADLINE  # a new visit starts at what is unseen
        await pilot.press("j", "escape")
        await pilot.pause()
        await pilot.press("q")
    async with opened(db) as (app, pilot):
        assert current(app) == REPORT


async def test_pages(tmp_path):
    text = "\n".join(f"Phrase numéro {number}." for number in range(200))
    db = make_project(tmp_path, plain(text))
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "pagedown")
        await pilot.pause()
        down = current(app)
        assert 5 <= int(down.split()[2][:-1]) <= 24
        assert down in screen_text(app)
        await pilot.press("pagedown", "pageup")
        assert current(app) == down
        await pilot.press("end")
        assert current(app) == "Phrase numéro 199."
        assert "Phrase numéro 199." in screen_text(app)


async def test_what_cannot_be_saved_is_said_and_not_shown(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        db.chmod(0o444)
        app.desk.project._file._sql.execute("PRAGMA query_only = ON")
        await pilot.press("v")
        await pilot.pause()
        assert current(app) == HEADLINE
        assert "read-only" in message(app)
        assert "0/4 judged" in screen_text(app) and "not seen" in screen_text(app)
        app.desk.project._file._sql.execute("PRAGMA query_only = OFF")
        await pilot.press("v")
        assert current(app) == REPORT and message(app) == ""


async def test_a_locked_file_is_said_in_one_line(db, monkeypatch):
    monkeypatch.setattr("annotator.tui.app.LOCK_PATIENCE_SECONDS", 0.1)
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        with open_project(db) as other, other._file.writing():
            await pilot.press("p")
            await pilot.pause()
            assert "locked by another program" in message(app)
            assert "0/4 judged" in screen_text(app)
        await pilot.press("p")
        assert judgement(db, HEADLINE).labels == {"rhetoric": ("partisan_framing",)}


async def test_what_a_colleague_process_writes_appears(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        with open_project(db) as project:
            body = {"labels": {"veracity": ["disputed"]}}
            project.append(ADA, "judge", claim_with(project, QUOTE), body)
        await pilot.pause(1.3)
        assert "1/4 judged" in screen_text(app)


async def test_clicks_go_to_claims_labels_and_footer(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        lines = screen_text(app).splitlines()
        y = next(n for n, line in enumerate(lines) if QUOTE[:20] in line)
        await pilot.click(offset=(lines[y].index(QUOTE[:20]) + 3, y))
        assert current(app) == QUOTE
        y = next(n for n, line in enumerate(lines) if "d disputed" in line)
        await pilot.click(offset=(lines[y].index("disputed"), y))
        assert judgement(db, QUOTE).labels == {"veracity": ("disputed",)}
        await pilot.click(offset=(screen_text(app).splitlines()[-1].index("back"), 23))
        await pilot.pause()
        corpus(app)


async def test_the_footer_and_help_show_only_what_is_possible(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        footer = screen_text(app).splitlines()[-1]
        assert "v d Space n judge" in footer and "undo" not in footer and "narrator" not in footer
        await pilot.press("v")
        footer = screen_text(app).splitlines()[-1]
        assert "z undo" in footer
        await pilot.press("question_mark")
        await pilot.pause()
        for words in (
            "partisan framing",
            "withdraw my judgement",
            "all by name, this help",
            "Bksp",
        ):
            assert words in screen_text(app)
        await pilot.press("v")
        await pilot.pause()
        assert judgement(db, REPORT) is None  # the key only closed the help
        assert current(app) == REPORT


async def test_the_palette_does_what_a_key_does(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "ctrl+p")
        await pilot.pause()
        await pilot.press(*"disputed")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert judgement(db, HEADLINE).labels == {"veracity": ("disputed",)}
        await pilot.press("ctrl+p")
        await pilot.press(*"Un autre")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert current(app) == "Un autre texte."


async def test_messages_name_the_keys_as_they_were_moved(tmp_path):
    db = make_project(tmp_path, plain("Une phrase."), plain("\n"))
    moved = Settings(keys={"next_article": "f5", "label_verified": "é"})
    async with opened(db, settings=moved) as (app, pilot):
        await enter(app, pilot, "j")
        await pilot.pause()
        assert "f5 for the next article" in screen_text(app)
        await window(app, pilot, "h")
        assert "é d Space n judge the claim" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause(0.1)
        await pilot.press("f5")
        await pilot.pause()
        assert "f5 goes to the next one" in screen_text(app)
