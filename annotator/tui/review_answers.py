"""What each reviewer answered: a column each, or one below the other where that is too narrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from annotator.model import Judgement
from annotator.review.deciding import Dispute
from annotator.review.mine import reasons
from annotator.review.telling import Who
from annotator.scheme import Scheme
from annotator.tui.wrap import broken, fit, pad, shown

WIDE = 100
COLUMN, WIDEST_COLUMN = 26, 48
WIDEST_NAME = 20
INDENT = 7
NONE = "—"
STANDINGS = {
    "open": "not settled",
    "decided": "settled",
    "stale": "STALE",
    "contested": "CONTESTED",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to choose: `who` is a letter, or a name."""

    who: str
    judgement: Judgement
    remark: str = ""
    """What sets it apart: not finished, changed since, sent back."""


class AnswerTable(Widget):
    """The answers with the chosen one marked; it has no keys of its own."""

    class Pressed(Message):
        """An answer was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, scheme: Scheme) -> None:
        super().__init__(id="answers")
        self._scheme = scheme
        self._text = ""
        self._answers: Sequence[Answer] = ()
        self._chosen: int | None = None

    def show(self, text: str, answers: Sequence[Answer], chosen: int | None) -> None:
        """Show answers to a claim of an article's text."""
        self._text, self._answers, self._chosen = text, answers, chosen
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Say which answer was clicked."""
        number = event.style.meta.get("answer")
        if number is not None:
            event.stop()
            self.post_message(self.Pressed(number))

    def render(self) -> Content:
        """Return the answers in the form there is room for."""
        lines = self._columns() if self.app.size.width >= WIDE else self._stack()
        return Content("\n").join(lines[: self.size.height])

    # --- one below the other --------------------------------------------------------------------

    def _stack(self) -> list[Content]:
        """Return all that was said, or of the others only their labels; the chosen one in view."""
        width, height = self.size
        blocks = [list(self._rows(number, width, True)) for number in range(len(self._answers))]
        if sum(map(len, blocks)) > height:
            blocks = [
                list(self._rows(number, width, number == self._chosen))
                for number in range(len(self._answers))
            ]
        before = sum(map(len, blocks[: self._chosen or 0]))
        here = len(blocks[self._chosen]) if self._chosen is not None else 0
        lines = [line for block in blocks for line in block]
        return lines[min(before, max(0, before + here - height)) :]

    def _rows(self, number: int, width: int, whole: bool) -> Iterator[Content]:
        answer = self._answers[number]
        said = f"{_summary(self._scheme, answer.judgement)}"
        widest = max(cell_len(shown(one.who)) for one in self._answers)
        room = min(WIDEST_NAME, max(3, widest))
        remark = f"  {answer.remark}" if answer.remark else ""
        text = fit(said, max(1, width - INDENT - room - len(remark)))
        yield self._clickable(
            Content.assemble(
                self._pointer(number), (f"{pad(answer.who, room)} ", "bold $primary"),
                (text, "bold reverse" if number == self._chosen else "bold"), (remark, "$accent"),
            ),
            number,
        )  # fmt: skip
        for name, value in _details(answer.judgement, self._scheme, self._text) if whole else ():
            for line in broken(f"{name}: {value}", max(1, width - INDENT)):
                yield self._clickable(Content(" " * INDENT + line), number)

    # --- side by side ---------------------------------------------------------------------------

    def _columns(self) -> list[Content]:
        if not self._answers:
            return []
        total = self.size.width
        wide = min(WIDEST_COLUMN, max(COLUMN, total // len(self._answers)))
        room = max(1, total // wide)
        first = max(0, (self._chosen or 0) - room + 1)
        shown = range(first, min(len(self._answers), first + room))
        columns = [list(self._column(number, wide - 2)) for number in shown]
        blank = Content(" " * wide)
        return [Content.assemble(*(one or blank for one in row)) for row in zip_longest(*columns)]

    def _column(self, number: int, width: int) -> Iterator[Content]:
        """Yield the lines of one answer, each as wide as the column and a gap."""
        answer = self._answers[number]
        head = pad(f"{answer.who}  {answer.remark}", width - 4)
        yield self._clickable(
            Content.assemble(self._pointer(number), (head, "bold $primary"), "  "), number
        )
        chosen = number == self._chosen
        for axis in self._scheme.axes:
            names = self._scheme.named(answer.judgement.labels.get(axis.id, ()))
            for line in broken(names or NONE, width):
                style = "bold reverse" if chosen and names else "bold"
                text = Content.styled(line, style)
                yield self._clickable(text.pad_right(width + 2 - text.cell_length), number)
        for name, value in _details(answer.judgement, self._scheme, self._text):
            for line in broken(f"{name}: {value}", width):
                yield self._clickable(Content(pad(line, width + 2)), number)

    def _pointer(self, number: int) -> Content:
        sign = "▸" if number == self._chosen else " "
        digit = str(number + 1) if number < 9 else " "
        return Content.assemble((f"{sign} ", "bold $accent"), (f"{digit} ", "$quiet"))

    def _clickable(self, line: Content, number: int) -> Content:
        return line.stylize(Style.from_meta({"answer": number}))


def summary(scheme: Scheme, judgement: Judgement) -> str:
    """Return the labels of an answer in one line."""
    return _summary(scheme, judgement) or "none is right"


def standing_line(dispute: Dispute, scheme: Scheme, who: Who) -> str:
    """Return what is settled on a claim, by whom and why, in one line."""
    decision = dispute.decision
    if decision is None:
        return STANDINGS[dispute.standing]
    speaker = None if decision.speaker is None else f"speaker {decision.speaker or 'nobody known'}"
    parts = [who(decision.by), reasons(decision), speaker, decision.kind]
    by = ", ".join(filter(None, parts))
    return f"{STANDINGS[dispute.standing]}  {summary(scheme, decision.answer)} ({by})"


def _summary(scheme: Scheme, judgement: Judgement) -> str:
    names = [scheme.named(judgement.labels.get(axis.id, ())) for axis in scheme.axes]
    return " · ".join(filter(None, names))


def _details(judgement: Judgement, scheme: Scheme, text: str) -> Iterator[tuple[str, str]]:
    """Yield what an answer says besides its labels: (name, value)."""
    if judgement.unsure:
        yield "unsure", "yes"
    for label, (start, end) in judgement.spans:
        yield "words", f"« {' '.join(text[start:end].split())} » ({scheme.named((label,))})"
    if judgement.framer:
        yield "framing", judgement.framer
    if judgement.target:
        yield "target", judgement.target
    for one in judgement.evidence:
        yield "evidence", f"{one.value} (as of {one.as_of})" if one.as_of else one.value
    if judgement.note:
        yield "note", judgement.note
