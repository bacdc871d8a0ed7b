"""What comes back: stale and contested decisions, what was sent back, what is hidden."""

from annotator.model import Judgement
from annotator.review.sending import send_back, sent_back
from annotator.review.session import Session
from annotator.store import open_project

from .helpers import (
    claim_with,
    current,
    screen_text,
)
from .reviewing import (
    LAST,
    LEA,
    REPORT,
    at_claim,
    decision,
    message,
    order,
    review,
    reviewing,
    start,
)


async def test_a_changed_judgement_brings_the_claim_back_as_stale(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("enter")
        await pilot.pause()
        with open_project(db) as project:
            session = Session(project, "Ben")
            session.record(claim_with(project, REPORT), Judgement({"veracity": ("disputed",)}))
        await pilot.press("home")
        await pilot.pause()
        assert at_claim(app) == REPORT
        assert "STALE  verified (Lea)" in screen_text(app)
        assert screen_text(app).count("changed since") == 1


async def test_two_decisions_without_each_other_are_contested(db, tmp_path):
    (tmp_path / "copy").mkdir()
    copy = tmp_path / "copy" / "copy.db"
    with open_project(db) as project:
        project.colleagues.hand_in(copy)
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("enter")
        await pilot.pause()
    async with reviewing(copy, reviewer="Max") as (app, pilot):
        await start(pilot)
        await pilot.press("0")
        await pilot.pause()
    with open_project(db) as project:
        project.colleagues.merge(copy)
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert at_claim(app) == REPORT and "CONTESTED" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert at_claim(app) == LAST
        await pilot.press("k")
        assert " settled  verified (Lea)" in screen_text(app)


async def test_send_back_to_the_author_of_the_answer(db):
    wanted = order(db, REPORT).index("Cleo")
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("left", "left", "left", *["right"] * wanted, "y")
        await pilot.pause()
        assert f"Send back to {'ABC'[wanted]}" in screen_text(app)
        await pilot.press(*"why", "enter")
        await pilot.pause()
        assert at_claim(app) == LAST and "3 wait" in screen_text(app)
        assert message(app).startswith(f"Sent back to {'ABC'[wanted]}")
        with open_project(db, create=False) as project:
            (sent,) = sent_back(project, LEA, claim_with(project, REPORT))
        assert (sent.by, sent.to, sent.note) == (LEA, "Cleo", "why")
        await pilot.press("k")
        assert screen_text(app).count("sent back") == 1
        await pilot.press("z")
        await pilot.pause()
        assert message(app) == "Undone: sent back to its author, why"
        assert screen_text(app).count("sent back") == 1  # that message
    with open_project(db, create=False) as project:
        assert sent_back(project, LEA, claim_with(project, REPORT)) == []


async def test_its_author_sees_what_was_sent_back_until_judging_again(db):
    with open_project(db) as project:
        send_back(project, LEA, claim_with(project, REPORT), "Cleo", "Which bridge?")
    async with reviewing(db, (120, 40), "Cleo") as (app, pilot):
        await pilot.press("enter", "j")
        await pilot.pause()
        assert current(app) == REPORT
        assert "Lea asks you to look" in screen_text(app) and "bridge?" in screen_text(app)
        await pilot.press("v", "k")
        await pilot.pause()
        assert current(app) == REPORT and "asks you" not in screen_text(app)
    async with reviewing(db, (120, 40), "Ada") as (app, pilot):
        await pilot.press("enter", "j")
        await pilot.pause()
        assert current(app) == REPORT and "asks you" not in screen_text(app)


async def test_ones_own_answer_is_not_sent_back(db):
    with open_project(db) as project:
        session = Session(project, LEA)
        session.record(claim_with(project, REPORT), Judgement({"veracity": ("disputed",)}))
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("y")
        assert message(app) == "← → choose the answer to send back."
        place = order(db, REPORT, ("Ada", "Ben", "Cleo", LEA)).index(LEA)
        await pilot.press(*["right"] * (place + 1), "y")
        await pilot.pause()
        assert "your own" in message(app)


async def test_what_is_hidden_stays_hidden(db):
    with open_project(db) as project:
        session = Session(project, LEA)
        session.record(claim_with(project, LAST), Judgement({"veracity": ("disputed",)}))
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert at_claim(app) == LAST and "1 waits" in screen_text(app)
        await pilot.press("z")  # her only judgement: now the others' answers are hidden
        await pilot.pause()
        assert current(app) == LAST
        await pilot.press("R")
        await pilot.pause()
        assert review(app).case is None and "hidden until you judge these" in screen_text(app)


async def test_what_a_colleague_process_writes_appears_and_ones_own_answer_stays(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("d")
        with open_project(db) as project:
            session = Session(project, "Dan")
            session.record(claim_with(project, REPORT), Judgement({"veracity": ("not_a_claim",)}))
        await pilot.pause(1.3)
        assert "not a claim" in screen_text(app)
        assert review(app).here.answer.labels == {"veracity": ("disputed",)}
        await pilot.press("enter")
        assert len(decision(db, REPORT).judgements) == 4
