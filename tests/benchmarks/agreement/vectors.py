"""The same figures by NumPy: counts as matrices, all resamples at once; no gaps, no reasons."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from annotator.review.ratings import Rating

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Table:
    """Answers of people who judged every claim, read into arrays."""

    def __init__(self, ratings: Sequence[Rating], axes: dict[str, tuple[str, ...]]) -> None:
        people = {name: n for n, name in enumerate(sorted({one.reviewer for one in ratings}))}
        claims = {name: n for n, name in enumerate(sorted({one.claim_id for one in ratings}))}
        articles = {name: n for n, name in enumerate(sorted({one.article_id for one in ratings}))}
        self.people = len(people)
        self.article = np.zeros(len(claims), dtype=np.int64)
        self.given = {
            label: np.zeros((len(claims), len(people)), dtype=np.int64)
            for labels in axes.values()
            for label in labels
        }
        for one in ratings:
            claim, person = claims[one.claim_id], people[one.reviewer]
            self.article[claim] = articles[one.article_id]
            for axis in axes:
                for label in one.labels[axis]:
                    self.given[label][claim, person] = 1

    def codes(self, labels: Sequence[str]) -> Ints:
        """Return claims x people: the place of the one label given."""
        return np.argmax(np.stack([self.given[label] for label in labels]), axis=0)

    def sets(self, labels: Sequence[str]) -> Ints:
        """Return claims x people: the set of labels given, as bits."""
        stacked = np.stack([self.given[label] << n for n, label in enumerate(labels)])
        return np.asarray(stacked.sum(axis=0))

    def weights(self, by_article: bool, resamples: int, seed: int) -> tuple[Ints, Floats]:
        """Return the group of each claim, and resamples x groups: how often each was drawn."""
        rng = np.random.default_rng(seed)
        group = self.article if by_article else np.arange(len(self.article))
        size = int(group.max()) + 1
        draws = (
            np.bincount(rng.integers(size, size=size), minlength=size) for _ in range(resamples)
        )
        return group, np.stack([np.ones(size), *draws]).astype(np.float64)


def summed(rows: Floats, group: Ints, weights: Floats) -> Floats:
    """Return resamples x counts: the rows of counts of the claims drawn, added up."""
    groups = np.zeros((weights.shape[1], rows.shape[1]))
    np.add.at(groups, group, rows)
    return np.asarray(weights @ groups)


def nominal(codes: Ints, values: int, group: Ints, weights: Floats) -> dict[str, Floats]:
    """Return each coefficient of one nominal question: the whole sample's, then the resamples'."""
    given = np.stack([(codes == value).sum(axis=1) for value in range(values)], axis=1)
    people = codes.shape[1]
    same = given * (given - 1)
    ones = np.ones((len(codes), 1))
    sums = summed(np.hstack([ones, given, same]).astype(np.float64), group, weights)
    units, given_sum, same_sum = sums[:, 0], sums[:, 1 : 1 + values], sums[:, 1 + values :]
    observed = same_sum.sum(axis=1) / (units * people * (people - 1))
    total = units * people
    shares = given_sum / total[:, None]
    chance = (shares**2).sum(axis=1)
    spread = (given_sum * (given_sum - 1)).sum(axis=1) / (total * (total - 1))
    gwet = (shares * (1 - shares)).sum(axis=1) / (values - 1)
    return {
        "percent": observed,
        "alpha": 1 - (1 - observed) / (1 - spread),
        "fleiss": (observed - chance) / (1 - chance),
        "ac1": (observed - gwet) / (1 - gwet),
        "positive": same_sum[:, -1] / (given_sum[:, -1] * (people - 1)),
    }


def kappas(codes: Ints, values: int, group: Ints, weights: Floats) -> list[Floats]:
    """Return Cohen's kappa of each pair of people."""
    inside = np.stack([codes == value for value in range(values)], axis=2).astype(np.float64)
    found = []
    for one, other in combinations(range(codes.shape[1]), 2):
        agreed = (codes[:, one] == codes[:, other]).astype(np.float64)[:, None]
        sums = summed(np.hstack([agreed, inside[:, one], inside[:, other]]), group, weights)
        first, second = sums[:, 1 : 1 + values], sums[:, 1 + values :]
        both = first.sum(axis=1)
        chance = (first * second).sum(axis=1) / both**2
        found.append((sums[:, 0] / both - chance) / (1 - chance))
    return found


def masi_alpha(codes: Ints, sets: int, group: Ints, weights: Floats) -> Floats:
    """Return Krippendorff's alpha on sets of labels with the MASI distance."""
    distance = np.array([[_masi(one, other) for other in range(sets)] for one in range(sets)])
    given = np.stack([(codes == value).sum(axis=1) for value in range(sets)], axis=1)
    apart = ((given @ distance) * given).sum(axis=1) / (codes.shape[1] - 1)
    sums = summed(np.hstack([apart[:, None], given]).astype(np.float64), group, weights)
    total = sums[:, 1:].sum(axis=1)
    expected = ((sums[:, 1:] @ distance) * sums[:, 1:]).sum(axis=1) / (total * (total - 1))
    return np.asarray(1 - sums[:, 0] / total / expected)


def interval(values: Floats) -> tuple[float, float, float]:
    """Return the value on the whole sample and the percentiles of the resamples."""
    low, high = np.percentile(values[1:], [2.5, 97.5])
    return float(values[0]), float(low), float(high)


def table(
    ratings: Sequence[Rating], axes: dict[str, tuple[str, ...]], by_article: bool, resamples: int
) -> dict[tuple[str, str], tuple[float, float, float]]:
    """Return (axis or label, coefficient) → value, low, high; the first axis has one label each."""
    answers = Table(ratings, axes)
    group, weights = answers.weights(by_article, resamples, 1)
    single, many = axes
    found: dict[tuple[str, str], Floats] = {}
    questions = {single: (answers.codes(axes[single]), len(axes[single]))}
    questions |= {label: (given, 2) for label, given in answers.given.items()}
    for name, (codes, values) in questions.items():
        found |= {(name, key): v for key, v in nominal(codes, values, group, weights).items()}
        pairs = kappas(codes, values, group, weights)
        found |= {(name, f"kappa {n}"): v for n, v in enumerate(pairs)}
    sets = answers.sets(axes[many])
    size = 2 ** len(axes[many])
    found[many, "masi"] = masi_alpha(sets, size, group, weights)
    found[many, "percent"] = nominal(sets, size, group, weights)["percent"]
    return {key: interval(values) for key, values in found.items()}


def alpha(
    ratings: Sequence[Rating], axis: str, labels: tuple[str, ...], by_article: bool, resamples: int
) -> tuple[float, float, float]:
    """Return alpha of a single-valued axis, with its interval."""
    answers = Table(ratings, {axis: labels})
    group, weights = answers.weights(by_article, resamples, 1)
    codes = answers.codes(labels)
    return interval(nominal(codes, len(labels), group, weights)["alpha"])


def _masi(one: int, other: int) -> float:
    if one == other:
        return 0.0
    both, either = (one & other).bit_count(), (one | other).bit_count()
    return 1 - both / either * (2 / 3 if both in (one.bit_count(), other.bit_count()) else 1 / 3)
