"""Sending a judgement back to its author, to be looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.errors import JudgementError
from annotator.model import Event
from annotator.review.history import history
from annotator.store.codec import read_body

if TYPE_CHECKING:
    from annotator.store import Project


@dataclass(frozen=True, slots=True)
class SentBack:
    """One judgement that is to be looked at again."""

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

    As far as the reviewer may see it.
    """
    waiting: dict[tuple[str, str], SentBack] = {}
    for act in reversed(history(project, reviewer, claim_id)):
        actor = act.event.actor
        if act.undone:
            continue
        if act.event.kind == "judge":
            waiting = {key: one for key, one in waiting.items() if one.to != actor}
        elif act.event.kind == "send_back":
            to = read_body(act.event.body).get("to")
            if isinstance(to, str):
                waiting[actor, to] = SentBack(actor, to, act.note or "", act.event.at)
    return list(waiting.values())
