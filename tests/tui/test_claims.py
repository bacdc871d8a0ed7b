"""All that can be said of a claim besides its labels: each on one key, each saved at once."""

from datetime import date

import pytest

from annotator.model import Evidence, Judgement
from annotator.review.session import Session
from annotator.store import open_project
from annotator.tui.bars import MessageBar
from annotator.tui.evidence import EvidenceForm, EvidenceList

from .helpers import (
    ADA,
    TEXT,
    at,
    bridge,
    claim_with,
    current,
    enter,
    judgement,
    loaded,
    make_project,
    opened,
    plain,
    screen_text,
    window,
)

HEADLINE = "Le pont de Marvelle restera fermé"
REPORT = "que le pont resterait fermé"
QUOTE = "Nous ne rouvrirons pas avant l’été"
TODAY = date.today().isoformat()


@pytest.fixture
def db(tmp_path):
    return make_project(tmp_path, bridge(), plain("Un autre texte.", "Un autre"))


def message(app) -> str:
    return app.screen.query_one(MessageBar).text


async def test_a_note_is_written_changed_and_emptied(db):
    async with opened(db, size=(120, 40)) as (app, pilot):
        await pilot.press("enter")
        await window(app, pilot, "t")
        await pilot.press(*"pourquoi", "enter")
        await pilot.pause(0.1)
        assert judgement(db, HEADLINE).note == "pourquoi"
        assert "note     pourquoi" in screen_text(app)
        await window(app, pilot, "t")
        await pilot.press("!", "escape")
        await pilot.pause(0.1)
        assert judgement(db, HEADLINE).note == "pourquoi"
        await window(app, pilot, "t")
        await pilot.press("ctrl+u", "enter")
        await pilot.pause(0.1)
        assert judgement(db, HEADLINE) is None


