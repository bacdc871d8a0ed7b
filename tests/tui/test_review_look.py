"""What the review screen looks like, and the mouse on it."""

from annotator.model import Judgement
from annotator.review.session import Session
from annotator.store import open_project

from .helpers import (
    claim_with,
    make_project,
    plain,
    screen_text,
    styles_of,
)
from .reviewing import (
    LAST,
    REPORT,
    order,
    review,
    reviewing,
    start,
)


async def test_a_click_chooses(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        lines = screen_text(app).splitlines()
        y = next(n for n, line in enumerate(lines) if "3 C" in line)
        await pilot.click(offset=(lines[y].index("3 C") + 5, y))
        assert review(app).here.chosen == 2


async def test_the_words_each_reviewer_marked_stand_beneath_the_text(db, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("j")
        await pilot.pause()
        lines = screen_text(app).splitlines()
        y = next(n for n, line in enumerate(lines) if LAST in line)
        letters = dict(zip(order(db, LAST), "ABC", strict=True))
        beneath = {line.split()[0]: line for line in lines[y + 1 : y + 3]}
        for name, words in (("Ada", "sans fin"), ("Ben", "chantier sans fin")):
            line = beneath[letters[name]]
            place = lines[y].index(words)
            assert line[place:] == "‾" * len(words) and not line[4:place].strip()
        assert any("underline" in style for style in styles_of(app, "Des habitants"))


async def test_pages_of_a_long_article(tmp_path):
    lines = [f"Phrase numéro {number}." for number in range(60)]
    article_of_lines = plain("\n".join(lines))
    db = make_project(tmp_path, article_of_lines)
    with open_project(db) as project:
        for name, label in (("Ada", "verified"), ("Ben", "disputed")):
            claim = claim_with(project, lines[30])
            Session(project, name).record(claim, Judgement({"veracity": (label,)}))
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert lines[30] in screen_text(app) and lines[18] not in screen_text(app)
        await pilot.press("pageup", "pageup", "pageup")
        assert lines[18] in screen_text(app) and lines[30] not in screen_text(app)
        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown", "pagedown")
        assert lines[42] in screen_text(app)


async def test_the_codebook_opens_at_the_answer_that_is_pointed_at(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        wanted = order(db, REPORT).index("Cleo")
        await pilot.press("left", "left", "left", *["right"] * wanted, "c")
        await pilot.pause(0.1)
        assert "contrary" in screen_text(app)


async def test_help_has_every_key_on_one_screen(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        for words in ("none is right", "send it back", "settle the unanimous", "back, or quit"):
            assert words in screen_text(app)
