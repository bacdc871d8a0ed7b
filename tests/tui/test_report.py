"""The reports by keys: agreement, and what to learn from where answers differ."""

from annotator.model import Judgement
from annotator.review.sending import send_back
from annotator.review.session import Session
from annotator.store import open_project
from annotator.tui.report import ReportScreen

from .helpers import article, bridge, claim_with, corpus, current, make_project, plain, screen_text
from .reviewing import (
    LEA,
    OTHER,
    REPORT,
    at_claim,
    review,
    reviewing,
    start,
)


async def report(app, pilot, key: str, words: str) -> str:
    """Press the key of a report, wait for its lines, and return what is on the screen."""
    await pilot.press(key)
    for _ in range(100):
        await pilot.pause(0.05)
        if words in screen_text(app):
            break
    assert isinstance(app.screen, ReportScreen) and words in screen_text(app)
    return screen_text(app)


async def line(app, pilot, words: str) -> str:
    """Go to the first line with some words from the start of the report; return it."""
    await pilot.press("home")
    await pilot.pause()
    rows = app.screen._list.rows
    at = next(number for number, row in enumerate(rows) if words in row.text)
    await pilot.press(*["j"] * at)
    await pilot.pause()
    return next(one for one in screen_text(app).splitlines() if one.startswith("▸"))


async def test_agreement_shows_the_figures_and_leads_to_the_claims(db):
    async with reviewing(db, (120, 40)) as (app, pilot):
        shown = await report(app, pilot, "A", "judged by two or more")
        assert "reviewers: Ada, Ben, Cleo" in shown and "1000 resamples, seed 1" in shown
        assert "percent agreement" in shown and "κ Ada and Ben" in shown and "pairs" in shown
        assert "MASI as in Passonneau 2006" in "".join(row.text for row in app.screen._list.rows)
        assert "2 claims" in await line(app, pilot, "verified / disputed")
        await pilot.press("enter")
        await pilot.pause()
        assert {at_claim(app)} < {REPORT, OTHER} and "1 of 2" in screen_text(app)
        assert "verified / disputed" in screen_text(app)
        await pilot.press("q")
        await pilot.pause()
        assert "Agreement" in screen_text(app)
        await pilot.press("end", "enter")
        await pilot.pause()
        article(app)
        await pilot.press("q", "q")
        await pilot.pause()
        corpus(app)


async def test_agreement_says_what_is_undefined_and_stops_when_left(tmp_path):
    db = make_project(tmp_path, bridge())
    async with reviewing(db) as (app, pilot):
        await pilot.press("A", "q")
        await pilot.pause()
        corpus(app)
        shown = await report(app, pilot, "A", "judged by two or more")
        assert "reviewers: nobody" in shown
        texts = [row.text for row in app.screen._list.rows]
        assert any("speaker, the machine" in one and "no decision that" in one for one in texts)
        assert sum("undefined: " in one for one in texts) > 20


async def test_the_keys_of_a_report(db):
    async with reviewing(db) as (app, pilot):
        await report(app, pilot, "A", "judged by two or more")
        rows = app.screen._list
        await pilot.press("j", "down", "k")
        assert rows.cursor == 1
        await pilot.press("pagedown")
        assert rows.cursor == 1 + rows.page
        await pilot.press("pageup", "up")
        assert rows.cursor == 0
        await pilot.press("end")
        assert rows.cursor == len(rows.rows) - 1
        await pilot.press("question_mark")
        await pilot.pause()
        assert "what is behind a line" in screen_text(app)
        await pilot.press("escape", "escape")
        await pilot.pause()
        corpus(app)


async def test_one_report_leads_to_the_next(db):
    async with reviewing(db) as (app, pilot):
        await report(app, pilot, "A", "judged by two or more")
        await report(app, pilot, "P", "to learn from, not to rank by")
        await pilot.press("q")
        await pilot.pause()
        corpus(app)


