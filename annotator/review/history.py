"""What was done about a claim, act by act, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotator.model import Event, Judgement, Span
from annotator.store.codec import judgement_from_body, read_body

if TYPE_CHECKING:
    from annotator.store import ClaimRow, Project


@dataclass(frozen=True, slots=True)
class Act:
    """One act about a claim."""

    event: Event
    undone_at: str | None = None
    """When its author took it back; None where they did not, or put it back."""
    judgement: Judgement | None = None
    """The judgement given or the answer settled on; None where it was withdrawn."""
    note: str | None = None
    """What was said with it; None where it takes off what was said before."""

    @property
    def undone(self) -> bool:
        """Whether its author took it back."""
        return self.undone_at is not None


def history(project: Project, reviewer: str, claim_id: str) -> list[Act]:
    """Return the acts that name a claim, the newest first.

    Only the reviewer's own, where they may not see yet what colleagues said of it.
    """
    acts = whole_history(project, claim_id)
    if project.sees(reviewer, claim_id):
        return acts
    return [act for act in acts if act.event.actor == reviewer]


def whole_history(project: Project, claim_id: str) -> list[Act]:
    """Return the acts of everybody that name a claim, the newest first; nobody is to see them."""
    return [_act(project, event) for event in reversed(list(project.events(target=claim_id)))]


def story(project: Project, reviewer: str, row: ClaimRow) -> list[Act]:
    """Return all that was done about a claim, the newest first: the corrections of its tags too.

    Only the reviewer's own acts, where they may not see yet what colleagues said of it.
    """
    everything = project.sees(reviewer, row.claim.id)
    corrections = [
        _act(project, event)
        for event in corrections_of(project, row)
        if everything or event.actor == reviewer
    ]
    acts = history(project, reviewer, row.claim.id) + corrections
    return sorted(acts, key=lambda act: (act.event.seq, act.event.id), reverse=True)


def corrections_of(project: Project, row: ClaimRow) -> Iterator[Event]:
    """Yield every correction of a tag that touches the words of a claim, in order of the log."""
    touching: set[str] = set()
    for event in project.corrections_made(row.article_id):
        body = read_body(event.body)
        if event.target in touching or _touches(body, (row.claim.start, row.claim.end)):
            touching.add(event.target)
            yield event


def _touches(body: Mapping[str, Any], claim: Span) -> bool:
    """Whether a correction is about words of a claim, or of a segment's start within it."""
    if "at" in body:
        return bool(claim[0] <= body["at"] <= claim[1])
    tags = [tag for tag in (body.get("was"), body.get("now")) if isinstance(tag, dict)]
    spans: Sequence[Sequence[int]] = [span for tag in tags for span in tag.get("content", ())]
    return any(start < claim[1] and claim[0] < end for start, end in spans)


def act_of(event: Event, undone_at: str | None = None) -> Act:
    """Return what an event says."""
    body = read_body(event.body)
    judged = event.kind in ("judge", "decide") and body
    note = body.get("note")
    return Act(
        event,
        undone_at,
        judgement_from_body(body) if judged else None,
        note if isinstance(note, str) else None,
    )


def _act(project: Project, event: Event) -> Act:
    return act_of(event, _undone_at(project, event))


def _undone_at(project: Project, event: Event) -> str | None:
    """Return when an undo of the author's took the event back that none of theirs undid."""
    undos = project.events(event.actor, "undo", event.id)
    times = [undo.at for undo in undos if _undone_at(project, undo) is None]
    return times[-1] if times else None
