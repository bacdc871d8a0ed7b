"""The lines above and below the screens: title, message and footer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from annotator.tui.keys import FOOTER_ORDER, Action, Where, keys_at, sign
from annotator.tui.wrap import fit, shown

NARROW_ENTRIES, WIDE = 7, 100
# These keep their place at the end, however narrow the footer.
LAST = ("help", "back")


class Do(Message):
    """The mouse asked for an action."""

    def __init__(self, action_id: str) -> None:
        super().__init__()
        self.action_id = action_id


class Clickable(Widget):
    """A widget of which parts stand for actions; see `link`."""

    def on_click(self, event: events.Click) -> None:
        """Ask for the action under the mouse."""
        if action_id := event.style.meta.get("do"):
            event.stop()
            self.post_message(Do(action_id))


class Bar(Widget):
    """One line: something on the left that may be cut, something on the right that stays."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left: Sequence[tuple[str, str]] = ()
        self._right = ""

    def show(self, left: Sequence[tuple[str, str]], right: str = "") -> None:
        """Show pieces of (text, style), the last of which is cut to fit, and the right end."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render(self) -> Content:
        """Return the line as wide as the bar."""
        right = fit(self._right, self.size.width)
        room = self.size.width - cell_len(right) - 1
        pieces: list[tuple[str, str]] = []
        for text, style in self._left:
            fitted = fit(text, max(0, room))
            room -= cell_len(fitted)
            pieces.append((fitted, style))
            if fitted != shown(text):
                break
        return Content.assemble(*pieces, " " * (room + 1), (right, "$quiet"))


class MessageBar(Widget):
    """One line that appears when there is something to say, and goes with the next key."""

    def __init__(self) -> None:
        super().__init__(id="message")
        self._text = ""

    def say(self, text: str, *, error: bool = False) -> None:
        """Show a line; an empty one hides the bar."""
        if text == self._text:
            return
        self._text = text
        self.set_class(error, "-error")
        self.display = bool(text)
        self.refresh()

    @property
    def text(self) -> str:
        """The line now shown."""
        return self._text

    def render(self) -> Content:
        """Return the line; a sign stands for the colour of an error."""
        sign = "! " if self.has_class("-error") else ""
        return Content(fit(sign + self._text, self.size.width))


class Footer(Clickable):
    """What is possible now: keys and one word each."""

    def __init__(self) -> None:
        super().__init__(id="footer")
        self._where: Where = "corpus"
        self._actions: Sequence[Action] = ()

    def show(self, where: Where, actions: Sequence[Action]) -> None:
        """Show the actions of a place that have a word for the footer."""
        if (where, actions) != (self._where, self._actions):
            self._where, self._actions = where, actions
            self.refresh()

    def render(self) -> Content:
        """Return as many entries as fit, with help and back always at the end."""
        entries = _entries(self._actions)
        last = [_entry(actions, self._where) for actions in entries if actions[0].id in LAST]
        first = [_entry(actions, self._where) for actions in entries if actions[0].id not in LAST]
        if self.size.width < WIDE:
            first = first[: NARROW_ENTRIES - len(last)]
        room = self.size.width - sum(entry.cell_length for entry in last)
        used = list(accumulate(entry.cell_length for entry in first))
        kept = [entry for entry, end in zip(first, used, strict=True) if end <= room]
        return Content.assemble(*kept, *last)


def link(content: Content, action_id: str) -> Content:
    """Return the content as something to click that asks for an action."""
    return content.stylize(Style.from_meta({"do": action_id}))


def _entries(actions: Sequence[Action]) -> list[list[Action]]:
    """Return the actions of each entry: those with the same word, in the footer's order."""
    entries: dict[str, list[Action]] = {}
    for action in actions:
        if action.footer:
            entries.setdefault(action.footer, []).append(action)
    return [entries[word] for word in sorted(entries, key=FOOTER_ORDER.index)]


def _entry(actions: Sequence[Action], where: Where) -> Content:
    keys = [
        link(Content.styled(sign(keys_at(action, where)[0]), "bold $accent"), action.id)
        for action in actions
    ]
    word = link(Content.styled(actions[0].footer, "$quiet"), actions[0].id)
    return Content.assemble(" ", Content(" ").join(keys), " ", word, " ")
