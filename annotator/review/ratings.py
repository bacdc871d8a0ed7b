"""What agreement is computed from: reviewers' answers, whatever they were read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from annotator.model import Claim, Judgement, Span
from annotator.scheme import Scheme

Tag = Literal["speaker", "kind"]
TAGS: tuple[Tag, ...] = get_args(Tag)
MACHINE = "the machine"
"""What stands for the tagger among those whose tags are compared with the decided ones."""

LabelSet = tuple[str, ...]
"""The labels of one answer on one axis, sorted; empty where none of a many-valued axis applies."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One reviewer's finished judgement on one claim."""

    article_id: str
    claim_id: str
    reviewer: str
    labels: Mapping[str, Sequence[str]]
    """Axis id → the labels chosen; an axis left out was not answered, () is "none of them"."""
    spans: tuple[tuple[str, Span], ...] = ()
    """(label, span) pairs: the words marked."""
    extent: Span = (0, 0)
    """Where the claim is; the characters that marked words are compared over."""


@dataclass(frozen=True, slots=True)
class TagAnswer:
    """Who speaks in a claim, or how it is reported, as one has it, where that was decided."""

    article_id: str
    claim_id: str
    tag: Tag
    by: str
    """A reviewer, or `MACHINE`."""
    right: bool
    """Whether it is what was decided."""


@dataclass(frozen=True, slots=True)
class Case:
    """All ratings of one claim."""

    article_id: str
    claim_id: str
    extent: Span
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    """Reviewer → that reviewer's rating."""

    def answers(
        self, axis_id: str, many: bool, people: Sequence[str]
    ) -> tuple[LabelSet | None, ...]:
        """Return each person's labels on an axis, None where there is no answer."""
        return tuple(self._answer(axis_id, many, person) for person in people)

    def _answer(self, axis_id: str, many: bool, person: str) -> LabelSet | None:
        rating = self.ratings.get(person)
        labels = None if rating is None else rating.labels.get(axis_id)
        if labels is None or not (labels or many):
            return None
        return tuple(sorted(set(labels)))


def rating(
    article_id: str, claim: Claim, reviewer: str, judgement: Judgement, scheme: Scheme
) -> Rating | None:
    """Return a judgement as a rating; None where it is only begun.

    A finished judgement without a label of a many-valued axis says that none applies.
    """
    if not scheme.finished(judgement):
        return None
    none_of = {axis.id: () for axis in scheme.axes if axis.many}
    extent = (claim.start, claim.end)
    labels = {**none_of, **judgement.labels}
    return Rating(article_id, claim.id, reviewer, labels, judgement.spans, extent)


def cases(ratings: Iterable[Rating]) -> list[Case]:
    """Return the ratings claim by claim, in the order of article id and place in the article.

    Raises ValueError where a reviewer has two ratings of a claim.
    """
    found: dict[tuple[str, str], dict[str, Rating]] = {}
    for one in ratings:
        of_claim = found.setdefault((one.article_id, one.claim_id), {})
        if of_claim.setdefault(one.reviewer, one) is not one:
            raise ValueError(f"two ratings of claim {one.claim_id} by {one.reviewer}")
    made = [
        Case(article, claim, next(iter(some.values())).extent, some)
        for (article, claim), some in found.items()
    ]
    return sorted(made, key=lambda case: (case.article_id, case.extent, case.claim_id))