async def test_my_answers_against_the_settled_ones(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("r", "3", "t", *"rule 7", "enter", "enter", "q")
        assert "0 claims you judged" in await report(app, pilot, "F", "are settled")
    async with reviewing(db, reviewer="Cleo") as (app, pilot):
        shown = await report(app, pilot, "F", "1 claim you judged is settled, 0 as you said")
        assert f"« {REPORT} »" in shown and "you: disputed   settled: verified" in shown
        assert "slip: rule 7" in shown
        assert "1 claim" in await line(app, pilot, "disputed → verified")
        await pilot.press("enter")
        await pilot.pause()
        assert at_claim(app) == REPORT and "settled  verified (Lea, slip: rule 7)" in screen_text(
            app
        )
        await pilot.press("q")
        await pilot.pause()
        await line(app, pilot, "  disputed: ")  # a ruling of the codebook
        await pilot.press("enter")
        await pilot.pause()
        assert "─ Codebook ─" in screen_text(app)


async def test_people_are_letters_until_asked_and_ones_own_come_first(db):
    with open_project(db) as project:
        for words in (OTHER, REPORT):
            answer = Judgement({"veracity": ("verified",)}, seconds=8)
            Session(project, "Ben").record(claim_with(project, words), answer)
        project.set_blind(LEA, False)
    async with reviewing(db, reviewer="Ben") as (app, pilot):
        shown = await report(app, pilot, "P", "to learn from, not to rank by")
        assert "8 s a claim (median of 2" in shown
        assert not any(name in shown for name in ("Ada", "Cleo"))
        headings = [row.text for row in app.screen._list.rows if row.heading]
        assert headings[1:] == ["Ben", "A", "B"]
        await pilot.press("N")
        headings = [row.text for row in app.screen._list.rows if row.heading]
        assert headings[1:] == ["Ben", "Ada", "Cleo"]


async def test_the_same_words_under_other_labels(tmp_path):
    again = "Le pont de Marvelle est fermé."
    first, second = plain(again, "Un"), plain(f"{again}\nRien d'autre.", "Deux")
    db = make_project(tmp_path, first, second)
    with open_project(db) as project:
        ids = [row.claim.id for row in project.claims() if row.text == again]
        Session(project, "Ada").answer(ids[0], "verified")
        Session(project, "Ben").answer(ids[1], "disputed")
    async with reviewing(db) as (app, pilot):
        shown = await report(app, pilot, "W", "1 wording")
        assert again in shown and "verified (Ada)" in shown and "disputed (Ben)" in shown
        await line(app, pilot, "Le pont de Marvelle est")
        await pilot.press("enter")
        await pilot.pause()
        assert "1 of 2" in screen_text(app) and at_claim(app) == again
    async with reviewing(db, reviewer="Ben") as (app, pilot):
        shown = await report(app, pilot, "W", "0 wordings")
        assert "that you have judged yourself" in shown


async def test_what_was_sent_back_is_told_and_leads_to_its_claim(db):
    with open_project(db) as project:
        send_back(project, LEA, claim_with(project, REPORT), "Cleo", "Which bridge?")
    async with reviewing(db, reviewer="Cleo") as (app, pilot):
        assert "1 judgement was sent back to you: Y shows it" in screen_text(app)
        shown = await report(app, pilot, "Y", "1 judgement to look at again")
        assert REPORT in shown and "sent back by Lea: Which bridge?" in shown
        await line(app, pilot, REPORT)
        await pilot.press("enter")
        await pilot.pause()
        assert current(app) == REPORT
        await pilot.press("v", "q")
        await pilot.pause(0.3)
        assert "0 judgements to look at again" in screen_text(app)
    async with reviewing(db, reviewer="Cleo") as (app, pilot):
        assert "sent back" not in screen_text(app)


async def test_nothing_hidden_is_in_a_report(db):
    with open_project(db) as project:
        Session(project, "Dan").answer(claim_with(project, OTHER), "verified")
    async with reviewing(db, reviewer="Dan") as (app, pilot):
        shown = await report(app, pilot, "A", "are hidden and not counted")
        assert "1 claim of 1 article" in shown and "reviewers: Ada, Ben, Dan" in shown
        await report(app, pilot, "P", "that you have judged yourself")
        texts = [row.text for row in app.screen._list.rows]
        assert sum("judged     1 claim;" in one for one in texts) == 3 and "C" not in texts


async def test_review_keeps_the_way_through_a_report(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await report(app, pilot, "P", "to learn from, not to rank by")
        await pilot.press("q")
        await pilot.pause()
        assert review(app) and at_claim(app) == REPORT
