"""The lines above and below the screens: title, message and footer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
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


class OneLine(Widget):
    """A line that is painted as one strip, anew only from the first cell that has changed."""

    _strip: Strip | None = None

    def paint(self) -> Strip:
        """Return the line at the present width."""
        raise NotImplementedError

    def repaint(self) -> None:
        """Paint what differs from what was painted last."""
        before, self._strip = self._strip, self.paint()
        if before is None:
            self.refresh()
        elif before != self._strip:
            same = _same_cells(before, self._strip)
            self.refresh(Region(same, 0, self.size.width - same, 1))

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        if self._strip is None:
            self._strip = self.paint()
        return self._strip

    def on_resize(self) -> None:
        """Fit the line to the width."""
        self._strip = None
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget what was painted in the colours of another theme."""
        super().notify_style_update()
        self._strip = None


class Bar(OneLine):
    """One line: something on the left that may be cut, something on the right that stays."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left: Sequence[tuple[str, str]] = ()
        self._right = ""

    def show(self, left: Sequence[tuple[str, str]], right: str = "") -> None:
        """Show pieces of (text, style), the last of which is cut to fit, and the right end."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.repaint()

    def paint(self) -> Strip:
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
        line = Content.assemble(*pieces, " " * (room + 1), (right, "$quiet"))
        return strip_of(self, line)


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


class Footer(OneLine, Clickable):
    """What is possible now: keys and one word each."""

    def __init__(self) -> None:
        super().__init__(id="footer")
        self._where: Where = "corpus"
        self._actions: Sequence[Action] = ()
        self._entries: dict[tuple[Where, tuple[Action, ...]], Strip] = {}

    def show(self, where: Where, actions: Sequence[Action]) -> None:
        """Show the actions of a place that have a word for the footer."""
        if (where, actions) != (self._where, self._actions):
            self._where, self._actions = where, actions
            self.repaint()

    def paint(self) -> Strip:
        """Return as many entries as fit, with help and back always at the end."""
        entries = _entries(self._actions)
        last = [self._entry(actions) for actions in entries if actions[0].id in LAST]
        first = [self._entry(actions) for actions in entries if actions[0].id not in LAST]
        if self.size.width < WIDE:
            first = first[: NARROW_ENTRIES - len(last)]
        room = self.size.width - sum(entry.cell_length for entry in last)
        used = list(accumulate(entry.cell_length for entry in first))
        kept = [entry for entry, end in zip(first, used, strict=True) if end <= room]
        return Strip.join([*kept, *last])

    def notify_style_update(self) -> None:
        """Forget what was painted in the colours of another theme."""
        super().notify_style_update()
        self._entries.clear()

    def _entry(self, actions: Sequence[Action]) -> Strip:
        at = self._where, tuple(actions)
        if at not in self._entries:
            self._entries[at] = strip_of(self, _entry(actions, self._where))
        return self._entries[at]


def strip_of(widget: Widget, line: Content) -> Strip:
    """Return a line of content as a strip in the style of a widget.

    Textual's own way notes in each style where it stands in the text, for selecting it. That is
    off here, and would make every style another one, not to be found in any cache.
    """
    pieces = line.render(widget.visual_style, end="")
    return Strip([Segment(text, style.rich_style) for text, style in pieces])


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


def _same_cells(before: Strip, after: Strip) -> int:
    """Return how many cells at the start of two strips are the same."""
    same = 0
    for old, new in zip(before, after, strict=False):
        if old != new:
            break
        same += old.cell_length
    return same
