"""The side panel: who says the current claim, how that was found, and what is answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual.content import Content

from annotator.model import Attribution, Claim, Judgement, Span
from annotator.scheme import Axis, Label, Scheme
from annotator.tui.bars import Clickable, link
from annotator.tui.keys import Keymap, sign
from annotator.tui.page import Page
from annotator.tui.wrap import broken, fit, pad, shown

TALL = 9
NAMES = 9
VOICES = {
    "narrator": "narrator",
    "direct": "direct quotation",
    "indirect": "indirect speech",
    "mixed": "mixed quotation",
    "post": "post",
}
STATES = {"not seen": "$quiet", "begun": "bold $accent", "judged": "bold $success"}
TICKED, UNTICKED = "✓", " "


@dataclass(frozen=True, slots=True)
class View:
    """What the panel shows of one claim."""

    page: Page
    claim: Claim
    judgement: Judgement | None

    @property
    def attribution(self) -> Attribution | None:
        """The innermost attribution of the claim; None in the narrator's voice."""
        claim = self.claim
        return self.page.tagging.attributions[claim.attributions[0]] if claim.attributions else None

    def has(self, axis: Axis, label: Label) -> bool:
        """Whether a label is chosen."""
        return self.judgement is not None and label.id in self.judgement.labels.get(axis.id, ())


class ClaimPanel(Clickable):
    """The facts and answers of one claim: a column at the side, or a few lines below the text."""

    def __init__(self, scheme: Scheme, keymap: Keymap) -> None:
        super().__init__(id="panel")
        self._scheme = scheme
        self._keys = {action.id: sign(action.keys[0]) for action in keymap.actions}
        self._view: View | None = None

    def show(self, view: View | None) -> None:
        """Show a claim, or that there is none."""
        self._view = view
        self.refresh()

    def render(self) -> Content:
        """Return the panel's lines for its present size."""
        width, height = self.size
        if self._view is None:
            return Content.styled(fit("No claims to judge in this article.", width), "$quiet")
        tall = height >= TALL
        lines = self._column(self._view, width) if tall else self._strip(self._view, width)
        return Content("\n").join(list(lines)[:height])

    def _column(self, view: View, width: int) -> Iterator[Content]:
        """Everything, one below the other."""
        yield self._heading(view, width)
        yield Content()
        for name, value in facts(view):
            yield from _field(name, value, width)
        for axis in self._scheme.axes:
            yield Content()
            yield Content.styled(fit(axis.name, width), "bold $quiet")
            for label in axis.labels:
                yield self._option(view.has(axis, label), f"label_{label.id}", label.name, width)
        yield Content()
        yield self._option(_unsure(view), "toggle_unsure", "unsure", width)
        if view.judgement is not None and view.judgement.note:
            yield Content()
            yield from _field("note", view.judgement.note, width)

    def _strip(self, view: View, width: int) -> Iterator[Content]:
        """The same in a few lines: the facts in two, an axis a line."""
        yield self._heading(view, width)
        known = [(name, value) for name, value in facts(view) if name != "found by"]
        yield _row(known[:1], width)
        yield _row(known[1:], width)
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
        if view.judgement is None:
            return "not seen"
        return "judged" if self._scheme.finished(view.judgement) else "begun"

    def _option(self, chosen: bool, action_id: str, name: str, width: int = 0) -> Content:
        """Return one answer with its key; a tick and bold letters say that it is chosen."""
        key = self._keys[action_id]
        style = "bold reverse $success" if chosen else ""
        name = pad(name, width - 9) if width else shown(name)
        text = Content.assemble(
            (TICKED if chosen else UNTICKED, "bold $success"),
            (f" {key:<5} " if width else f"{key} ", "bold $accent"),
            (name.rstrip(), style),
        )
        return link(text, action_id)


def facts(view: View) -> Iterator[tuple[str, str]]:
    """Yield what is known of who says a claim: (name, value), the speaker first."""
    attribution, text = view.attribution, view.page.text
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


def _row(pairs: Iterable[tuple[str, str]], width: int) -> Content:
    """Return names and values side by side."""
    pieces = [Content.assemble((f"{name} ", "$quiet"), shown(value)) for name, value in pairs]
    return _cut(Content("   ").join(pieces), width)


def _cut(content: Content, width: int) -> Content:
    return content.truncate(width, ellipsis=True)
