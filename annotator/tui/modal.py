"""What all windows over a screen have in common."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from annotator.tui.wrap import shown

Result = TypeVar("Result")


class Modal(ModalScreen[Result]):
    """A window over a screen."""

    def close(self, result: Result | None = None) -> None:
        """End with a result; a second key that was on its way already does nothing."""
        if self.is_active:
            self.dismiss(result)

    def on_click(self, event: events.Click) -> None:
        """Leave when something beside the window is clicked, unless a text would be lost."""
        beside = self.get_widget_at(event.screen_x, event.screen_y)[0] is self
        if beside and not any(field.value for field in self.query(Input)):
            event.stop()
            self.leave()

    def leave(self) -> None:
        """End without a result."""
        self.close()


def entitle(window: Widget, title: str, keys: str) -> None:
    """Write into the frame of a window what it is about, which may be foreign text, and its keys.

    Textual takes a plain string in a frame for markup; content is taken as it is.
    """
    window.border_title = Content(shown(title))
    window.border_subtitle = Content(keys)
