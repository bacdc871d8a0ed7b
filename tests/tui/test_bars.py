"""The lines of the screens: what is painted anew, and in whose colours."""

from contextlib import asynccontextmanager

from textual.app import App

from annotator.tui.bars import Bar, Footer
from annotator.tui.keys import ACTIONS

CLAIM = [action for action in ACTIONS if action.id in ("next_claim", "narrator", "help", "back")]


class Lines(App[None]):
    CSS = "Bar, Footer { height: 1; }"

    def __init__(self):
        super().__init__()
        self.painted = []

    def get_theme_variable_defaults(self):
        return {"quiet": "#808080"}

    def compose(self):
        painted = self.painted

        class Watched(Bar):
            def refresh(self, *regions, **options):
                painted.append(regions)
                return super().refresh(*regions, **options)

        yield Watched()
        yield Footer()


@asynccontextmanager
async def lines():
    app = Lines()
    async with app.run_test(size=(30, 5)) as pilot:
        await pilot.pause()
        yield app, app.query_one(Bar), app.query_one(Footer), pilot


def text(line) -> str:
    return line.render_line(0).text.rstrip()


def colours(line) -> set[str]:
    return {str(one.style.color.triplet) for one in line.render_line(0) if one.text.strip()}


async def test_only_what_comes_after_the_first_change_is_painted():
    async with lines() as (app, bar, _, pilot):
        bar.show([(" title", "bold"), ("  place", "$quiet")], "1/3 ")
        await pilot.pause()
        app.painted.clear()

        bar.show([(" title", "bold"), ("  place", "$quiet")], "1/3 ")
        assert app.painted == []

        bar.show([(" title", "bold"), ("  place", "$quiet")], "2/3 ")
        [[region]] = app.painted
        assert (region.x, region.right) == (len(" title  place") + 13, 30)
        assert text(bar) == f"{' title  place':<26}2/3"


async def test_a_line_takes_another_width():
    async with lines() as (_, bar, footer, pilot):
        bar.show([("a title that is rather long", "bold")], "2/3 ")
        footer.show("article", CLAIM)
        await pilot.resize_terminal(16, 5)
        await pilot.pause()
        assert text(bar) == "a title th… 2/3"
        assert text(footer) == " ? help  q back"


async def test_a_line_takes_the_colours_of_another_theme():
    async with lines() as (app, bar, footer, pilot):
        bar.show([("title", "bold $primary")])
        footer.show("article", CLAIM)
        await pilot.pause()
        before = colours(bar), colours(footer)
        app.theme = "nord"
        await pilot.pause()
        assert not before[0] & colours(bar)
        assert before[1] - colours(footer)


async def test_the_footer_shows_what_has_become_possible_where_there_is_room():
    async with lines() as (_, _, footer, pilot):
        footer.show("article", CLAIM)
        await pilot.pause()
        assert text(footer) == " j claim  ? help  q back"
        await pilot.resize_terminal(60, 5)
        await pilot.pause()
        assert text(footer) == " j claim  o narrator  ? help  q back"
        footer.show("article", [one for one in CLAIM if one.id != "narrator"])
        assert text(footer) == " j claim  ? help  q back"
