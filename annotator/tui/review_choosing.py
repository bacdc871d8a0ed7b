"""Choosing an answer for a claim, and saying what goes with it."""

from __future__ import annotations

from dataclasses import replace

from textual import events

from annotator.model import ATTRIBUTION_KINDS
from annotator.review.corrections import speakers
from annotator.review.deciding import REASONS
from annotator.tui.desk import Desk
from annotator.tui.dialogs import Ask, Choice, Pick, among
from annotator.tui.menu import Menu
from annotator.tui.page import Page
from annotator.tui.review_answers import AnswerTable
from annotator.tui.review_case import Case
from annotator.tui.screen import KeyScreen

NOBODY = "nobody known"
KINDS = (*(Choice(kind, kind) for kind in ATTRIBUTION_KINDS), Choice("", "leave that as it is"))


class ChoosingScreen(KeyScreen):
    """A screen with a claim that is being decided."""

    desk: Desk

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.keymap)
        self.desk = desk
        self.case: Case | None = None
        self.page: Page | None = None
        self.pressed = ""
        """The key that was pressed last."""

    def show_case(self) -> None:
        """Show what there is to decide."""
        raise NotImplementedError

    @property
    def here(self) -> Case:
        """The claim on the screen; only to be asked for by actions that need one."""
        assert self.case is not None
        return self.case

    def choose(self, case: Case) -> None:
        """Go on with what has been chosen."""
        self.case = case
        self.show_case()

    def is_here(self, case: Case) -> bool:
        """Whether a claim is still the one on the screen, once a window has closed."""
        return self.case is not None and self.case.claim_id == case.claim_id

    # --- choosing -------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Remember which digit it was, before the registry is asked what it does."""
        self.pressed = event.character or ""

    def action_choose_next(self) -> None:
        """Point at the next answer."""
        self.choose(self.here.stepped(1))

    def action_choose_previous(self) -> None:
        """Point at the answer before."""
        self.choose(self.here.stepped(-1))

    def on_answer_table_pressed(self, message: AnswerTable.Pressed) -> None:
        """Point at the answer that was clicked."""
        message.stop()
        if self.case is not None:
            self.choose(replace(self.case, chosen=message.number))

    def action_label(self, label_id: str) -> None:
        """Give a label in an answer of one's own; it takes the words that others marked for it."""
        self.desk.last_label = label_id
        self.choose(self.here.labelled(self.desk.session.scheme, label_id))

    # --- what goes with it ----------------------------------------------------------------------

    def action_reason(self) -> None:
        """Say why the answers differ."""
        case = self.here
        choices = [Choice(one, one.replace("_", " ")) for one in REASONS]
        at = REASONS.index(case.reason) if case.reason in REASONS else 0

        def chosen(reason: str | None) -> None:
            if reason is not None and self.is_here(case):
                self.choose(replace(self.here, reason=reason or None))

        choices.append(Choice("", "no reason given"))
        self.app.push_screen(Menu("Why the answers differ", choices, at), chosen)

    def action_settle_speaker(self) -> None:
        """Say who speaks, and then how it is reported."""
        case = self.here

        def named(choice: Choice | None) -> None:
            if choice is not None and choice.text and self.is_here(case):
                self.choose(replace(self.here, speaker=choice.value))
                self.app.push_screen(Menu("How it is reported", KINDS), reported)

        def reported(kind: str | None) -> None:
            if self.is_here(case):
                known = next((one for one in ATTRIBUTION_KINDS if one == kind), None)
                self.choose(replace(self.here, kind=known))

        self.app.push_screen(Pick("Who speaks", among(self._speakers()), "", "a name"), named)

    def _speakers(self) -> list[Choice]:
        """Return who may be speaking: those whom reviewers name first, then all of the article."""
        assert self.page is not None
        names = [one.speaker for one in self.here.told.values()]
        names += [self.here.dispute.row.speaker]
        names += [one.name for one in speakers(self.page.tagging)]
        known = [Choice(name, name) for name in dict.fromkeys(filter(None, names))]
        return [*known, Choice("", NOBODY)]

    def action_note(self) -> None:
        """Ask for a note that goes with the decision."""
        case = self.here

        def answered(note: str | None) -> None:
            if note is not None and self.is_here(case):
                self.choose(replace(self.here, note=note or None))

        self.app.push_screen(Ask("Note on the decision", case.note or ""), answered)
