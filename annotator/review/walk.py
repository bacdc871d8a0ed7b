"""The way a reviewer goes through an article's claims."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from annotator.model import Claim, Tagging


class Walk:
    """The claims of one article in order, indexed once so that a step costs the same anywhere."""

    def __init__(self, tagging: Tagging) -> None:
        self.claims = tagging.claims
        self._order = {claim.id: place for place, claim in enumerate(tagging.claims)}
        self._on_walk = [place for place, claim in enumerate(tagging.claims) if claim.walk]
        self._narrators: dict[int, Claim] = {}
        for claim in tagging.claims:
            if not claim.attributions:
                self._narrators.setdefault(claim.segment, claim)

    def __len__(self) -> int:
        return len(self._on_walk)

    def __contains__(self, claim_id: str) -> bool:
        return claim_id in self._order

    def claim(self, claim_id: str) -> Claim:
        """Return a claim by id; KeyError if the tagging has none such."""
        return self.claims[self._order[claim_id]]

    def place(self, claim: Claim) -> int:
        """Return how many claims of the walk come before this one, itself on the walk or not."""
        return bisect_left(self._on_walk, self._order[claim.id])

    def narrator(self, claim: Claim) -> Claim | None:
        """Return the narrator's claim of the segment a claim is in."""
        return self._narrators.get(claim.segment)

    def ends(self) -> tuple[Claim, Claim] | None:
        """Return the first and the last claim of the walk, None if it is empty."""
        if not self._on_walk:
            return None
        return self.claims[self._on_walk[0]], self.claims[self._on_walk[-1]]

    def step(self, claim: Claim, by: int) -> Claim | None:
        """Return the claim `by` steps along the walk (negative: back), None beyond its ends.

        From a claim that is off the walk the first step goes to the nearest one on that side.
        """
        here = self._order[claim.id]
        if by > 0:
            target = bisect_right(self._on_walk, here) + by - 1
        else:
            target = bisect_left(self._on_walk, here) + by
        if not 0 <= target < len(self._on_walk):
            return None
        return self.claims[self._on_walk[target]]
