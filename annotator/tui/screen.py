"""What the screens have in common: keys from the registry, footer, messages, undo, unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import events
from textual.message import Message
from textual.screen import Screen

from annotator.errors import AnnotatorError
from annotator.model import Event, Judgement
from annotator.tui.bars import Do, Footer, MessageBar
from annotator.tui.desk import Desk
from annotator.tui.keys import Action, Keymap, Where


def is_open(screen: Screen[Any]) -> bool:
    """Whether a screen is laid out and was not left; what comes late to another is of no use."""
    return screen.is_mounted and screen.is_attached and screen in screen.app.screen_stack


class OpenArticle(Message):
    """An article is to be opened, at a claim or where work goes on in it."""

    def __init__(
        self,
        article_id: str,
        claim_id: str | None = None,
        offset: int | None = None,
        said: str = "",
    ) -> None:
        super().__init__()
        self.article_id = article_id
        self.claim_id = claim_id
        self.offset = offset
        """Where to start if no claim is named."""
        self.said = said
        """What to say there."""


class KeyScreen(Screen[None]):
    """A screen whose keys are those of the registry for its place."""

    AUTO_FOCUS = ""
    BLANK = True  # its widgets cover it: nothing of its own is ever painted
    AT: ClassVar[Where]

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self.keymap = keymap
        self.desk: Desk | None = None
        self._said = False
        self._acting = False

    @property
    def ready(self) -> bool:
        """Whether something can be shown: see `is_open`."""
        return is_open(self)

    @property
    def where(self) -> Where:
        """The place whose keys hold now."""
        return self.AT

    def possible(self, action: Action) -> bool:
        """Whether an action would do something now; only those are shown."""
        if self.desk is None:
            return action.id in ("back", "help")
        if action.id == "undo":
            return self.desk.project.can_undo(self.desk.reviewer)
        if action.id == "redo":
            return self.desk.project.can_redo(self.desk.reviewer)
        return True

    def why_not(self, action: Action) -> str:
        """Return why an action would do nothing now; empty where that shows."""
        return f"There is nothing to {action.id}." if action.id in ("undo", "redo") else ""

    def possible_actions(self) -> list[Action]:
        """Return what can be done now, in the order of help and footer."""
        return [action for action in self.keymap.at(self.where) if self.possible(action)]

    def offered_actions(self) -> list[Action]:
        """Return what can be done now by name or with the mouse: some things have no key here."""
        return self.possible_actions()

    def refresh_footer(self) -> None:
        """Show what is possible now, or at the end of an act that is under way."""
        if self._acting:
            return
        named = (action for action in self.keymap.at(self.where) if action.footer)
        self.query_one(Footer).show(self.where, [one for one in named if self.possible(one)])

    def say(self, text: str, *, error: bool = False) -> None:
        """Show a line above the footer until the next key."""
        self._said = True
        self.query_one(MessageBar).say(text, error=error)

    def looked_at(self) -> Judgement | None:
        """Return the answer that is looked at, if any."""
        return None

    def show_adding(self) -> None:
        """Show how the adding of articles in the background goes."""

    def show_changes(self) -> None:
        """Show what was written to the project since it was last read."""

    def do(self, action: Action) -> None:
        """Do an action; what went wrong is shown in one line."""
        if action.label is not None:
            label_id = action.label
            self.attempt(lambda: self.action_label(label_id))
        else:
            self.attempt(getattr(self, f"action_{action.id}"))

    def attempt(self, act: Callable[[], object]) -> None:
        """Call something that may fail for reasons to be read, and clear the line before."""
        self._said, self._acting = False, True
        try:
            act()
        except AnnotatorError as error:
            self.say(str(error), error=True)
        finally:
            self._acting = False
        if not self._said:
            self.query_one(MessageBar).say("")
        if self.is_current:
            self.refresh_footer()

    def key_of(self, action_id: str) -> str:
        """Return the key that an action has here."""
        return next(one.keys[0] for one in self.keymap.actions if one.id == action_id)

    def on_key(self, event: events.Key) -> None:
        """Do what the registry says for a key."""
        if not self.is_active:  # it was on its way while this screen was left or covered
            event.stop()
            self.app.screen.post_message(events.Key(event.key, event.character))
            return
        key = event.character if event.is_printable and event.character != " " else event.key
        action = self.keymap.find(self.where, key or event.key)
        if action is not None:
            event.stop()
            event.prevent_default()
            if self.possible(action):
                self.do(action)
            elif why := self.why_not(action):
                self.say(why)

    def on_do(self, message: Do) -> None:
        """Do what was clicked."""
        message.stop()
        for action in self.offered_actions():
            if action.id == message.action_id:
                self.do(action)

    def action_label(self, label_id: str) -> None:
        """Give a label to the current claim."""
        raise NotImplementedError

    def action_undo(self) -> None:
        """Take the reviewer's last act back and go where it was."""
        assert self.desk is not None
        with self.desk.writing():
            event = self.desk.session.undo()
        self._go_back_to(event, "undo", "Undone")

    def action_redo(self) -> None:
        """Put back what the last undo took, and go there."""
        assert self.desk is not None
        with self.desk.writing():
            event = self.desk.session.redo()
        self._go_back_to(event, "redo", "Redone")

    def action_codebook(self) -> None:
        """Open the codebook at the label that is looked at, else the one given last."""
        from annotator.review.adopting import codebook
        from annotator.tui.codebook import CodebookScreen

        assert self.desk is not None
        label_id = _label_of(self.looked_at(), self.desk)
        window = CodebookScreen(codebook(self.desk.project), label_id, self.key_of("codebook"))
        self.app.push_screen(window)

    def action_review(self) -> None:
        """Go to the claims on which answers differ."""
        from annotator.tui.review import ReviewScreen

        assert self.desk is not None
        if any(isinstance(one, ReviewScreen) for one in self.app.screen_stack):
            self.dismiss()  # back to the review from which the article was opened
        else:
            self.app.push_screen(ReviewScreen(self.desk))

    def action_agreement(self) -> None:
        """Show how far reviewers agree."""
        self._report("agreement")

    def action_mine(self) -> None:
        """Show the reviewer's answers beside what was settled."""
        self._report("mine")

    def action_people(self) -> None:
        """Show how each reviewer works."""
        self._report("people")

    def action_same_words(self) -> None:
        """Show what was labelled in more than one way."""
        self._report("same_words")

    def action_returned(self) -> None:
        """Show what colleagues ask to have looked at again."""
        self._report("returned")

    def _report(self, action_id: str) -> None:
        """Show the report that an action opens; from another report, in its place."""
        from annotator.tui.report import ReportScreen
        from annotator.tui.reports import KINDS

        assert self.desk is not None
        screen = ReportScreen(self.desk, KINDS[action_id])
        if isinstance(self, ReportScreen):
            self.app.switch_screen(screen)
        else:
            self.app.push_screen(screen)

    def action_palette(self) -> None:
        """Open the list of everything by name."""
        self.app.action_command_palette()

    def action_help(self) -> None:
        """Show every key that works here."""
        from annotator.tui.help import HelpScreen

        self.app.push_screen(HelpScreen(self.keymap, self.where))

    def _go_back_to(self, event: Event | None, verb: str, done: str) -> None:
        """Show the place of an undone or redone act, and what it was; say so if there was none."""
        from annotator.review.corrections import place

        assert self.desk is not None
        if event is None:
            self.say(f"There is nothing to {verb}.")
            return
        said = f"{done}: {self.desk.told(event)}"
        corrected = place(event)
        if corrected is not None:
            self.go_to_correction(event, *corrected, said)
        else:
            self.go_to(event.target, said)

    def go_to_correction(
        self, event: Event, article_id: str, offset: int | None, said: str
    ) -> None:
        """Show the place at which tags were corrected, or are as they were again."""
        self.post_message(OpenArticle(article_id, None, offset, said))

    def go_to(self, target: str, said: str) -> None:
        """Show the claim an undone or redone act was about, if it was about one."""
        assert self.desk is not None
        claim = self.desk.project.claim(target)
        if claim is not None:
            known = claim.claim
            self.post_message(OpenArticle(claim.article_id, known.id, known.start, said))
        else:
            self.say(said)


def _label_of(judgement: Judgement | None, desk: Desk) -> str | None:
    """Return the label given last if an answer has it or none; else the last of its labels."""
    chosen = judgement.labels.values() if judgement else ()
    given = {label for some in chosen for label in some}
    last = desk.last_label
    if not given or last in given:
        return last
    return next((one.id for one in reversed(desk.session.scheme.labels) if one.id in given), last)
