"""Sending a judgement back to its author, to be looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.errors import JudgementError
from annotator.model import Event
from annotator.review.history import whole_history
from annotator.review.rows import Row, counted, short
from annotator.store.codec import read_body

if TYPE_CHECKING:
    from annotator.store import ClaimRow, Project

WORDS = 64
"""Characters of a claim, a title or a note that a line has room for."""


@dataclass(frozen=True, slots=True)
class SentBack:
    """One judgement that is to be looked at again."""

    claim_id: str
    by: str
    to: str
    note: str
    at: str


def send_back(project: Project, actor: str, claim_id: str, to: str, note: str = "") -> Event:
    """Ask a reviewer to look at their judgement again, with a note that may be empty.

    Raises JudgementError where the actor may not see it yet or there is none.
    """
    if not project.sees(actor, claim_id):
        raise JudgementError("judge the claim yourself first: the others' answers are still hidden")
    if project.judgement(to, claim_id) is None:
        raise JudgementError(f"{to} has no judgement here to send back")
    return project.append(actor, "send_back", claim_id, {"to": to, "note": note})


def sent_back(project: Project, reviewer: str, claim_id: str) -> list[SentBack]:
    """Return what was sent back on a claim and not judged again since, the oldest first.

    As far as the reviewer may see it; what is asked of themselves they always see.
    """
    waiting: dict[tuple[str, str], SentBack] = {}
    for act in reversed(whole_history(project, claim_id)):
        actor = act.event.actor
        if act.undone:
            continue
        if act.event.kind == "judge":
            waiting = {key: one for key, one in waiting.items() if one.to != actor}
        elif act.event.kind == "send_back":
            to = read_body(act.event.body).get("to")
            if isinstance(to, str):
                waiting[actor, to] = SentBack(claim_id, actor, to, act.note or "", act.event.at)
    everything = project.sees(reviewer, claim_id)
    return [one for one in waiting.values() if everything or reviewer in (one.by, one.to)]


def returned(project: Project, reviewer: str) -> list[SentBack]:
    """Return what colleagues ask the reviewer to look at again, the oldest first."""
    found = [
        one
        for claim_id in project.acted_on("send_back")
        if project.claim(claim_id) is not None
        for one in sent_back(project, reviewer, claim_id)
        if one.to == reviewer
    ]
    return sorted(found, key=lambda one: (one.at, one.claim_id))


def returned_rows(project: Project, found: Sequence[SentBack]) -> list[Row]:
    """Return what was sent back line by line; each leads to its claim."""
    about = f"{counted(len(found), 'judgement')} to look at again"
    rows = [Row(about, True), Row("judging a claim again, the same or otherwise, answers it")]
    for one in found:
        claim = project.claim(one.claim_id)
        if claim is not None:
            title = project.article(claim.article_id).about.title or claim.article_id[:8]
            asked = short(f"sent back by {one.by}" + (f": {one.note}" if one.note else ""), WORDS)
            rows += [
                Row(""),
                _leading(f"« {short(claim.text, WORDS)} »", claim),
                _leading(f"    {asked}", claim),
                _leading(f"    {short(title, WORDS)}", claim),
            ]
    return rows


def _leading(text: str, claim: ClaimRow) -> Row:
    return Row(text, claims=(claim.claim.id,), article_id=claim.article_id)
