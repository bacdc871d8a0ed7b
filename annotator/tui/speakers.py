"""The window that asks who says something."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model import SPEAKER_TYPES, SpeakerType
from annotator.review.corrections import MOST_NAME, Speaker
from annotator.store.catalogue import fold_text
from annotator.tui.dialogs import Choice, Choices, Pick
from annotator.tui.menu import Menu

NOBODY = Choice("", "nobody known")
NO_TYPE = Choice("", "not said")


class PickSpeaker(Pick):
    """Asks for one of those who speak in the article, a new name, or nobody known.

    Typing the first letters of any of their names points at them; Enter takes what is pointed at.
    The value of the choice is the name, empty for nobody.
    """

    TAKES_TYPED = False

    def __init__(self, speakers: Sequence[Speaker], first: str | None) -> None:
        super().__init__("Who says it?", self._matching, placeholder="first letters, or a new name")
        self._first = 0 if first is None else 1
        self._speakers = [
            Choice(one.name, f"{one.name}  ({one.type})" if one.type else one.name)
            for one in sorted(speakers, key=lambda one: one.name != first)
        ]

    def show(self, typed: str) -> None:
        """Show the choices for what is typed and point at the first."""
        self.query_one(Choices).show(self._matching(typed), 0)

    def _matching(self, typed: str) -> list[Choice]:
        name = " ".join(typed.split())
        found = [one for one in self._speakers if _begins(one.value, name)]
        if not name:  # nobody stands near the top, however many speak
            return [*found[: self._first], NOBODY, *found[self._first :]]
        nobody = [NOBODY] if _begins(NOBODY.text, name) or _begins("unknown", name) else []
        known = name in {one.value for one in found}
        new = [] if known or len(name) > MOST_NAME else [Choice(name, f"new: {name}")]
        return [*found, *nobody, *new]


def type_menu(name: str, at: SpeakerType | None) -> Menu:
    """Return a window that asks what a speaker is; the value of "not said" is empty."""
    types = [Choice(one, one) for one in SPEAKER_TYPES]
    return Menu(f"What is {name}?", [*types, NO_TYPE], SPEAKER_TYPES.index(at) if at else 0)


def _begins(name: str, typed: str) -> bool:
    """Whether words of a name, in order, begin with the words typed; accents do not count."""
    rest = iter(fold_text(name).replace("'", " ").split())
    return all(any(word.startswith(start) for word in rest) for start in fold_text(typed).split())
