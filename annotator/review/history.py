"""What was done about a claim, act by act, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model import Event, Judgement
from annotator.store.codec import judgement_from_body, read_body

if TYPE_CHECKING:
    from annotator.store import Project


@dataclass(frozen=True, slots=True)
class Act:
    """One act about a claim."""

    event: Event
    undone: bool
    """Whether its author took it back."""
    judgement: Judgement | None = None
    """The judgement given or the answer settled on; None where it was withdrawn."""
    note: str | None = None
    """What was said with it; None where it takes off what was said before."""


def history(project: Project, reviewer: str, claim_id: str, tags: Sequence[str] = ()) -> list[Act]:
    """Return the acts about a claim and about its tags, given as targets; the newest first.

    Only the reviewer's own, where they may not see yet what colleagues said of it.
    """
    actor = None if project.sees(reviewer, claim_id) else reviewer
    acts = [event for target in (claim_id, *tags) for event in project.events(actor, target=target)]
    acts.sort(key=lambda event: (event.seq, event.id), reverse=True)
    return [_act(event, _undone(project, event)) for event in acts]


def _act(event: Event, undone: bool) -> Act:
    body = read_body(event.body)
    judged = event.kind in ("judge", "decide") and body
    note = body.get("note")
    return Act(
        event,
        undone,
        judgement_from_body(body) if judged else None,
        note if isinstance(note, str) else None,
    )


def _undone(project: Project, event: Event) -> bool:
    """Whether an undo of the author's names the event, and none of theirs that undo."""
    undos = project.events(event.actor, "undo", event.id)
    return any(not _undone(project, undo) for undo in undos)
