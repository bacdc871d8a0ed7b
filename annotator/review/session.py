"""One reviewer at work on one project: every answer is saved as it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from annotator.model import (
    Attribution,
    AttributionKind,
    Event,
    Judgement,
    Segment,
    Span,
    SpeakerType,
    Tagging,
    Working,
)
from annotator.review import corrections, judging
from annotator.review.corrections import Role, Speaker, Superseded
from annotator.store.codec import judgement_to_body
from annotator.store.corrections import correction_to_body
from annotator.store.work import WORK, body_of
from annotator.tagging.overlay import Corrected, Correction

if TYPE_CHECKING:
    from annotator.store import Project

Mark = Literal["skip", "flag"]


class Session:
    """The calls behind the keys: each writes one event before it returns.

    All of them raise StoreError when the event could not be stored; then nothing has changed.
    """

    def __init__(self, project: Project, reviewer: str, working: Working | None = None) -> None:
        """Take how the reviewer works, so that the log has it; None where that is unknown."""
        self.working = working or Working()
        self._told = working is None
        self.project = project
        self.reviewer = reviewer
        self.scheme = project.scheme()

    def judgement(self, claim_id: str) -> Judgement:
        """Return this reviewer's current judgement on a claim; an empty one if there is none."""
        return self.project.judgement(self.reviewer, claim_id) or Judgement()

    def change(
        self,
        claim_id: str,
        rule: Callable[[Judgement], Judgement],
        hints_shown: Sequence[str] = (),
        seconds: int = 0,
    ) -> Judgement:
        """Change this reviewer's judgement by a rule and return it; store it if anything changed.

        With it go the ids of the hints that were on the screen and the active whole seconds that
        it took, which are added to those of the judgement before.
        """
        before = self.judgement(claim_id)
        after = rule(before)
        if after == before:
            return before
        shown = tuple(sorted({*before.hints_shown, *hints_shown}))
        made = replace(after, hints_shown=shown, seconds=before.seconds + seconds)
        return self.record(claim_id, replace(made, scheme=self.scheme.version))

    def answer(self, claim_id: str, label_id: str, proposed: Sequence[Span] = ()) -> Judgement:
        """Give one label: it is set on a single-valued axis and toggled on the others."""
        return self.change(
            claim_id, lambda before: judging.answer(self.scheme, before, label_id, proposed)
        )

    def toggle_unsure(self, claim_id: str) -> Judgement:
        """Say, or take back, that one is not sure of the judgement."""
        return self.change(claim_id, lambda before: replace(before, unsure=not before.unsure))

    def withdraw(self, claim_id: str) -> bool:
        """Take the whole judgement back, so that the claim is unseen again; False if none was."""
        if self.project.judgement(self.reviewer, claim_id) is None:
            return False
        self.project.append(self.reviewer, "judge", claim_id, {})
        return True

    def record(self, claim_id: str, judgement: Judgement) -> Judgement:
        """Store a whole judgement and return it; one that says nothing withdraws the last."""
        self._tell_conditions()
        body = {} if judging.is_empty(judgement) else judgement_to_body(judgement)
        self.project.append(self.reviewer, "judge", claim_id, body)
        return judgement

    def _tell_conditions(self) -> None:
        """Have the log say how the reviewer works from now on, if it says otherwise."""
        if self._told:
            return
        if self.project.conditions().get(self.reviewer, Working()) != self.working:
            self.project.append(self.reviewer, "person", WORK, body_of(self.working))
        self._told = True

    def mark(self, kind: Mark, claim_id: str, note: str | None) -> None:
        """Skip or flag a claim with a note, which may be empty; None takes the mark off."""
        self.project.append(self.reviewer, kind, claim_id, {} if note is None else {"note": note})

    def undo(self) -> Event | None:
        """Take back this reviewer's last act on this device; return what was taken back."""
        return self.project.undo(self.reviewer)

    def redo(self) -> Event | None:
        """Put back what the last undo took; return what was put back."""
        return self.project.redo(self.reviewer)

    # --- correcting the tags --------------------------------------------------------------------

    def corrected(self, article_id: str) -> Corrected:
        """Return an article's tagging with this reviewer's corrections on top, and what they are.

        Those listed as without base are about what the current tagging does not have.
        """
        return self.project.corrected(article_id, self.reviewer)

    def tagging(self, article_id: str) -> Tagging:
        """Return an article's tagging with this reviewer's corrections on top."""
        return self.corrected(article_id).tagging

    def speakers(self, article_id: str) -> list[Speaker]:
        """Return those who speak in an article, the most frequent first."""
        return corrections.speakers(self.tagging(article_id))

    def superseded(self, article_id: str) -> list[Superseded]:
        """Return this reviewer's judged claims that their tagging of the article does not have."""
        judged = self.project.judgements(article_id, self.reviewer)
        tagging = self.tagging(article_id)
        if judged.keys() <= {claim.id for claim in tagging.claims}:
            return []
        known = self.project.known_claims(article_id)
        return corrections.superseded_by(
            tagging, (one.claim for one in known if one.claim.id in judged)
        )

    def correct_speaker(
        self,
        article_id: str,
        attribution: Attribution,
        speaker: str | None,
        speaker_type: SpeakerType | None = None,
    ) -> Event | None:
        """Say who speaks, None for nobody known; None is returned where that was said already.

        As all calls that correct, it takes an attribution or segment as this reviewer sees it,
        and raises JudgementError where that is gone or what is wanted is not possible.
        """
        view = self.corrected(article_id)
        return self._correct(
            article_id, corrections.with_speaker(view, attribution, speaker, speaker_type)
        )

    def correct_kind(
        self, article_id: str, attribution: Attribution, kind: AttributionKind
    ) -> Event | None:
        """Say how the words are reported; the voice of their claims follows."""
        view = self.corrected(article_id)
        return self._correct(article_id, corrections.with_kind(view, attribution, kind))

    def correct_spans(
        self, article_id: str, attribution: Attribution, role: Role, spans: Iterable[Span]
    ) -> Event | None:
        """Say which words are the content, cue or source; all but the content may be none."""
        text, view = self.project.article(article_id).text, self.corrected(article_id)
        return self._correct(
            article_id, corrections.with_spans(text, view, attribution, role, spans)
        )

    def add_attribution(self, article_id: str, wanted: Attribution) -> Event | None:
        """Add an attribution that was missed; its rule does not matter."""
        text, view = self.project.article(article_id).text, self.corrected(article_id)
        return self._correct(article_id, corrections.added(text, view, wanted))

    def remove_attribution(self, article_id: str, attribution: Attribution) -> Event | None:
        """Say that nobody is said to have said these words."""
        view = self.corrected(article_id)
        return self._correct(article_id, corrections.without(view, attribution))

    def split_segment(self, article_id: str, at: int) -> Event | None:
        """Have a segment end before an offset and another one start there."""
        text, view = self.project.article(article_id).text, self.corrected(article_id)
        return self._correct(article_id, corrections.split(text, view, at))

    def join_segments(self, article_id: str, first: Segment) -> Event | None:
        """Join a segment and the one after it."""
        return self._correct(article_id, corrections.join(self.corrected(article_id), first))

    def reset(self, article_id: str, target: str) -> Event | None:
        """Drop this reviewer's correction with a target, so that the machine's tag is back.

        None is returned where there is no such correction. See `Corrected.target`.
        """
        return self._correct(article_id, corrections.dropped(self.corrected(article_id), target))

    def _correct(self, article_id: str, correction: Correction | None) -> Event | None:
        if correction is None:
            return None
        body = correction_to_body(article_id, correction)
        return self.project.append(self.reviewer, "correct", correction.target, body)
