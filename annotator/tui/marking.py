"""Choosing the words that carry a label: with keys, with the mouse, or from hints."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.model import Claim, Judgement, Span
from annotator.review import judging
from annotator.scheme import Scheme
from annotator.tui.claims import ClaimScreen
from annotator.tui.desk import Desk
from annotator.tui.keys import Action, Where, sign
from annotator.tui.panel import ClaimPanel
from annotator.tui.reader import Reader

if TYPE_CHECKING:
    from annotator.tui.selection import Selection, Words

NO_LABEL = "Which label? {keys} marks these words for it."
NONE_PROPOSED = "No words are proposed for {label} here: {key} chooses some."
NOT_LABELLED = "Words are proposed for labels that rest on some: {keys} gives one."


class MarkingScreen(ClaimScreen):
    """A claim screen on which words can be chosen; while that goes on other keys hold."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._words: Words | None = None
        self._selection: Selection | None = None

    @property
    def where(self) -> Where:
        """The place whose keys hold now."""
        return "article" if self._selection is None else "words"

    @property
    def reader(self) -> Reader:
        """The text on the screen."""
        return self.query_one(Reader)

    def possible(self, action: Action) -> bool:
        """Whether an action would do something here and now."""
        if action.id == "mark_words" and self.claim is None:
            return False
        if action.id == "next_proposal":
            label_id = self._word_label() if self.claim else None
            return label_id is not None and bool(self.proposed(label_id))
        return super().possible(action)

    def why_not(self, action: Action) -> str:
        """Return why an action would do nothing now."""
        if action.id != "next_proposal" or self.claim is None:
            return super().why_not(action)
        label_id = self._word_label()
        if label_id is None:
            keys = self._word_keys()
            return NOT_LABELLED.format(keys=keys) if keys else ""
        name = self.desk.session.scheme.label(label_id).name
        return NONE_PROPOSED.format(label=name, key=sign(self.key_of("mark_words")))

    def claim_under(self, offset: int) -> Claim | None:
        """Return the claim meant by a place in the text: the current one, if it is there."""
        if self.claim is not None and self.claim.start <= offset < self.claim.end:
            return self.claim
        return self.page.claim_at(offset)

    def show_claim(self, claim: Claim | None) -> None:
        """Make a claim the current one."""
        raise NotImplementedError

    # --- choosing words -------------------------------------------------------------------------

    def action_mark_words(self) -> None:
        """Begin to choose words: at what is marked already, else at the first word."""
        words = self._words_here()
        label_id = self._word_label()
        marked = judging.words(self.judgement, label_id) if label_id else ()
        proposed = self.proposed(label_id) if label_id else ()
        start = next(iter((*marked, *proposed)), None)
        self._select(words.around(*start) if start else words.first())

    def action_next_word(self) -> None:
        """Choose the next word."""
        self._select(self._chooser.step(self._chosen, 1))

    def action_previous_word(self) -> None:
        """Choose the word before."""
        self._select(self._chooser.step(self._chosen, -1))

    def action_longer(self) -> None:
        """Choose a word more."""
        self._select(self._chooser.by_word(self._chosen, longer=True))

    def action_shorter(self) -> None:
        """Choose a word less."""
        self._select(self._chooser.by_word(self._chosen, longer=False))

    def action_letter_more(self) -> None:
        """Choose a character more."""
        self._select(self._chooser.by_character(self._chosen, longer=True))

    def action_letter_less(self) -> None:
        """Choose a character less."""
        self._select(self._chooser.by_character(self._chosen, longer=False))

    def action_other_end(self) -> None:
        """Let the other end move from now on."""
        self._select(self._chosen.turned())

    def action_take_words(self) -> None:
        """Mark what is chosen for the label toggled last, or take its mark off."""
        label_id = self._word_label()
        if label_id is not None:
            self._mark(label_id)
        else:
            self.say(NO_LABEL.format(keys=self._word_keys()))

    def action_label(self, label_id: str) -> None:
        """Give a label; while words are being chosen, mark them for it."""
        if self._selection is None:
            super().action_label(label_id)
        else:
            self._mark(label_id)

    def stop_marking(self) -> bool:
        """End the choosing of words; False where it was not going on."""
        if self._selection is None:
            return False
        self._select(None)
        return True

    def on_reader_dragged(self, message: Reader.Dragged) -> None:
        """Choose what the mouse was drawn over, within the claim where it began."""
        message.stop()
        self.drawn_over(message.start, message.end)

    def drawn_over(self, start: int, end: int) -> None:
        """Choose what the mouse was drawn over, from one offset to another."""
        claim = self.claim_under(min(start, end) if start < end else start - 1)
        if claim is None:
            return
        if claim is not self.claim:
            self.show_claim(claim)
        inside = [min(max(place, claim.start), claim.end) for place in (start, end)]
        if chosen := self._words_here().around(*inside):
            self._select(chosen)
            self.refresh_footer()

    def _mark(self, label_id: str) -> None:
        scheme, span = self.desk.session.scheme, self._chosen.span
        self.change(partial(_marked, scheme, label_id, span))
        self.desk.last_label = label_id

    def _words_here(self) -> Words:
        from annotator.tui.selection import Words

        self._words = Words(self.page.text, self.here.start, self.here.end)
        return self._words

    @property
    def _chooser(self) -> Words:
        assert self._words is not None
        return self._words

    @property
    def _chosen(self) -> Selection:
        assert self._selection is not None
        return self._selection

    def _select(self, selection: Selection | None) -> None:
        self._selection = selection
        self.reader.select(selection.span if selection else None)

    # --- hints ----------------------------------------------------------------------------------

    def action_next_proposal(self) -> None:
        """Choose other words among those that hints propose for the label toggled last."""
        label_id = self._word_label()
        if label_id is None:
            return
        proposed = self.proposed(label_id)
        after = self.change(lambda before: judging.next_proposal(before, label_id, proposed))
        marked = [self.page.text[start:end] for start, end in judging.words(after, label_id)]
        name = self.desk.session.scheme.label(label_id).name
        self.say(f"{name}: {' · '.join(marked) if marked else 'no words'}")

    def on_claim_panel_hint_taken(self, message: ClaimPanel.HintTaken) -> None:
        """Mark the words of a hint that was clicked."""
        message.stop()
        for hint in self.hints.get(self.here.id, ()):
            if hint.id == message.hint_id and hint.label is not None:
                scheme = self.desk.session.scheme
                rule = partial(_marked, scheme, hint.label, hint.span)
                self.attempt(partial(self.change, rule))
                self.desk.last_label = hint.label

    def _word_keys(self) -> str:
        """Return the keys of the labels that rest on words."""
        return " or ".join(sign(one.key) for one in self.desk.session.scheme.labels if one.spans)

    def _word_label(self) -> str | None:
        """Return the label whose words are meant: the one given last, else the first chosen."""
        scheme = self.desk.session.scheme
        given = {label for chosen in self.judgement.labels.values() for label in chosen}
        chosen = [label.id for label in scheme.labels if label.spans and label.id in given]
        last = self.desk.last_label
        return last if last in chosen else next(iter(chosen), None)


def _marked(scheme: Scheme, label_id: str, span: Span, before: Judgement) -> Judgement:
    return judging.mark(scheme, before, label_id, span)
