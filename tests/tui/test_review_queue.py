"""The way through the claims that wait for a decision."""

from annotator.model import Judgement
from annotator.review.session import Session
from annotator.store import open_project, queue

from .helpers import (
    article,
    claim_with,
    corpus,
    current,
    opened,
    screen_text,
    until,
)
from .reviewing import (
    ANSWERS,
    HEADLINE,
    LAST,
    LEA,
    OTHER,
    QUOTE,
    REPORT,
    at_claim,
    decision,
    merged,
    message,
    reviewing,
    start,
)


async def test_the_queue_from_the_list_and_from_an_article(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert at_claim(app) == REPORT  # the worst article first, what is agreed left out
        assert "3 wait" in screen_text(app)
        await pilot.press("q")
        await pilot.pause()
        corpus(app)
        await pilot.press("enter")
        await pilot.pause()
        await start(pilot)
        assert at_claim(app) == REPORT
        await pilot.press("escape")
        await pilot.pause()
        article(app)


async def test_a_long_queue_is_counted_beside_the_keys(db, monkeypatch):
    monkeypatch.setattr(queue, "FEW", 1)
    async with reviewing(db, reviewer="Ada") as (app, pilot):
        await start(pilot)
        assert at_claim(app) == REPORT and "… wait" in screen_text(app)
        await until(pilot, lambda: "3 wait" in screen_text(app))
        await pilot.press("j")
        assert at_claim(app) == LAST and "3 wait" in screen_text(app)
        await pilot.press("1")
        assert "3 wait" in screen_text(app)  # as counted last
        await until(pilot, lambda: "2 wait" in screen_text(app))
        assert at_claim(app) == OTHER
        await pilot.press("j")
        assert message(app).startswith("The end of the queue; 2 still wait:")


async def test_the_command_starts_here(db):
    async with opened(db, reviewer=LEA, start="review") as (app, pilot):
        assert at_claim(app) == REPORT
        await pilot.press("q")
        await pilot.pause()
        corpus(app)


async def test_next_and_previous_decide_nothing(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("k")
        assert message(app) == "The first claim."
        await pilot.press("j", "j")
        assert at_claim(app) == OTHER
        await pilot.press("j")
        assert message(app) == "The end of the queue; 3 still wait: Home begins again."
        await pilot.press("k", "home")
        assert at_claim(app) == REPORT
        assert all(decision(db, words) is None for words in (REPORT, LAST, OTHER))


async def test_everything_settled_says_so_and_undo_still_works(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("enter", "1", "1")
        await pilot.pause()
        assert "Every disagreement is settled." in screen_text(app)
        await pilot.press("enter", "0", "right", "y", "N", "h", "v")  # nothing to do them on
        await pilot.pause(1.2)  # looking for what others wrote loses nothing
        assert "Every disagreement is settled." in screen_text(app)
        await pilot.press("k")
        assert at_claim(app) == OTHER
        await pilot.press("z")
        await pilot.pause()
        assert at_claim(app) == OTHER and "1 waits" in screen_text(app)


async def test_the_order_of_the_list(tmp_path):
    answers = {
        name: {**judged, HEADLINE: Judgement({"veracity": ("verified",)})}
        for name, judged in ANSWERS.items()
    }
    for name in ("Ada", "Ben"):
        label = {"Ada": "verified", "Ben": "disputed"}[name]
        answers[name]["Il est court."] = Judgement({"veracity": (label,)})
        for words in (REPORT, LAST):
            answers[name][words] = Judgement({"veracity": ("verified",)})
    answers["Cleo"] = {}
    db = merged(tmp_path, answers)
    with open_project(db) as project:
        session = Session(project, "Ben")
        session.record(claim_with(project, QUOTE), Judgement({"veracity": ("disputed",)}))
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert at_claim(app) == OTHER  # two differ in this article, one in the other
        await pilot.press("o")
        assert at_claim(app) == QUOTE and "list's order" in message(app)
        await pilot.press("o")
        assert at_claim(app) == OTHER and "worst" in message(app)


async def test_a_reviewer_can_leave_out_what_they_judged(db):
    with open_project(db) as project:
        project.set_blind(LEA, False)
    async with reviewing(db, reviewer="Cleo") as (app, pilot):
        await start(pilot)
        assert at_claim(app) == REPORT
        await pilot.press("l")
        assert at_claim(app) == OTHER and "1 waits" in screen_text(app)
        await pilot.press("l")
        assert at_claim(app) == REPORT
        await pilot.press("l")
    async with reviewing(db, reviewer="Cleo") as (app, pilot):  # kept, for Cleo only
        await start(pilot)
        assert at_claim(app) == OTHER
    async with reviewing(db, reviewer="Ada") as (app, pilot):
        await start(pilot)
        assert at_claim(app) == REPORT


async def test_an_empty_queue_says_why(tmp_path):
    db = merged(tmp_path, {"Ada": {REPORT: Judgement({"veracity": ("verified",)})}})
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert "annotator merge FILE" in screen_text(app)
    with open_project(db) as project:
        session = Session(project, LEA)
        session.record(claim_with(project, QUOTE), Judgement({"veracity": ("disputed",)}))
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert "hidden until you judge these" in screen_text(app)


async def test_the_article_from_the_review_and_back(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("a")
        await pilot.pause()
        assert current(app) == REPORT
        await pilot.press("R")
        await pilot.pause()
        assert at_claim(app) == REPORT
        await pilot.press("a", "q")
        await pilot.pause()
        assert at_claim(app) == REPORT


async def test_only_what_differs_on_an_axis_or_in_words(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("f")
        assert message(app) == "Claims on which answers differ on Veracity."
        assert at_claim(app) == REPORT and "2 wait" in screen_text(app)
        await pilot.press("j")
        assert at_claim(app) == OTHER
        await pilot.press("f")
        assert at_claim(app) == LAST and "1 waits" in screen_text(app)
        await pilot.press("f")
        assert message(app) == "Claims on which answers differ on the marked words."
        assert at_claim(app) == LAST
        await pilot.press("1")
        await pilot.pause()
        assert "No claim waits on which answers differ on that." in screen_text(app)
        await pilot.press("f")
        assert message(app) == "Claims on which answers differ on anything."
        assert at_claim(app) == REPORT and "2 wait" in screen_text(app)
