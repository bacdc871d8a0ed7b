"""Who gets which articles: an overlap plan, shared out the same way for the same seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.errors import StoreError
from annotator.model import digest


@dataclass(frozen=True, slots=True)
class Plan:
    """How much colleagues' work overlaps, in whole articles."""

    each: int = 1
    """How many people judge an article."""
    everybody: int = 0
    """Percent of the articles that all people judge, so that each can be compared with each."""
    seed: str = "1"


def share_out(
    sizes: Mapping[str, int], people: Sequence[str], plan: Plan
) -> dict[str, tuple[str, ...]]:
    """Return person → the ids of their articles, sorted; StoreError for an impossible plan.

    `sizes` are the articles' claims on the walk: everybody gets about as many of these. The same
    articles, people and plan give the same shares, in whatever order they come.
    """
    _check(people, plan)
    mixed = sorted(sizes, key=lambda article: digest(f"{plan.seed} {article}"))
    common = -(-len(mixed) * plan.everybody // 100)
    load = dict.fromkeys(people, 0)
    shares: dict[str, list[str]] = {person: [] for person in people}
    for place, article in enumerate(mixed):
        count = len(people) if place < common else plan.each
        # Those with the least to do so far; among equals chance decides, so that all pairs meet.
        order = sorted(people, key=lambda one: (load[one], _chance(plan, article, one)))
        for person in order[:count]:
            load[person] += sizes[article]
            shares[person].append(article)
    return {person: tuple(sorted(articles)) for person, articles in shares.items()}


def _check(people: Sequence[str], plan: Plan) -> None:
    if not people:
        raise StoreError("a plan needs people to share the articles out to")
    if len(set(people)) < len(people):
        raise StoreError("a plan names each person once")
    if not 1 <= plan.each <= len(people):
        raise StoreError(f"{plan.each} of {len(people)} people cannot judge each article")
    if not 0 <= plan.everybody <= 100:
        raise StoreError(f"{plan.everybody} is not a share of 0 to 100 percent")


def _chance(plan: Plan, article: str, person: str) -> str:
    return digest(f"{plan.seed} {article} {person}")
