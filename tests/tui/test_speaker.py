"""The speaker page: all that somebody says, as the reviewer sees it."""

import pytest

from annotator.model import Judgement
from annotator.review.session import Session
from annotator.store import judgement_to_body, open_project
from annotator.tui.article import ArticleScreen
from annotator.tui.corpus import CorpusScreen
from annotator.tui.search import SearchScreen

from .helpers import (
    ADA,
    article,
    bridge,
    claim_with,
    current,
    enter,
    looked_up,
    make_project,
    opened,
    plain,
    screen_text,
    tagged,
)

REPORT, QUOTE = "que le pont resterait fermé", "Nous ne rouvrirons pas avant l’été"


def second(speaker: str = "Odile Varenne"):
    """Another article with a quotation."""
    from annotator.model import About, Attribution, Segment

    text = "« La digue tient », a-t-elle dit."
    said = Attribution(((2, 16),), "direct", speaker=speaker, speaker_type="person")
    return tagged(text, [Segment(0, len(text), "sentence")], [said], About(title="La digue"))


@pytest.fixture
def db(tmp_path):
    return make_project(tmp_path, bridge(), second(), plain("Une fin.", "Fin"))


async def test_all_that_the_speaker_of_a_claim_says(db):
    verdict = judgement_to_body(Judgement({"veracity": ("verified",)}))
    with open_project(db) as project:
        project.append(ADA, "judge", claim_with(project, QUOTE), verdict)
        project.append(ADA, "flag", claim_with(project, QUOTE), {"note": ""})
        project.append("Ben", "judge", claim_with(project, REPORT), verdict)
        project.append("Ben", "judge", claim_with(project, "La digue tient"), verdict)
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "home", "j", "j", "S")
        await looked_up(app, pilot)
        shown = screen_text(app)
        assert "Odile Varenne  person" in shown and "3 claims in 2 articles" in shown
        assert f"  ·    {REPORT}" in shown, "Ben's answer is no mark of Ada's"
        assert f"▸ v!   {QUOTE}" in shown, "the cursor is on the claim one comes from"
        assert "La digue\n  ·    La digue tient" in shown
        await pilot.press("j", "enter")
        await looked_up(app, pilot)
        assert current(app) == "La digue tient"
        await pilot.press("S", "home", "escape")
        await looked_up(app, pilot)
        assert isinstance(app.screen, ArticleScreen) and current(app) == "La digue tient"


async def test_another_speaker_is_chosen_from_the_list(tmp_path):
    db = make_project(tmp_path, bridge(), second("Éva Dral"))
    async with opened(db) as (app, pilot):
        await pilot.press("S")
        await pilot.pause(0.1)
        lines = [line for line in screen_text(app).splitlines() if " claim" in line]
        assert "Odile Varenne  2 claims in 1 article" in lines[0]
        assert "Éva Dral  1 claim in 1 article" in lines[1]
        await pilot.press(*"dra", "enter")
        await looked_up(app, pilot)
        assert "La digue tient" in screen_text(app) and REPORT not in screen_text(app)
        await pilot.press("S")
        await pilot.pause(0.1)
        await pilot.press(*"xyz", "enter")
        await pilot.pause()
        assert "No speaker has a name" in screen_text(app)
        await pilot.press("ctrl+u", "down", "enter")
        await looked_up(app, pilot)
        assert REPORT in screen_text(app) and "La digue tient" not in screen_text(app)
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, CorpusScreen)


async def test_a_claim_without_a_speaker_asks_who(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "S")
        await pilot.pause(0.1)
        assert "Odile Varenne  3 claims in 2 articles" in screen_text(app)
        await pilot.press("down", "enter")
        await looked_up(app, pilot)
        assert REPORT in screen_text(app)


async def test_where_nobody_speaks_that_is_said(tmp_path):
    db = make_project(tmp_path, plain("Une fin.", "Fin"))
    async with opened(db) as (app, pilot):
        await pilot.press("S")
        assert "Nobody is said to have said anything" in screen_text(app)


async def test_what_they_say_can_be_searched(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j", "S")
        await looked_up(app, pilot)
        await pilot.press("slash")
        await looked_up(app, pilot)
        assert isinstance(app.screen, SearchScreen) and "3 claims" in screen_text(app)
        await pilot.press("end", *"digue", "enter")
        await looked_up(app, pilot)
        assert current(app) == "La digue tient"
        await pilot.press("q", "q")
        await looked_up(app, pilot)
        assert isinstance(app.screen, CorpusScreen)


async def test_ones_own_corrections_count_and_a_colleagues_do_not(db):
    with open_project(db) as project:
        row = next(row for row in project.claims() if row.text == "La digue tient")
        for who, name in ((ADA, "Éva Dral"), ("Ben", "Luc Temperel")):
            session = Session(project, who)
            (said,) = session.tagging(row.article_id).attributions
            session.correct_speaker(row.article_id, said, name, "person")
    async with opened(db) as (app, pilot):
        await pilot.press("S")
        await pilot.pause(0.1)
        assert "Éva Dral  1 claim in 1 article" in screen_text(app)
        assert "Odile Varenne  2 claims in 1 article" in screen_text(app)
        assert "Temperel" not in screen_text(app)
        await pilot.press(*"eva", "enter")
        await looked_up(app, pilot)
        assert "La digue tient" in screen_text(app)
        await pilot.press("enter")
        await looked_up(app, pilot)
        assert article(app).claim is not None and current(app) == "La digue tient"