async def test_the_target_is_a_speaker_or_typed(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await window(app, pilot, "g")
        assert "Odile Varenne" in screen_text(app)
        await pilot.press("down", "enter")
        await pilot.pause(0.1)
        assert judgement(db, HEADLINE).target == "Odile Varenne"
        await window(app, pilot, "g")
        await pilot.press("ctrl+u", *"la ville", "enter")
        await pilot.pause(0.1)
        assert judgement(db, HEADLINE).target == "la ville"


async def test_the_framer_follows_the_voice_and_can_be_changed(db):
    async with opened(db, size=(120, 40)) as (app, pilot):
        await pilot.press("enter", "j", "j", "p")
        await pilot.pause()
        assert "the speaker (Odile" in screen_text(app) and "by the voice" in screen_text(app)
        for framer in ("unclear", "outlet", None):
            await pilot.press("b")
            assert judgement(db, QUOTE).framer == framer
        assert "the speaker's, as the voice implies" in message(app)


async def test_evidence_is_a_url_a_text_or_another_claim(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "d", "k")
        await pilot.pause()
        assert "missing  evidence" in screen_text(app)
        assert isinstance(await window(app, pilot, "e"), EvidenceForm)
        await pilot.press(*"https://example.org/a", "enter")
        await pilot.pause(0.1)
        assert judgement(db, HEADLINE).evidence == (
            Evidence("url", "https://example.org/a", TODAY),
        )
        assert "missing" not in screen_text(app)
        assert isinstance(await window(app, pilot, "e"), EvidenceList)
        await pilot.press("down")
        await window(app, pilot, "enter")
        await pilot.press(*"rouvrirons", "down", "enter")
        await pilot.pause(0.1)
        await window(app, pilot, "e")
        await pilot.press("down", "down")
        await window(app, pilot, "enter")
        await pilot.press(*"vu sur place", "tab", "ctrl+u", "enter")
        await pilot.pause(0.1)
        with open_project(db) as project:
            other = claim_with(project, QUOTE)
        assert judgement(db, HEADLINE).evidence[1:] == (
            Evidence("claim", other, TODAY), Evidence("text", "vu sur place", None)
        )  # fmt: skip


async def test_evidence_is_changed_and_taken_off(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await window(app, pilot, "e")
        await pilot.press(*"archive", "enter")
        await pilot.pause(0.1)
        await window(app, pilot, "e")
        await window(app, pilot, "enter")
        await pilot.press(*"s du port", "tab", "ctrl+u", *"2024-13-01", "enter")
        await pilot.pause(0.1)
        assert "must be YYYY-MM-DD" in screen_text(app)
        await pilot.press("ctrl+u", *"2024-11-30", "enter")
        await pilot.pause(0.1)
        assert judgement(db, HEADLINE).evidence == (
            Evidence("text", "archives du port", "2024-11-30"),
        )
        await window(app, pilot, "e")
        await pilot.press("backspace", "escape")
        await pilot.pause(0.1)
        assert judgement(db, HEADLINE) is None


async def test_skipping_goes_on_and_is_shown_until_it_is_judged(db):
    async with opened(db, size=(120, 40)) as (app, pilot):
        await pilot.press("enter", "-")
        await pilot.pause()
        assert current(app) == REPORT
        await pilot.press("k")
        await pilot.pause()
        assert "▸ -    Le pont" in screen_text(app) and "skipped  for later" in screen_text(app)
        await pilot.press("v", "k")
        await pilot.pause()
        assert "▸ v    Le pont" in screen_text(app)
        await pilot.press("-")
        await pilot.pause()
        assert current(app) == HEADLINE and "skipped" not in screen_text(app)


async def test_a_flag_with_a_comment(db):
    async with opened(db, size=(120, 40)) as (app, pilot):
        await pilot.press("enter")
        await window(app, pilot, "f")
        await pilot.press(*"deux voix", "enter")
        await pilot.pause(0.1)
        assert "▸ ·!   Le pont" in screen_text(app) and "flagged  deux voix" in screen_text(app)
        await window(app, pilot, "f")
        await pilot.press("ctrl+u", "enter")
        await pilot.pause(0.1)
        assert "flagged" not in screen_text(app)


async def test_the_history_hides_what_colleagues_said_until_one_has_judged(db):
    with open_project(db) as project:
        Session(project, "Ben").answer(claim_with(project, HEADLINE), "disputed")
        Session(project, ADA).answer(claim_with(project, REPORT), "verified")
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "home")
        await window(app, pilot, "h")
        assert "Ben" not in screen_text(app) and "Nothing was done here yet" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause(0.1)
        await pilot.press("v", "k", "n", "z")
        await pilot.pause()
        await window(app, pilot, "h")
        text = screen_text(app)
        assert "Ben" in text and "disputed" in text and "verified" in text
        assert "Ada  (taken back 20" in text


async def test_all_about_a_claim_in_a_small_terminal(tmp_path):
    db = make_project(tmp_path, loaded())
    async with opened(db) as (app, pilot):
        await pilot.press("enter", "p")
        await window(app, pilot, "enter")
        text = screen_text(app)
        assert "Les terroristes ont pris la ville" in text and "framing" in text
        await pilot.press("q")
        await pilot.pause(0.1)
        assert current(app) == "Les terroristes ont pris la ville"


async def test_active_seconds_are_stored_with_the_judgement(db, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("annotator.tui.desk.monotonic", lambda: now[0])
    async with opened(db) as (_, pilot):
        await pilot.press("enter")
        await pilot.pause()
        now[0] += 12.5
        await pilot.press("p")
        assert judgement(db, HEADLINE).seconds == 12
        now[0] += 3600
        await pilot.press("v")
        assert judgement(db, HEADLINE).seconds == 72
        now[0] += 3
        await pilot.press("n")
        assert judgement(db, REPORT).seconds == 3


async def test_writing_a_note_is_work_and_the_list_of_articles_is_not(db, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("annotator.tui.desk.monotonic", lambda: now[0])
    async with opened(db) as (app, pilot):
        await enter(app, pilot)
        await window(app, pilot, "t")
        for key in "long":
            now[0] += 50
            await pilot.press(key)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert judgement(db, HEADLINE).seconds == 200
        await pilot.press("q")
        await pilot.pause(0.1)
        for _ in range(3):
            now[0] += 40
            await pilot.press("j", "k")
        await enter(app, pilot)
        now[0] += 2
        await pilot.press("home", "v")
        assert judgement(db, HEADLINE).seconds == 200
        assert judgement(db, REPORT) is None


async def test_what_cannot_be_saved_from_a_window_is_said(db):
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await window(app, pilot, "t")
        app.desk.project._file._sql.execute("PRAGMA query_only = ON")
        await pilot.press("x", "enter")
        await pilot.pause(0.1)
        assert "read-only" in message(app) and judgement(db, HEADLINE) is None


async def test_what_colleagues_said_stands_beside_ones_own_answer(db):
    with open_project(db) as project:
        session = Session(project, "Ben")
        said = Judgement(
            {"veracity": ("disputed",), "rhetoric": ("sarcasm",)},
            (("sarcasm", at(TEXT, "pont")),), note="Which bridge?",
        )  # fmt: skip
        session.record(claim_with(project, HEADLINE), said)
    async with opened(db, size=(120, 40)) as (app, pilot):
        await enter(app, pilot, "p")
        assert "Ben" not in screen_text(app)  # begun is not finished
        await pilot.press("v", "k")
        await pilot.pause()
        shown = " ".join(screen_text(app).split())
        assert "others Ben: disputed, sarcasm," in shown
        assert "« pont »" in shown and "Which bridge?" in shown
        with open_project(db) as project:
            Session(project, "Ben").answer(claim_with(project, HEADLINE), "verified")
        await pilot.pause(1.3)
        assert "Ben: verified" in screen_text(app)
        await pilot.press("backspace")
        await pilot.pause()
        assert "Ben" not in screen_text(app)
