"""Which labels reviewers give where others give another one, with the claims behind each pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from annotator.review.ratings import Case, LabelSet
from annotator.scheme import Axis


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two answers on one axis that reviewers gave to the same claims."""

    axis: str
    first: str
    second: str | None
    """None where the others gave no label in place of the first."""
    claims: tuple[str, ...]
    """Ids of these claims, in the order of article id and place in the article."""


def confusions(cases: Sequence[Case], axes: Sequence[Axis]) -> tuple[Confusion, ...]:
    """Return the confused pairs of labels, the most frequent of each axis first.

    Of two label sets that differ, each label only the one has is confused with each label only
    the other has, or with none.
    """
    found: list[Confusion] = []
    for axis in axes:
        order = {label.id: place for place, label in enumerate(axis.labels)}
        claims: dict[tuple[str, str | None], list[str]] = {}
        known: dict[frozenset[LabelSet | None], set[tuple[str, str | None]]] = {}
        for case in cases:
            given = frozenset(case.answers(axis.id, axis.many, list(case.ratings)))
            if given not in known:
                known[given] = _confused(given, order)
            for pair in known[given]:
                claims.setdefault(pair, []).append(case.claim_id)
        of_axis = [Confusion(axis.id, *pair, tuple(some)) for pair, some in claims.items()]
        found += sorted(of_axis, key=lambda one: (-len(one.claims), one.first, one.second or ""))
    return tuple(found)


def _confused(
    given: Iterable[LabelSet | None], order: dict[str, int]
) -> set[tuple[str, str | None]]:
    pairs: set[tuple[str, str | None]] = set()
    for one, other in combinations([answer for answer in given if answer is not None], 2):
        left, right = sorted(set(one) - set(other)), sorted(set(other) - set(one))
        if not left or not right:
            pairs.update((label, None) for label in left + right)
            continue
        for first in left:
            for second in right:
                pair = sorted(
                    (first, second), key=lambda label: (order.get(label, len(order)), label)
                )
                pairs.add((pair[0], pair[1]))
    return pairs
