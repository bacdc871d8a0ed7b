"""What a claim's answers amount to on one axis of the scheme, and on what that rests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import Literal, NamedTuple

from annotator.model import Evidence, Judgement, Span, merge_spans
from annotator.scheme import Axis, Scheme

Basis = Literal["none", "single", "unanimous", "majority", "decided", "unresolved"]


class Final(NamedTuple):
    """The final answer on an axis: the chosen labels (at most one on a single-valued axis)."""

    labels: tuple[str, ...]
    basis: Basis


def carrying(label: str, answers: Sequence[Judgement]) -> tuple[Span, ...]:
    """Return the words that more than half of those marked who marked any for a label."""
    marked = [
        spans
        for one in answers
        if (spans := [span for name, span in one.spans if name == label])
        and any(label in chosen for chosen in one.labels.values())
    ]
    if len(marked) < 2:
        return tuple(marked[0]) if marked else ()
    steps: Counter[int] = Counter()
    for spans in marked:
        for start, end in merge_spans(spans):
            steps[start] += 1
            steps[end] -= 1
    places = sorted(steps)
    votes, kept = 0, []
    for start, end in pairwise(places):
        votes += steps[start]
        if 2 * votes > len(marked):
            kept.append((start, end))
    return merge_spans(kept)


def resting_on(axis: Axis, labels: Sequence[str], answers: Sequence[Judgement]) -> set[Evidence]:
    """Return the evidence in the answers that chose just these labels on an axis.

    None where no label of them is one that rests on evidence.
    """
    if not any(label.evidence for label in axis.labels if label.id in labels):
        return set()
    return {one for answer in answers if _answer(axis, answer) == labels for one in answer.evidence}


def final(
    scheme: Scheme,
    axis: Axis,
    judgements: Sequence[Judgement],
    decision: Judgement | None = None,
    stale: bool = False,
) -> Final:
    """Return the decision's answer on an axis, else what more than half of the answers agree on.

    On a many-valued axis each label is put to the vote by itself. A tie, or a decision made from
    other judgements than the current ones (`stale`), leaves the axis unresolved; then `labels`
    holds what has a majority nevertheless.
    """
    voted = _vote(axis.many, tuple(_answers(scheme, axis, judgements)))
    if decision is None:
        return voted
    return Final(voted.labels, "unresolved") if stale else Final(_answer(axis, decision), "decided")


def _answer(axis: Axis, judgement: Judgement) -> tuple[str, ...]:
    labels = judgement.labels.get(axis.id, ())
    return labels if len(labels) < 2 else tuple(sorted(labels))


def _answers(scheme: Scheme, axis: Axis, judgements: Sequence[Judgement]) -> list[tuple[str, ...]]:
    """Return the values that judgements have on an axis.

    "None of these" is one on a many-valued axis, once the judgement is finished.
    """
    answers = []
    for one in judgements:
        labels = one.labels.get(axis.id, ())
        if labels or (axis.many and scheme.finished(one)):
            answers.append(labels if len(labels) < 2 else tuple(sorted(labels)))
    return answers


@lru_cache(maxsize=4096)
def _vote(many: bool, answers: tuple[tuple[str, ...], ...]) -> Final:
    if not answers:
        return Final((), "none")
    if len(answers) == 1:
        return Final(answers[0], "single")
    if len(set(answers)) == 1:
        return Final(answers[0], "unanimous")
    votes = Counter(chain.from_iterable(answers))
    chosen = tuple(sorted([label for label, n in votes.items() if 2 * n > len(answers)]))
    tied = len(answers) in [2 * n for n in votes.values()] if many else not chosen
    return Final(chosen, "unresolved" if tied else "majority")
