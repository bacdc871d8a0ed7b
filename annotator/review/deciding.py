"""Settling the answer on a claim, from the judgements as they are now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from annotator.errors import JudgementError
from annotator.model import ATTRIBUTION_KINDS, AttributionKind, Event, Judgement, digest
from annotator.review.history import history
from annotator.scheme import Scheme
from annotator.store.codec import judgement_to_body

if TYPE_CHECKING:
    from annotator.store import ClaimRow, DecisionRow, Project

REASONS = ("ambiguous_text", "guideline_gap", "slip", "subjective", "outside_knowledge")
"""Why answers differed: what the text, the guidelines, a reviewer or the matter itself did."""

Standing = Literal["open", "decided", "stale", "contested"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """One reviewer's judgement, as whoever decides sees it."""

    reviewer: str
    judgement: Judgement
    finished: bool
    unheard: bool
    """Whether a decision stands that was made without it."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim with everybody's judgement on it and the decision that stands."""

    row: ClaimRow
    opinions: tuple[Opinion, ...]
    """In an order that tells nothing about who is who and is the same every time."""
    decision: DecisionRow | None
    standing: Standing
    """`stale`: the judgements have changed since; `contested`: two decided without each other."""


def dispute(project: Project, reviewer: str, claim_id: str) -> Dispute | None:
    """Return what a reviewer needs to decide; None where there is no such claim.

    Raises JudgementError where they may not see yet what the others said.
    """
    row = project.claim(claim_id)
    if row is None:
        return None
    _check_seen(project, reviewer, claim_id)
    scheme = project.scheme()
    judged = project.judgements_on(claim_id)
    decision = project.decision(claim_id)
    opinions = tuple(
        Opinion(
            name,
            judged[name].judgement,
            scheme.finished(judged[name].judgement),
            decision is not None and judged[name].event_id not in decision.judgements,
        )
        for name in shuffled(claim_id, judged)
    )
    current = {one.event_id for one in judged.values()}
    return Dispute(row, opinions, decision, standing(decision, current))


def shuffled(claim_id: str, names: Iterable[str]) -> list[str]:
    """Return names in an order that depends on the claim and not on the alphabet."""
    return sorted(names, key=lambda name: (digest(f"{claim_id} {name}"), name))


def letter(place: int) -> str:
    """Return what stands for the name at a place of such an order: A, B, C, …"""
    return chr(ord("A") + place) if place < 26 else f"{place + 1}"


def majority(opinions: Sequence[Opinion]) -> int | None:
    """Return the place of the first answer that more than half of the finished ones agree with.

    They agree on the labels; of those, the words that most of them marked count. None in a tie.
    """
    finished = [one.judgement for one in opinions if one.finished]
    labels = Counter(map(_labels, finished)).most_common(1)
    if not labels or labels[0][1] * 2 <= len(finished):
        return None
    spans = Counter(one.spans for one in finished if _labels(one) == labels[0][0]).most_common(2)
    if len(spans) == 2 and spans[0][1] == spans[1][1]:
        return None
    wanted = (labels[0][0], spans[0][0])
    return next(
        place
        for place, one in enumerate(opinions)
        if one.finished and (_labels(one.judgement), one.judgement.spans) == wanted
    )


def answer_of(judgement: Judgement, scheme: Scheme, note: str | None = None) -> Judgement:
    """Return a reviewer's answer as one to settle on: without what is about that reviewer."""
    return Judgement(
        labels=judgement.labels,
        spans=judgement.spans,
        framer=judgement.framer,
        target=judgement.target,
        evidence=judgement.evidence,
        note=note,
        scheme=scheme.version,
    )


def decide(
    project: Project,
    actor: str,
    claim_id: str,
    answer: Judgement,
    reason: str | None = None,
    *,
    speaker: str | None = None,
    kind: AttributionKind | None = None,
) -> Event:
    """Store the settled answer; it records every judgement and decision that stood before it.

    An answer without labels settles that none is right. An empty `speaker` settles that nobody
    known speaks; None leaves that, as it does the kind, to what was settled before. Raises
    JudgementError for an unknown reason or kind, or where the actor may not see what the others
    said yet.
    """
    if reason is not None and reason not in REASONS:
        raise JudgementError(f"unknown reason {reason!r}; known: {', '.join(REASONS)}")
    if kind is not None and kind not in ATTRIBUTION_KINDS:
        raise JudgementError(f"unknown kind {kind!r}; known: {', '.join(ATTRIBUTION_KINDS)}")
    _check_seen(project, actor, claim_id)
    seen = [row.event_id for row in project.judgements_on(claim_id).values()]
    before = tags_of(project.decision(claim_id))
    tags = {**before, **_tags(speaker if speaker is None else " ".join(speaker.split()), kind)}
    return settle(project, actor, claim_id, answer, reason, seen, tags)


def tags_of(decision: DecisionRow | None) -> dict[str, str]:
    """Return what a decision settled about who speaks and how it is reported."""
    return {} if decision is None else _tags(decision.speaker, decision.kind)


def _tags(speaker: str | None, kind: str | None) -> dict[str, str]:
    given = {"speaker": speaker, "kind": kind}
    return {name: value for name, value in given.items() if value is not None}


def settle(
    project: Project,
    actor: str,
    claim_id: str,
    answer: Judgement,
    reason: str | None,
    seen: Sequence[str],
    tags: Mapping[str, str],
) -> Event:
    """Store an answer that was made from these `judge` events and what was decided before.

    `tags` are the settled `speaker` and `kind`, as far as there are any.
    """
    body = judgement_to_body(answer) | dict(tags)
    body["judgements"] = sorted(seen)
    if earlier := _decisions(project, actor, claim_id):
        body["decisions"] = earlier
    if reason is not None:
        body["reason"] = reason
    return project.append(actor, "decide", claim_id, body)


def _decisions(project: Project, actor: str, claim_id: str) -> list[str]:
    """Return the ids of everybody's decisions that hold: of two made apart, both are answered."""
    last: dict[str, str] = {}
    for act in reversed(history(project, actor, claim_id)):
        if act.event.kind == "decide" and not act.undone:
            last[act.event.actor] = act.event.id
    return sorted(last.values())


def _check_seen(project: Project, actor: str, claim_id: str) -> None:
    if not project.sees(actor, claim_id):
        raise JudgementError("judge the claim yourself first: the others' answers are still hidden")


def standing(decision: DecisionRow | None, current: set[str]) -> Standing:
    """Return how a decision stands beside the ids of the present `judge` events on its claim."""
    if decision is None:
        return "open"
    if decision.judgements != current:
        return "stale"
    return "contested" if decision.contested else "decided"


def _labels(judgement: Judgement) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the labels by axis in a form that can be counted."""
    return tuple(sorted((axis, tuple(sorted(some))) for axis, some in judgement.labels.items()))
