"""The side panel: who says the current claim, how that was found, and what is answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.style import Style

from annotator.model import Span
from annotator.scheme import Scheme
from annotator.tui.bars import Clickable, link, strip_of
from annotator.tui.corrected import quoted
from annotator.tui.keys import Keymap, sign
from annotator.tui.remarks import Remark, View, remarks
from annotator.tui.wrap import broken, fit, pad, shown

TALL = 12
NAMES = 9
VOICES = {
    "narrator": "narrator",
    "direct": "direct quotation",
    "indirect": "indirect speech",
    "mixed": "mixed quotation",
    "post": "post",
}
NOTHING = "No claims to judge in this article: {key} goes to the next one."
STATES = {
    "not seen": "$quiet", "begun": "bold $accent", "judged": "bold $success",
    "superseded": "bold $warning",
}  # fmt: skip
# What a click on a fact corrects.
CORRECTS = {"speaker": "correct_speaker", "cue": "correct_cue", "source": "correct_source"}
TICKED, UNTICKED = "✓", " "


class ClaimPanel(Clickable):
    """The facts and answers of one claim: a column at the side, or a few lines below the text."""

    class HintTaken(Message):
        """A hint was clicked, whose words are to be marked."""

        def __init__(self, hint_id: str) -> None:
            super().__init__()
            self.hint_id = hint_id

    def __init__(self, scheme: Scheme, keymap: Keymap) -> None:
        super().__init__(id="panel")
        self._scheme = scheme
        self._keys = {action.id: sign(action.keys[0]) for action in keymap.actions}
        self._view: View | None = None
        self._lines: list[Content] = []

    def show(self, view: View | None) -> None:
        """Show a claim, or that there is none; only the lines that differ are painted anew."""
        self._view = view
        before, self._lines = self._lines, self._visible()
        pairs = zip_longest(before, self._lines, fillvalue=Content())
        changed = [y for y, (old, new) in enumerate(pairs) if not old.is_same(new)]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def on_resize(self) -> None:
        """Fit the lines to the size."""
        self._lines = self._visible()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line."""
        if y >= len(self._lines):
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        return strip_of(self, self._lines[y])

    def on_click(self, event: events.Click) -> None:
        """Take the hint under the mouse."""
        if hint_id := event.style.meta.get("hint"):
            event.stop()
            self.post_message(self.HintTaken(hint_id))

    def _visible(self) -> list[Content]:
        """Return the lines for the present size."""
        width, height = self.size
        if self._view is None:
            return [
                Content.styled(fit(NOTHING.format(key=self._keys["next_article"]), width), "$quiet")
            ]
        if height >= TALL:
            lines = self.column(self._view, width)
        else:
            lines = [*self._strip(self._view, width)]
            lines += self._remarks_in(self._view, width, height - len(lines))
        return lines[:height]

    def column(self, view: View, width: int) -> list[Content]:
        """Return everything about a claim, one below the other."""
        return list(self._column(view, width))

    def _column(self, view: View, width: int) -> Iterator[Content]:
        yield self._heading(view, width)
        yield Content()
        for name, value in facts(view):
            for line in _field(name, value, width):
                yield link(line, CORRECTS[name]) if name in CORRECTS else line
        for axis in self._scheme.axes:
            yield Content()
            yield Content.styled(fit(axis.name, width), "bold $quiet")
            for label in axis.labels:
                yield self._option(view.has(axis, label), f"label_{label.id}", label.name, width)
        yield Content()
        yield self._option(_unsure(view), "toggle_unsure", "unsure", width)
        for remark in remarks(view, self._scheme):
            yield Content()
            for line in _field(remark.name, remark.text, width):
                yield _clickable(line, remark)

    def _remarks_in(self, view: View, width: int, room: int) -> list[Content]:
        """Return what there is to remark in so many lines, the last of which says how much more."""
        found = remarks(view, self._scheme)
        more = len(found) - room
        lines = []
        for number, remark in enumerate(found[: max(0, room)]):
            tail = (
                f"  … {more} more: {self._keys['details']}"
                if more > 0 and number == room - 1
                else ""
            )
            text = fit(f"{pad(remark.name, NAMES)}{remark.text}", width - len(tail))
            line = Content.styled(text).stylize("$quiet", 0, NAMES)
            lines.append(_clickable(Content.assemble(line, (tail, "$quiet")), remark))
        return lines

    def _strip(self, view: View, width: int) -> Iterator[Content]:
        """The same in a few lines: the facts in two, an axis a line."""
        yield self._heading(view, width)
        known = [(name, value) for name, value in facts(view) if name != "found by"]
        whole = _row(known)
        rows = [whole] if whole.cell_length <= width else [_row(known[:1]), _row(known[1:])]
        yield from (_cut(row, width) for row in rows)
        for axis in self._scheme.axes:
            options = [
                self._option(view.has(axis, label), f"label_{label.id}", label.name)
                for label in axis.labels
            ]
            if axis == self._scheme.axes[-1]:
                options.append(self._option(_unsure(view), "toggle_unsure", "unsure"))
            yield _cut(Content("  ").join(options), width)

    def _heading(self, view: View, width: int) -> Content:
        place, state = view.page.place(view.claim), self._state(view)
        voice = fit(VOICES[view.claim.voice], max(1, width - len(place) - len(state) - 4))
        space = " " * max(1, width - len(voice) - len(place) - len(state) - 2)
        return Content.assemble(
            (voice, "bold $primary"), space, (state, STATES[state]), "  ", (place, "$quiet")
        )

    def _state(self, view: View) -> str:
        if view.claim.id in view.page.superseded:
            return "superseded"
        if view.judgement is None:
            return "not seen"
        return "judged" if self._scheme.finished(view.judgement) else "begun"

    def _option(self, chosen: bool, action_id: str, name: str, width: int = 0) -> Content:
        """Return one answer with its key; a tick and bold letters say that it is chosen."""
        return _option(chosen, action_id, self._keys[action_id], name, width)


