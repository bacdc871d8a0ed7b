"""One claim that is being decided: whose answer is which, what is chosen, what was added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.model import AttributionKind, Judgement
from annotator.review import judging
from annotator.review.deciding import Dispute, Opinion, letter, majority
from annotator.review.sending import SentBack, sent_back
from annotator.review.voices import Told, Voices
from annotator.scheme import Scheme
from annotator.tui.desk import Desk
from annotator.tui.review_answers import Answer, standing_line
from annotator.tui.review_passage import Marks
from annotator.tui.review_queue import Queue

OWN = "own"


@dataclass(frozen=True, slots=True)
class Case:
    """A dispute with what the one who decides has done about it so far."""

    dispute: Dispute
    sent: tuple[SentBack, ...]
    chosen: int | None
    """Which answer is pointed at; the number of opinions for one's own."""
    draft: Judgement | None = None
    """The answer of one's own."""
    reason: str | None = None
    note: str | None = None
    speaker: str | None = None
    """Who is to speak, empty for nobody known; None leaves that as it is."""
    kind: AttributionKind | None = None
    """How it is to be reported; None leaves that as it is."""
    told: Mapping[str, Told] = field(default_factory=dict)
    """Who speaks, and how, for those reviewers who corrected that."""

    @classmethod
    def of(cls, desk: Desk, dispute: Dispute) -> Case:
        """Return a dispute as it is before anything is done, the majority chosen."""
        project, row = desk.project, dispute.row
        sent = tuple(sent_back(project, desk.reviewer, row.claim.id))
        told = {}
        if project.corrections(row.article_id):
            told = Voices(project, row.article_id).differing(row.claim.id)
        return cls(dispute, sent, majority(dispute.opinions), told=told)

    @property
    def claim_id(self) -> str:
        """The claim that is decided on."""
        return self.dispute.row.claim.id

    @property
    def opinions(self) -> Sequence[Opinion]:
        """What the reviewers say."""
        return self.dispute.opinions

    @property
    def author(self) -> str | None:
        """Whose answer is pointed at; None where it is one's own for the decision, or none."""
        chosen = self.chosen
        if chosen is None or chosen >= len(self.opinions):
            return None
        return self.opinions[chosen].reviewer

    @property
    def answer(self) -> Judgement | None:
        """The answer that is pointed at."""
        if self.chosen is None:
            return None
        own = self.chosen >= len(self.opinions)
        return self.draft if own else self.opinions[self.chosen].judgement

    def stepped(self, by: int) -> Case:
        """Return the case with the next answer pointed at; not beyond the ends."""
        count = len(self.opinions) + (self.draft is not None)
        first = 0 if by > 0 else count - 1
        there = first if self.chosen is None else self.chosen + by
        return replace(self, chosen=min(max(0, there), count - 1))

    def labelled(self, scheme: Scheme, label_id: str) -> Case:
        """Return the case with a label given in an answer of one's own, which is chosen."""
        marked = [
            span
            for one in self.opinions
            for label, span in one.judgement.spans
            if label == label_id
        ]
        draft = judging.answer(scheme, self.draft or Judgement(), label_id, marked)
        return replace(self, draft=draft, chosen=len(self.opinions))

    def resumed(self, before: Case) -> Case:
        """Return this case, read again, with what had been done; anew where answers changed."""
        if before.claim_id != self.claim_id:
            return self
        same = before.opinions == self.opinions
        own = before.draft is not None and before.chosen == len(before.opinions)
        chosen = before.chosen if same else len(self.opinions) if own else self.chosen
        return replace(
            self, chosen=chosen, draft=before.draft, reason=before.reason, note=before.note,
            speaker=before.speaker, kind=before.kind,
        )  # fmt: skip

    # --- in words -------------------------------------------------------------------------------

    def who(self, name: str, names: bool) -> str:
        """Return a reviewer's name, or the letter that stands for it."""
        order = [one.reviewer for one in self.opinions]
        if names or name not in order:
            return name
        return letter(order.index(name))

    def answers(self, names: bool) -> list[Answer]:
        """Return what can be chosen, one's own answer last."""
        found = [
            Answer(self.who(one.reviewer, names), one.judgement, self._remark(one))
            for one in self.opinions
        ]
        return found + ([Answer(OWN, self.draft)] if self.draft is not None else [])

    def marks(self, names: bool) -> list[Marks]:
        """Return the words that each reviewer marked."""
        return [
            Marks(
                self.who(one.reviewer, names)[:2],
                tuple(span for _, span in one.judgement.spans),
                number == self.chosen,
            )
            for number, one in enumerate(self.opinions)
        ]

    def standing(self, scheme: Scheme, names: bool) -> list[tuple[str, str]]:
        """Return what is settled so far and on what answers differ: (text, style) pieces."""
        dispute = self.dispute
        again = dispute.standing in ("stale", "contested")
        style = "bold $warning" if again else "bold"
        said = (f"   said: {self._said(names)}", "$quiet")
        if dispute.decision is None:
            return [(f" differ on {', '.join(self._differing(scheme))}", style), said]
        line = standing_line(dispute, scheme, lambda name: self.who(name, names))
        first, _, rest = line.partition("  ")
        return [(f" {first}", style), (f"  {rest}", ""), said]

    def _said(self, names: bool) -> str:
        row = self.dispute.row
        said = ", ".join(filter(None, (row.claim.voice, row.speaker)))
        known = [one.reviewer for one in self.opinions]
        for name, one in self.told.items():
            who = self.who(name, names) if names or name in known else "another"
            said += f"; {who}: {', '.join((one.kind or 'narrator', one.speaker or 'nobody known'))}"
        return said

    def extra(self) -> str:
        """Return what will go with the decision besides the answer."""
        parts = [] if self.speaker is None else [f"speaker: {self.speaker[:20] or 'nobody known'}"]
        parts += [self.kind] if self.kind else []
        parts += [f"reason: {self.reason.replace('_', ' ')}"] if self.reason else []
        parts += [f"note: {self.note[:30]}"] if self.note else []
        return "  ".join([*parts, ""])

    def _remark(self, opinion: Opinion) -> str:
        parts = [] if opinion.finished else ["begun"]
        parts += ["changed since"] if opinion.unheard else []
        parts += ["sent back"] if any(one.to == opinion.reviewer for one in self.sent) else []
        return ", ".join(parts)

    def _differing(self, scheme: Scheme) -> list[str]:
        finished = [one.judgement for one in self.opinions if one.finished]
        names = [
            axis.name
            for axis in scheme.axes
            if len({tuple(sorted(one.labels.get(axis.id, ()))) for one in finished}) > 1
        ]
        words = len({one.spans for one in finished}) > 1
        return [*names, *(["words"] if words else [])] or ["nothing"]


def why_empty(desk: Desk, queue: Queue) -> str:
    """Return why there is nothing to decide, and what can be done."""
    project = desk.project
    if queue.fixed:
        return "None of these claims can be shown.\n\nPress q to go back."
    if queue.anything_waits():
        return "Answers on this claim are hidden now.\n\nPress j for the next one."
    if queue.differing:
        return "No claim waits on which answers differ on that.\n\nPress f for something else."
    if queue.without_mine:
        return "No claim waits that you did not judge.\n\nPress l to see your own claims too."
    if len(project.reviewers()) < 2:
        return (
            "Nothing to compare yet: fewer than two people have judged.\n\n"
            "Press q, and merge your colleagues' files:  annotator merge FILE…"
        )
    if not project.sees_all(desk.reviewer):
        return (
            "Nothing waits on the claims you have judged.\n\nColleagues' answers on others are "
            "hidden until you judge these: q goes back, then i to the next unseen claim."
        )
    return "Every disagreement is settled.\n\nPress A to see how far reviewers agree, q to go back."
