"""The scroll bar of long lists: Textual's own, with each of its few kinds of cells made once."""

from __future__ import annotations

from rich.style import Style as RichStyle
from textual.css.styles import RulesMap
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class VerticalBar(ScrollBarRender, Visual):
    """A vertical scroll bar; as a Rich renderable it would cost half as much as a full screen."""

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return one strip a line, the same object for all lines that look alike."""
        colors = self.style if isinstance(self.style, RichStyle) else RichStyle.parse(self.style)
        assert height is not None and colors.bgcolor is not None and colors.color is not None
        bar = self.render_bar(
            size=height,
            virtual_size=self.virtual_size,
            window_size=self.window_size,
            position=self.position,
            thickness=width,
            back_color=colors.bgcolor,
            bar_color=colors.color,
        )
        strips = {id(segment): Strip([segment], width) for segment in bar.segments}
        return [strips[id(segment)] for segment in bar.segments]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the thickness in cells."""
        return self.thickness

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the lines of text in view."""
        return self.window_size
