"""What the reviewer says of the current claim: labels, evidence, notes; each saved at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from annotator.model import Claim, Evidence, Judgement, Span
from annotator.review import judging
from annotator.tui.answers import Answers
from annotator.tui.desk import Desk
from annotator.tui.dialogs import Ask, Choice, Pick, among
from annotator.tui.evidence import Elsewhere, EvidenceForm, EvidenceList
from annotator.tui.keys import Action
from annotator.tui.page import Page
from annotator.tui.remarks import View, evidence_line
from annotator.tui.screen import KeyScreen

if TYPE_CHECKING:
    from annotator.review.sending import SentBack
    from annotator.review.session import Mark
    from annotator.tagging.hints import Hint

NEEDS_CLAIM = (
    "toggle_unsure", "withdraw", "framer", "target", "evidence", "note", "skip", "flag",
    "history", "details",
)  # fmt: skip

WHOSE = {"outlet": "the outlet's", "speaker": "the speaker's", "unclear": "unclear"}


class ClaimScreen(KeyScreen):
    """A screen with a current claim and the answers on it."""

    desk: Desk
    page: Page
    answers: Answers

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.keymap)
        self.desk = desk
        self.claim: Claim | None = None
        self.hints: dict[str, tuple[Hint, ...]] = {}
        self.shown: View | None = None
        """What is on the screen of the current claim."""
        self.words_marked = False
        """Whether words were marked since the hints were looked for, which may make new ones."""

    # --- what a subclass shows ------------------------------------------------------------------

    def show_answer(self) -> None:
        """Show what is saved on the current claim."""
        raise NotImplementedError

    def step(self, by: int) -> None:
        """Go to another claim along the walk."""
        raise NotImplementedError

    # --- state ----------------------------------------------------------------------------------

    @property
    def here(self) -> Claim:
        """The current claim; only to be asked for by actions that need one."""
        assert self.claim is not None
        return self.claim

    @property
    def judgement(self) -> Judgement:
        """What is saved on the current claim."""
        return self.answers.judgements.get(self.here.id, Judgement())

    def looked_at(self) -> Judgement | None:
        """Return what is saved on the current claim."""
        return self.judgement if self.claim is not None else None

    @property
    def view(self) -> View:
        """All there is to show of the current claim."""
        claim_id = self.here.id
        return View(
            self.page,
            self.here,
            self.answers.judgements.get(claim_id),
            self.hints_here,
            self.answers.skipped.get(claim_id),
            self.answers.flagged.get(claim_id),
            self._sent_back(claim_id),
            self.answers.judgements,
            self.desk.words_of,
            self._colleagues(claim_id),
        )

    @property
    def hints_here(self) -> tuple[Hint, ...]:
        """The hints shown at the current claim."""
        found = self.hints.get(self.here.id, ())
        return (*found, *self.desk.hinting.of_claim(self.here, self.page.text))

    def _colleagues(self, claim_id: str) -> dict[str, Judgement]:
        """Return what others said of a claim, as far as the reviewer may see it."""
        rows = self.desk.project.judgements_on(claim_id)
        rows.pop(self.desk.reviewer, None)
        if not rows or not self.desk.project.sees(self.desk.reviewer, claim_id):
            return {}
        return {name: row.judgement for name, row in rows.items()}

    def _sent_back(self, claim_id: str) -> tuple[SentBack, ...]:
        """Return what is asked about the reviewer's own judgement."""
        from annotator.review.sending import sent_back

        if claim_id not in self.answers.judgements:
            return ()
        found = sent_back(self.desk.project, self.desk.reviewer, claim_id)
        return tuple(one for one in found if one.to == self.desk.reviewer)

    def possible(self, action: Action) -> bool:
        """Whether an action would do something here and now."""
        if action.label is not None or action.id in NEEDS_CLAIM:
            if self.claim is None:
                return False
            if action.id == "withdraw":
                return self.claim.id in self.answers.judgements
        return super().possible(action)

    def change(self, rule: Callable[[Judgement], Judgement]) -> Judgement:
        """Change the judgement on the current claim by a rule, save it and show it."""
        judgement = self._save(rule)
        self.show_answer()
        return judgement

    def _save(self, rule: Callable[[Judgement], Judgement]) -> Judgement:
        claim_id = self.here.id
        before = self.judgement
        seconds = self.desk.spent(claim_id)
        shown = [hint.id for hint in self.shown.hints] if self.shown else []
        with self.desk.writing():
            judgement = self.desk.session.change(claim_id, rule, shown, seconds)
        if judgement != before:
            self.desk.clock.taken(claim_id, seconds)
        self.words_marked = self.words_marked or judgement.spans != before.spans
        saved = self.desk.project.judgement(self.desk.reviewer, claim_id)
        self.answers.put(self.here, saved)
        return judgement

    def proposed(self, label_id: str) -> list[Span]:
        """Return the words within the current claim that hints propose for a label."""
        return [
            hint.span
            for hint in self.hints.get(self.here.id, ())
            if hint.label == label_id
            and self.here.start <= hint.span[0]
            and hint.span[1] <= self.here.end
        ]

    # --- labels ---------------------------------------------------------------------------------

    def action_label(self, label_id: str) -> None:
        """Give a label with the words proposed for it, and go on once the claim has its answer."""
        scheme, claim = self.desk.session.scheme, self.here
        proposed = self.proposed(label_id)
        judgement = self._save(lambda before: judging.answer(scheme, before, label_id, proposed))
        self.desk.last_label = label_id
        if not scheme.axis_of(label_id).many and scheme.finished(judgement):
            self.step(1)  # which also paints the answer on the claim left
        if self.claim is claim:
            self.show_answer()

    def action_toggle_unsure(self) -> None:
        """Say, or take back, that one is unsure."""
        self.change(lambda before: replace(before, unsure=not before.unsure))

    def action_withdraw(self) -> None:
        """Make the claim unseen again."""
        with self.desk.writing():
            self.desk.session.withdraw(self.here.id)
        self.show_answer()

    def action_framer(self) -> None:
        """Say whose framing it is: the next answer, in the end what the voice implies again."""
        voice = self.here.voice
        after = self.change(lambda before: judging.next_framer(before, voice))
        basis = "as you say" if after.framer else "as the voice implies"
        self.say(f"The framing is {WHOSE[judging.framer(after, voice)]}, {basis}.")

    # --- texts ----------------------------------------------------------------------------------

    def action_note(self) -> None:
        """Ask for a note."""
        self._ask("Note", self.judgement.note, lambda note: lambda j: replace(j, note=note))

    def action_target(self) -> None:
        """Ask whom the framing or the sarcasm is aimed at."""
        names = [one.speaker for one in self.page.tagging.attributions if one.speaker]
        choices = [Choice(name, name) for name in dict.fromkeys(names)]
        window = Pick("Aimed at", among(choices), self.judgement.target or "", "a name")
        self.app.push_screen(window, partial(self._targeted, self.here))

    def _targeted(self, claim: Claim, choice: Choice | None) -> None:
        if choice is not None:
            self._change_at(claim, lambda before: replace(before, target=choice.value or None))

    def _ask(
        self,
        title: str,
        value: str | None,
        rule: Callable[[str | None], Callable[[Judgement], Judgement]],
    ) -> None:
        claim = self.here

        def answered(text: str | None) -> None:
            if text is not None:
                self._change_at(claim, rule(text or None))

        self.app.push_screen(Ask(title, value or ""), answered)

    def _change_at(self, claim: Claim, rule: Callable[[Judgement], Judgement]) -> None:
        """Change the judgement on the claim that a window was opened for."""
        if claim is self.claim:
            self.attempt(lambda: self.change(rule))

    # --- evidence -------------------------------------------------------------------------------

    def action_evidence(self) -> None:
        """List the evidence; where there is none yet, ask for it at once."""
        evidence = self.judgement.evidence
        if not evidence:
            self._edit_evidence(None)
            return
        line = partial(evidence_line, self.page, elsewhere=self.desk.words_of)
        window = EvidenceList(evidence, line, self._edit_evidence, self._remove_evidence)
        self.app.push_screen(window)

    def _edit_evidence(self, at: int | None) -> None:
        """Ask for one piece of evidence: a new one, or another in the place of one there is."""
        claim, evidence = self.here, self.judgement.evidence
        before = None if at is None else evidence[at]

        def give(made: Evidence) -> None:
            kept = (*evidence, made) if at is None else (*evidence[:at], made, *evidence[at + 1 :])
            self._change_at(claim, lambda judgement: replace(judgement, evidence=kept))

        window = EvidenceForm(among(self._other_claims()), before, give, self._elsewhere())
        self.app.push_screen(window)

    def _remove_evidence(self, at: int) -> Sequence[Evidence]:
        evidence = self.judgement.evidence
        kept = (*evidence[:at], *evidence[at + 1 :])
        self._change_at(self.here, lambda judgement: replace(judgement, evidence=kept))
        return self.judgement.evidence

    def _elsewhere(self) -> Elsewhere:
        """Return how claims are looked for in all articles; this one is not among them."""
        from annotator.tui.beside import Newest
        from annotator.tui.finding import choices

        newest = Newest(self, self.desk)
        reviewer, here = self.desk.reviewer, self.here.id

        async def search(typed: str) -> list[Choice]:
            found = await newest.ask(lambda project: choices(project, reviewer, typed))
            return [one for one in found or () if one.value != here]

        return search

    def _other_claims(self) -> list[Choice]:
        text = self.page.text
        return [
            Choice(claim.id, text[claim.start : claim.end])
            for claim in self.page.tagging.claims
            if claim.walk and claim is not self.claim
        ]

    # --- marks ----------------------------------------------------------------------------------

    def action_skip(self) -> None:
        """Put the claim off and go on; take that back where it was put off."""
        skipped = self.here.id in self.answers.skipped
        self._mark_claim("skip", None if skipped else "")
        if not skipped:
            self.step(1)

    def action_flag(self) -> None:
        """Ask for a comment and flag the claim; emptying the comment takes the flag off."""
        claim = self.here
        before = self.answers.flagged.get(claim.id)

        def answered(comment: str | None) -> None:
            if comment is not None and claim is self.claim:
                gone = before is not None and not comment
                self.attempt(lambda: self._mark_claim("flag", None if gone else comment))

        self.app.push_screen(Ask("Flag", before or "", "why, or nothing"), answered)

    def _mark_claim(self, kind: Mark, note: str | None) -> None:
        with self.desk.writing():
            self.desk.session.mark(kind, self.here.id, note)
        self.answers.mark(kind, self.here.id, note)
        self.show_answer()

    # --- windows --------------------------------------------------------------------------------

    def action_history(self) -> None:
        """Show the whole story of the claim."""
        from annotator.tui.acts import story_window

        self.app.push_screen(story_window(self.desk, self.here.id, self.key_of("history")))