@lru_cache(64)
def _option(chosen: bool, action_id: str, key: str, name: str, width: int) -> Content:
    style = "bold reverse $success" if chosen else ""
    name = pad(name, width - 9) if width else shown(name)
    text = Content.assemble(
        (TICKED if chosen else UNTICKED, "bold $success"),
        (f" {key:<5} " if width else f"{key} ", "bold $accent"),
        (name.rstrip(), style),
    )
    return link(text, action_id)


def _clickable(line: Content, remark: Remark) -> Content:
    return line.stylize(Style.from_meta({"hint": remark.hint_id})) if remark.hint_id else line


def facts(view: View) -> Iterator[tuple[str, str]]:
    """Yield what is known of who says a claim: (name, value), the speaker first."""
    attribution, text = view.attribution, view.page.text
    if view.claim.id in view.page.superseded:
        after = view.page.successor(view.claim)
        yield "now", quoted(text, [(after.start, after.end)]) if after else "nothing"
        return
    if attribution is None:
        yield "speaker", "the article itself" if view.claim.voice == "narrator" else "the post"
        return
    kind = f" ({attribution.speaker_type})" if attribution.speaker_type else ""
    yield "speaker", f"{attribution.speaker or 'unknown'}{kind}"
    if attribution.cue:
        yield "cue", _words(text, attribution.cue)
    if attribution.source:
        yield "source", _words(text, attribution.source)
    if attribution.via:
        yield "via", attribution.via
    if attribution.rule:
        yield "found by", attribution.rule


def _words(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def _unsure(view: View) -> bool:
    return view.judgement is not None and view.judgement.unsure


def _field(name: str, value: str, width: int) -> Iterator[Content]:
    """Yield a name and its value, broken into lines beside it."""
    for number, line in enumerate(broken(value, width - NAMES)):
        yield Content.assemble((pad(name if number == 0 else "", NAMES), "$quiet"), line)


def _row(pairs: Iterable[tuple[str, str]]) -> Content:
    """Return names and values side by side."""
    pieces = [
        link(Content.assemble((f"{name} ", "$quiet"), shown(value)), CORRECTS.get(name, ""))
        for name, value in pairs
    ]
    return Content("   ").join(pieces)


def _cut(content: Content, width: int) -> Content:
    return content.truncate(width, ellipsis=True)
