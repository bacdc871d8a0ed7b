"""The scroll bar looks as Textual's own does, and the mouse works on it."""

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.style import Style
from textual.scrollbar import ScrollBarRender
from textual.style import Style as VisualStyle
from textual.visual import RenderOptions

from annotator.tui.scrollbar import VerticalBar
from tests.tui.test_lines import rows, shown

STYLE = Style.parse("#aabbcc on #112233")


@given(st.integers(1, 60), st.integers(0, 10_000), st.integers(1, 60), st.floats(0, 1))
def test_every_line_is_as_textual_paints_it(
    height: int, more: int, window: int, share: float
) -> None:
    virtual = window + more
    values = (virtual, window if more else 0, int(share * more), 1, True, STYLE)
    console = Console(width=1, height=height)
    lines = console.render_lines(
        ScrollBarRender(*values), console.options.update(height=height), new_lines=False
    )
    options = RenderOptions(lambda _: VisualStyle(), {})
    strips = VerticalBar(*values).render_strips(1, height, VisualStyle(), options)
    assert len(strips) == height
    for line, strip in zip(lines, strips, strict=True):
        assert [(one.text, one.style) for one in line] == [(one.text, one.style) for one in strip]


def test_lines_that_look_alike_are_one_object() -> None:
    options = RenderOptions(lambda _: VisualStyle(), {})
    strips = VerticalBar(1000, 40, 400, 1, True, STYLE).render_strips(1, 40, VisualStyle(), options)
    looks = [[(one.text, one.style) for one in strip] for strip in strips]
    assert len({id(strip) for strip in strips}) == len(list(groupby(looks)))


async def test_a_click_below_the_thumb_scrolls_on() -> None:
    async with shown(*[2] * 50) as (blocks, pilot):
        assert rows(blocks)[0] == "0.0"
        await pilot.click(offset=(29, 8))
        await pilot.pause()
        assert rows(blocks)[0] == "5.0"
        await pilot.click(offset=(29, 0))
        await pilot.pause()
        assert rows(blocks)[0] == "0.0"
