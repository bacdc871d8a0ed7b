"""What the keys do with the answers of three colleagues, which Lea settles; for `test_actions`."""

from .helpers import article, screen_text
from .reviewing import LAST, OTHER, REPORT, at_claim, decision, message, review, start
from .test_report import report


async def reviews(app, pilot, *keys):
    await start(pilot)
    await pilot.press(*keys)
    await pilot.pause(0.1)


async def does_review(app, pilot, key, db):
    await pilot.press(key)
    await pilot.pause()
    assert at_claim(app) == REPORT


async def does_choose_previous(app, pilot, key, db):
    await reviews(app, pilot, "right", "right", "right", key)
    assert review(app).here.chosen == 1


async def does_choose_next(app, pilot, key, db):
    await reviews(app, pilot, "left", "left", "left", key)
    assert review(app).here.chosen == 1


async def does_take(app, pilot, key, db):
    await reviews(app, pilot, key)
    assert decision(db, REPORT).answer.labels == {"veracity": ("verified",)}


async def does_take_number(app, pilot, key, db):
    await reviews(app, pilot, key)
    if int(key) <= 3:
        assert decision(db, REPORT) is not None and at_claim(app) == LAST
    else:
        assert message(app) == "The digits 1 to 3 take an answer."


async def does_none_right(app, pilot, key, db):
    await reviews(app, pilot, key)
    assert decision(db, REPORT).answer.labels == {}


async def does_reason(app, pilot, key, db):
    await reviews(app, pilot, key, "3")
    assert "reason: slip" in screen_text(app)


async def does_send_back(app, pilot, key, db):
    await reviews(app, pilot, key, "enter")
    assert message(app).startswith("Sent back to")


async def does_names(app, pilot, key, db):
    await reviews(app, pilot, key)
    assert "Cleo" in screen_text(app)


async def does_accept_unanimous(app, pilot, key, db):
    await reviews(app, pilot, key, "1")
    assert message(app) == "1 claim settled as unanimous."


async def does_next_waiting(app, pilot, key, db):
    await reviews(app, pilot, key)
    assert at_claim(app) == LAST


async def does_previous_waiting(app, pilot, key, db):
    await reviews(app, pilot, "j", "j", key)
    assert at_claim(app) == LAST


async def does_order(app, pilot, key, db):
    await reviews(app, pilot, key)
    assert "order" in message(app)


async def does_without_mine(app, pilot, key, db):
    await reviews(app, pilot, key)
    assert message(app) == "Only claims you did not judge."


async def does_read(app, pilot, key, db):
    await reviews(app, pilot, "j", "j", key)
    assert OTHER in article(app).page.text


async def does_settle_speaker(app, pilot, key, db):
    await reviews(app, pilot, "right", "right", key)
    assert "Who speaks" in screen_text(app)


async def does_differing(app, pilot, key, db):
    await reviews(app, pilot, key)
    assert message(app) == "Claims on which answers differ on Veracity."


async def does_agreement(app, pilot, key, db):
    assert "reviewers: Ada, Ben, Cleo" in await report(app, pilot, key, "judged by two or more")


async def does_mine(app, pilot, key, db):
    await report(app, pilot, key, "are settled")


async def does_people(app, pilot, key, db):
    await report(app, pilot, key, "to learn from, not to rank by")


async def does_same_words(app, pilot, key, db):
    await report(app, pilot, key, "0 wordings")


async def does_returned(app, pilot, key, db):
    await report(app, pilot, key, "0 judgements to look at again")


async def does_next_line(app, pilot, key, db):
    await report(app, pilot, "A", "judged by two or more")
    await pilot.press(key)
    assert app.screen._list.cursor == 1


async def does_previous_line(app, pilot, key, db):
    await report(app, pilot, "A", "judged by two or more")
    await pilot.press("j", "j", key)
    assert app.screen._list.cursor == 1


async def does_open_line(app, pilot, key, db):
    await report(app, pilot, "A", "judged by two or more")
    await pilot.press("end", key)
    await pilot.pause()
    article(app)
