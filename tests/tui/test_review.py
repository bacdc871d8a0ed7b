"""Settling claims by keys, on projects that were merged from colleagues' real files."""

import re

import pytest

from annotator.review.session import Session
from annotator.store import open_project

from .helpers import (
    claim_with,
    screen_text,
)
from .reviewing import (
    ANSWERS,
    HEADLINE,
    LAST,
    LEA,
    OTHER,
    QUOTE,
    REPORT,
    SITE,
    at_claim,
    decision,
    message,
    order,
    review,
    reviewing,
    start,
)


async def test_enter_takes_the_majority_and_goes_on(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("enter")
        await pilot.pause()
        made = decision(db, REPORT)
        assert made.answer.labels == {"veracity": ("verified",)} and made.by == LEA
        assert made.answer.note is None and len(made.judgements) == 3 and made.reason is None
        assert at_claim(app) == LAST and "2 wait" in screen_text(app)


async def test_without_a_majority_enter_asks_to_choose(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("j", "enter")
        assert message(app).startswith("No answer has a majority")
        assert decision(db, LAST) is None and at_claim(app) == LAST
        wanted = order(db, LAST).index("Ben")
        await pilot.press(*["right"] * (wanted + 1), "enter")
        await pilot.pause()
        made = decision(db, LAST)
        assert made.answer.spans == (("partisan_framing", SITE),)
        assert at_claim(app) == OTHER


@pytest.mark.parametrize("forward", ["right", "down"])
async def test_arrows_choose_and_stop_at_the_ends(db, forward):
    back = {"right": "left", "down": "up"}[forward]
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press(back, back, back)
        assert review(app).here.chosen == 0
        await pilot.press(forward, forward, forward, forward)
        assert review(app).here.chosen == 2
        assert "▸ 3" in screen_text(app)


async def test_a_digit_takes_that_answer(db):
    wanted = order(db, REPORT).index("Cleo") + 1
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("7")
        assert message(app) == "The digits 1 to 3 take an answer."
        await pilot.press(str(wanted))
        await pilot.pause()
        assert decision(db, REPORT).answer.labels == {"veracity": ("disputed",)}
        assert not decision(db, REPORT).answer.unsure  # that is about Cleo, not about the answer
        assert at_claim(app) == LAST


async def test_none_is_right(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("0")
        await pilot.pause()
        assert decision(db, REPORT).answer.labels == {}
        assert at_claim(app) == LAST
        await pilot.press("k")
        assert "settled  none is right (Lea)" in screen_text(app)


async def test_an_answer_of_ones_own_by_the_label_keys(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("j", "p", "enter")
        assert "lacks" in message(app) and decision(db, LAST) is None
        await pilot.press("d", "enter")
        await pilot.pause()
        made = decision(db, LAST).answer
        assert made.labels == {"veracity": ("disputed",), "rhetoric": ("partisan_framing",)}
        assert made.spans == (("partisan_framing", SITE),)  # what the others marked, joined
        assert at_claim(app) == OTHER


async def test_reason_and_note_go_with_the_decision(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("r", "3", "t", *"guide", "enter")
        await pilot.pause()
        assert "reason: slip" in screen_text(app) and "note: guide" in screen_text(app)
        await pilot.press("r", "down", "down", "enter", "enter")
        await pilot.pause()
        made = decision(db, REPORT)
        assert made.reason == "outside_knowledge" and made.answer.note == "guide"
        assert "reason:" not in screen_text(app)


async def test_names_are_letters_until_asked(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert not any(name in screen_text(app) for name in ANSWERS)
        await pilot.press("h")
        await pilot.pause()
        assert "judged" not in screen_text(app)
        assert not any(name in screen_text(app) for name in ANSWERS)
        await pilot.press("escape", "N")
        await pilot.pause()
        shown = screen_text(app)
        places = [shown.index(name) for name in order(db, REPORT)]
        assert places == sorted(places)
        columns = re.findall("^(.*(?:Ada|Ben|Cleo) +)(?:verified|disputed)", shown, re.MULTILINE)
        assert len(columns) == 3 and len(set(map(len, columns))) == 1
        await pilot.press("h")
        await pilot.pause()
        assert "Ada" in screen_text(app)
        await pilot.press("escape", "N")
        await pilot.pause()
        assert "Ada" not in screen_text(app)


async def test_undo_goes_back_to_the_claim_and_redo_settles_it_again(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("enter", "z")
        await pilot.pause()
        assert decision(db, REPORT) is None
        assert at_claim(app) == REPORT and "3 wait" in screen_text(app)
        await pilot.press("Z")
        await pilot.pause()
        assert decision(db, REPORT) is not None and "settled" in screen_text(app)
        await pilot.press("z", "z")  # the second has nothing to take back
        assert decision(db, REPORT) is None and at_claim(app) == REPORT
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("enter")
    async with reviewing(db) as (app, pilot):  # undone after a restart, though not in the queue
        await start(pilot)
        assert at_claim(app) == LAST
        await pilot.press("z")
        await pilot.pause()
        assert at_claim(app) == REPORT and decision(db, REPORT) is None


async def test_what_cannot_be_saved_is_said_and_nothing_moves(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        app.desk.project._file._sql.execute("PRAGMA query_only = ON")
        await pilot.press("enter")
        await pilot.pause()
        assert at_claim(app) == REPORT and "read-only" in message(app)
        app.desk.project._file._sql.execute("PRAGMA query_only = OFF")
        await pilot.press("enter")
        assert at_claim(app) == LAST and decision(db, REPORT) is not None


async def test_unanimous_claims_are_settled_after_a_question(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("U")
        await pilot.pause(0.3)
        await pilot.press("enter")  # the choice at first is to leave them
        await pilot.pause(0.3)
        assert decision(db, QUOTE) is None
        await pilot.press("U")
        await pilot.pause(0.3)
        assert "settle 1 claim on which all agree, 3 votes or more" in screen_text(app)
        await pilot.press("1")
        await pilot.pause(0.3)
        assert message(app) == "1 claim settled as unanimous."
        made = decision(db, QUOTE)
        assert (made.reason, made.by) == ("unanimous", LEA)
        assert made.answer.labels == {"veracity": ("verified",)} and len(made.judgements) == 3
        assert decision(db, REPORT) is None and decision(db, HEADLINE) is None
        await pilot.press("U")
        await pilot.pause(0.3)
        assert message(app).startswith("No claim waits")
        await pilot.press("z")
        await pilot.pause()
        assert decision(db, QUOTE) is None and at_claim(app) == QUOTE


async def test_who_speaks_is_settled_with_the_answer(db):
    with open_project(db) as project:
        session = Session(project, "Ben")
        row = project.claim(claim_with(project, REPORT))
        said = project.tagging(row.article_id).attributions[row.claim.attributions[0]]
        session.correct_speaker(row.article_id, said, "La mairie")
        said = session.tagging(row.article_id).attributions[row.claim.attributions[0]]
        session.correct_kind(row.article_id, said, "mixed")
    letter = "ABC"[order(db, REPORT).index("Ben")]
    async with reviewing(db, (120, 40)) as (app, pilot):
        await start(pilot)
        assert f"said: indirect, Odile Varenne; {letter}: mixed, La mairie" in screen_text(app)
        await pilot.press("x")
        await pilot.pause()
        assert "Who speaks" in screen_text(app)
        await pilot.press("escape", "x")
        await pilot.pause()
        await pilot.press("enter")  # nothing was chosen or typed
        await pilot.pause()
        assert review(app).here.speaker is None
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "How it is reported" in screen_text(app)
        await pilot.press("3")
        await pilot.pause()
        assert "speaker: La mairie  mixed" in screen_text(app)
        await pilot.press("enter", "k")
        await pilot.pause()
        assert "settled  verified (Lea, speaker La mairie, mixed)" in screen_text(app)
        made = decision(db, REPORT)
        assert (made.speaker, made.kind) == ("La mairie", "mixed")
        await pilot.press("x")
        await pilot.pause()
        await pilot.press(*"La porte-parole", "enter")
        await pilot.pause()
        await pilot.press("4", "enter")
        await pilot.pause()
        made = decision(db, REPORT)
        assert (made.speaker, made.kind) == ("La porte-parole", "mixed")
        await pilot.press("home")


async def test_nobody_known_may_speak(db):
    async with reviewing(db) as (_, pilot):
        await start(pilot)
        await pilot.press("x")
        await pilot.pause()
        await pilot.press(*"nobody", "down", "enter")
        await pilot.pause()
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert (decision(db, REPORT).speaker, decision(db, REPORT).kind) == ("", None)
