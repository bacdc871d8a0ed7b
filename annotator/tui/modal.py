"""What all windows over a screen have in common."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.screen import ModalScreen
from textual.widgets import Input

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
