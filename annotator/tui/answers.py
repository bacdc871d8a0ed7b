"""What one reviewer has answered in one article, kept at hand while it is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model import Claim, Judgement
from annotator.scheme import Scheme
from annotator.tui.page import UNSEEN, Page, letters

if TYPE_CHECKING:
    from annotator.review.session import Mark
    from annotator.tui.desk import Desk

SKIPPED, CORRECTED, SUPERSEDED, FLAGGED = "-", "x", "~", "!"


class Answers:
    """The judgements on an article's claims, and which of them are skipped or flagged."""

    def __init__(self, desk: Desk, page: Page) -> None:
        self._desk = desk
        self._page = page
        self.judgements: dict[str, Judgement] = {}
        self.skipped: dict[str, str] = {}
        """Claim id → note."""
        self.flagged: dict[str, str] = {}
        self._finished: set[str] = set()
        self.read()

    @property
    def scheme(self) -> Scheme:
        """The labels that the answers are from."""
        return self._desk.session.scheme

    @property
    def finished(self) -> int:
        """How many claims of the walk are judged."""
        return len(self._finished)

    def read(self) -> bool:
        """Read everything from the project; return whether anything has changed."""
        before = (self.judgements, self.skipped, self.flagged)
        project, reviewer = self._desk.project, self._desk.reviewer
        article_id = self._page.article_id
        self.judgements = project.judgements(article_id, reviewer)
        self.skipped = project.skipped(article_id, reviewer)
        self.flagged = project.flagged(article_id, reviewer)
        self._finished = {claim_id for claim_id in self.judgements if self._counts(claim_id)}
        return before != (self.judgements, self.skipped, self.flagged)

    def put(self, claim: Claim, judgement: Judgement | None) -> None:
        """Take over what has just been stored on a claim; None where it was withdrawn."""
        if judgement is None:
            self.judgements.pop(claim.id, None)
        else:
            self.judgements[claim.id] = judgement
        if self._counts(claim.id):
            self._finished.add(claim.id)
        else:
            self._finished.discard(claim.id)

    def mark(self, kind: Mark, claim_id: str, note: str | None) -> None:
        """Take over a mark that has just been stored on a claim; None where it was taken off."""
        marks = self.skipped if kind == "skip" else self.flagged
        if note is None:
            marks.pop(claim_id, None)
        else:
            marks[claim_id] = note

    def signs(self, claim_id: str) -> str:
        """Return what the reviewer has answered on a claim as `signs` has it.

        With "x" where they corrected its tags, "~" where these have no such claim any more.
        """
        tags = CORRECTED if claim_id in self._page.corrections.by_claim else ""
        if claim_id in self._page.superseded:
            tags += SUPERSEDED
        judgement = self.judgements.get(claim_id)
        skipped, flagged = claim_id in self.skipped, claim_id in self.flagged
        return signs(self.scheme, judgement, skipped, flagged, tags)

    def _counts(self, claim_id: str) -> bool:
        judgement = self.judgements.get(claim_id)
        return (
            judgement is not None
            and claim_id in self._page.walk
            and self._page.walk.claim(claim_id).walk
            and self.scheme.finished(judgement)
        )


def signs(
    scheme: Scheme, judgement: Judgement | None, skipped: bool, flagged: bool, tags: str = ""
) -> str:
    """Return an answer as letters; "-" skipped and not judged, "!" flagged, which stands last."""
    answered = letters(scheme, judgement)
    if answered == UNSEEN and skipped:
        answered = SKIPPED
    return answered + tags + (FLAGGED if flagged else "")
