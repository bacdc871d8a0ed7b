"""The list widget: scrolling by half a page, painting only what changed, any number of lines."""

from contextlib import asynccontextmanager
from itertools import accumulate

from rich.segment import Segment
from textual.app import App
from textual.strip import Strip

from annotator.tui.lines import AHEAD_SECONDS, LineList


class Blocks(LineList):
    """Items of given heights that count how often each of their lines is painted."""

    def __init__(self, heights):
        super().__init__(id="blocks")
        self.heights = heights
        self.painted = []

    def measure(self, width):
        return list(accumulate(self.heights, initial=0))

    def paint(self, item, line, width):
        self.painted.append((item, line))
        sign = ">" if item == self.cursor and line == 0 else " "
        return Strip([Segment(f"{sign}{item}.{line}")])


class Lists(App[None]):
    CSS = "Blocks { height: 10; }"

    def __init__(self, heights):
        super().__init__()
        self.blocks = Blocks(heights)
        self.pressed = []

    def compose(self):
        yield self.blocks

    def on_line_list_pressed(self, message):
        self.pressed.append((message.item, message.line, message.cell))


@asynccontextmanager
async def shown(*heights):
    app = Lists(heights)
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.pause()
        yield app.blocks, pilot


def rows(blocks: LineList) -> list[str]:
    return [blocks.render_line(y).text.strip() for y in range(10)]


async def test_items_of_several_lines_in_order():
    async with shown(2, 1, 3) as (blocks, _):
        assert rows(blocks) == ["0.0", "0.1", "1.0", "2.0", "2.1", "2.2", "", "", "", ""]
        assert [blocks.locate(line) for line in (0, 1, 2, 5)] == [(0, 0), (0, 1), (1, 0), (2, 2)]


async def test_the_cursor_scrolls_by_half_a_page_at_the_edge():
    async with shown(*[1] * 100) as (blocks, pilot):
        for item in range(10):
            blocks.move(item)
        assert blocks.scroll_offset.y == 0
        blocks.move(10)
        await pilot.pause()
        assert blocks.scroll_offset.y == 6
        blocks.move(6)
        await pilot.pause()
        assert blocks.scroll_offset.y == 6
        blocks.move(5)
        await pilot.pause()
        assert blocks.scroll_offset.y == 0
        blocks.move(99)
        await pilot.pause()
        assert rows(blocks)[-1] == ">99.0"


async def test_an_item_taller_than_the_view_shows_its_start():
    async with shown(5, 40, 5) as (blocks, pilot):
        blocks.move(1)
        await pilot.pause()
        assert rows(blocks)[0] == ">1.0"
        blocks.move(0)
        await pilot.pause()
        assert ">0.0" in rows(blocks)


async def test_a_move_paints_only_the_two_items_it_concerns():
    async with shown(*[2] * 50) as (blocks, pilot):
        blocks.move(1)
        await pilot.pause()
        blocks.painted.clear()
        blocks.move(2)
        await pilot.pause()
        assert {item for item, _ in blocks.painted} == {1, 2}


async def test_only_lines_in_view_are_painted():
    async with shown(*[3] * 100_000) as (blocks, pilot):
        assert len(blocks.painted) <= 20
        blocks.move(99_999)
        await pilot.pause()
        assert len(blocks.painted) <= 40
        assert rows(blocks)[-1] == "99999.2"


async def test_no_items_and_fewer_items():
    async with shown() as (blocks, pilot):
        assert rows(blocks) == [""] * 10
        blocks.reveal()
        blocks.heights = [1, 1]
        blocks.lay_out()
        blocks.move(1)
        assert rows(blocks)[:2] == ["0.0", ">1.0"]
        await pilot.click(offset=(3, 1))
        await pilot.click(offset=(3, 7))
        assert pilot.app.pressed == [(1, 0, 3)]


async def test_what_a_move_may_scroll_to_is_painted_ahead():
    async with shown(*[2] * 50) as (blocks, pilot):
        blocks.move(1)
        await pilot.pause(2 * AHEAD_SECONDS)
        await pilot.pause()
        blocks.painted.clear()
        blocks.move(5)  # below the view, which moves by half a page
        await pilot.pause(0)
        assert {">5.0", "5.1", "7.1"} <= {*rows(blocks)}
        assert {item for item, _ in blocks.painted} <= {1, 5}


async def test_lines_end_at_the_scroll_bar_and_reach_to_the_edge_without_one():
    async with shown(*[2] * 50) as (blocks, pilot):
        assert {blocks.render_line(y).cell_length for y in range(10)} == {29}
        blocks.heights = [2, 2]
        blocks.lay_out()
        await pilot.pause()
        assert {blocks.render_line(y).cell_length for y in range(10)} == {30}
