"""A long article is broken into lines bit by bit, and nobody sees that."""

from itertools import accumulate

from annotator.tui.reader import NEAR
from annotator.tui.wrap import wrap

from .helpers import article, current, enter, make_project, opened, plain, screen_text

# Lines so long, and words so uneven, that their heights cannot be guessed from their lengths.
LONG = [f"Phrase {n} " + "incontestablement " * (n % 13) + "fin." for n in range(8 * NEAR)]


async def until_measured(app, pilot):
    reader = article(app).reader
    for _ in range(400):
        if all(starts is not None for starts in reader._breaks):
            break
        await pilot.pause(0.02)
    await pilot.pause(0.05)
    return reader


async def test_all_heights_are_right_in_the_end_and_the_view_stays(tmp_path):
    db = make_project(tmp_path, plain("\n".join(LONG)))
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "end")
        await pilot.pause()
        assert current(app) == LONG[-1] and f"Phrase {len(LONG) - 1} " in screen_text(app)
        await pilot.press(*["k"] * 5)
        await pilot.pause()
        before = screen_text(app)
        reader = await until_measured(app, pilot)
        page, width = article(app).page, reader._text_width(0, reader._width)
        heights = [len(wrap(line, width)) + gap for line, gap in zip(LONG, page.gaps, strict=True)]
        assert list(reader._tops) == list(accumulate(heights, initial=0))
        assert screen_text(app) == before
        await pilot.press("home")
        await pilot.pause()
        assert "Phrase 0 fin." in screen_text(app)


async def test_moving_far_before_all_is_measured_shows_the_claim_whole(tmp_path):
    db = make_project(tmp_path, plain("\n".join(LONG)))
    async with opened(db) as (app, pilot):
        await enter(app, pilot)
        screen = article(app)
        for place in (5 * NEAR, 2 * NEAR, 7 * NEAR):
            screen.show_claim(screen.page.walk.claims[place])
            await pilot.pause()
            shown = " ".join(screen_text(app).split())
            assert LONG[place] in shown
        await until_measured(app, pilot)
        assert LONG[7 * NEAR] in " ".join(screen_text(app).split())
