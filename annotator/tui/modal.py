"""What all windows over a screen have in common."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

Result = TypeVar("Result")


class Modal(ModalScreen[Result]):
    """A window over a screen."""

    def close(self, result: Result | None = None) -> None:
        """End with a result; a second key that was on its way already does nothing."""
        if self.is_active:
            self.dismiss(result)
