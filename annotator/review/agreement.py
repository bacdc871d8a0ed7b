"""Coefficients of agreement, each from whole-number counts that add up over claims.

Every class here turns one claim into a row of counts (`row`) and the sum of such rows into
coefficients. So a figure over any set of claims, or over a resample of them, is a sum and one
formula, exact up to its last division and independent of the order of claims and people.

A claim comes as its *answers*: one place a reviewer, None where that reviewer gave none. Where a
coefficient has no value, `Undefined` says why; nothing here returns NaN.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm
from operator import mul
from typing import Any

Answers = Sequence[Hashable]
Counts = Sequence[int]

NO_PAIR = "no claim has two judgements"


class Undefined(ArithmeticError):
    """A coefficient has no value on these counts; the message is the reason, for a reader."""


class Nominal:
    """Agreement of any number of people on one value a claim, gaps allowed.

    Below, a claim u has m answers, n_c of them c; only claims with m >= 2 can be compared.
    """

    def __init__(self, values: Sequence[Hashable], people: int) -> None:
        self.values = tuple(values)
        self.people = people
        # Multiplied by this, 1/m, 1/(m - 1) and 1/(m(m - 1)) are whole for any m there can be.
        self.scale = lcm(*range(1, people + 1))
        self.width = 5 + 4 * len(self.values)

    def row(self, answers: Answers) -> list[int]:
        """Return a claim's counts: rated, comparable, pairs, two weighted sums, four a value."""
        votes = Counter(answer for answer in answers if answer is not None)
        given = [votes[value] for value in self.values]
        people = sum(given)
        if people == 0:
            return [0] * self.width
        shares = [self.scale // people * count for count in given]
        if people == 1:
            return [1, *[0] * (self.width - 1 - len(shares)), *shares]
        same = [count * (count - 1) for count in given]
        agreeing = sum(same) * self.scale
        return [
            1,
            1,
            people * (people - 1) // 2,
            agreeing // (people * (people - 1)),
            agreeing // (people - 1),
            *given,
            *same,
            *(count * (people - 1) for count in given),
            *shares,
        ]

    def size(self, counts: Counts) -> tuple[int, int]:
        """Return how many claims, and how many pairs of judgements on them, are compared."""
        return counts[1], counts[2]

    def percent(self, counts: Counts) -> float:
        """Percent agreement: the mean over claims of sum_c n_c(n_c - 1) / (m(m - 1)).

        The observed agreement of Fleiss (1971) and of Gwet (2008), as a share from 0 to 1.
        """
        return counts[3] / (self.scale * self._units(counts))

    def alpha(self, counts: Counts) -> float:
        """Krippendorff's alpha for nominal values, 1 - D_o / D_e (Krippendorff 2011).

        With n = sum_u m and n_c over comparable claims: D_o = 1 - (1/n) sum_u sum_c
        n_uc(n_uc - 1) / (m_u - 1), and D_e = 1 - sum_c n_c(n_c - 1) / (n(n - 1)).
        """
        given, spread = self._spread(counts)
        differing = given * self.scale - counts[4]
        return 1 - (given - 1) * differing / (self.scale * spread)

    def fleiss(self, counts: Counts) -> float:
        """Fleiss' kappa, (A_o - A_e) / (1 - A_e) with A_e = sum_c (n_c / n)^2 (Fleiss 1971).

        Scott's pi for two people. Undefined unless everyone judged every claim.
        """
        units = self._units(counts)
        if 2 * counts[2] != counts[0] * self.people * (self.people - 1):
            raise Undefined("not everyone judged every claim")
        given, spread = self._spread(counts)
        differing = units * self.scale - counts[3]
        return 1 - differing * given**2 / (units * self.scale * spread)

    def ac1(self, counts: Counts) -> float:
        """Gwet's AC1, (A_o - A_e) / (1 - A_e), steady where one value dominates (Gwet 2008).

        A_e = sum_c p_c(1 - p_c) / (q - 1) for q possible values, with p_c the mean of n_c / m
        over all rated claims, those with one answer included (Gwet 2014).
        """
        units = self._units(counts)
        if len(self.values) < 2:
            raise Undefined("there is only one possible value")
        whole = counts[0] * self.scale
        spread = whole**2 - sum(share**2 for share in self._part(counts, 3))
        by_chance = spread / (whole**2 * (len(self.values) - 1))
        return 1 - (1 - counts[3] / (self.scale * units)) / (1 - by_chance)

    def positive(self, counts: Counts, value: Hashable) -> float:
        """Positive agreement on one value: sum_u n_c(n_c - 1) / sum_u n_c(m - 1).

        How often another reviewer says it too where one does: the specific agreement of
        Cicchetti & Feinstein (1990), 2a / (2a + b + c) for two people.
        """
        self._units(counts)
        place = self.values.index(value)
        possible = self._part(counts, 2)[place]
        if possible == 0:
            raise Undefined(f"nobody said {written(value)}")
        return self._part(counts, 1)[place] / possible

    def _part(self, counts: Counts, which: int) -> Counts:
        start = 5 + which * len(self.values)
        return counts[start : start + len(self.values)]

    def _units(self, counts: Counts) -> int:
        if counts[1] == 0:
            raise Undefined(NO_PAIR)
        return counts[1]

    def _spread(self, counts: Counts) -> tuple[int, int]:
        """Return n and n^2 - sum_c n_c^2; Undefined where all values are the same one."""
        self._units(counts)
        given = self._part(counts, 0)
        total = sum(given)
        spread = total**2 - sum(count**2 for count in given)
        if spread == 0:
            raise Undefined(f"everyone said {written(self.values[given.index(total)])}")
        return total, spread


class Distance:
    """Agreement of any number of people on values that may be more or less alike."""

    def __init__(
        self,
        values: Sequence[Hashable],
        people: int,
        distance: Callable[[Any, Any], Fraction],
    ) -> None:
        self.values = tuple(values)
        self.scale = lcm(*range(1, people + 1))
        self.width = 4 + len(self.values)
        self._place = {value: place for place, value in enumerate(self.values)}
        fractions = [
            [distance(value, later) for later in self.values[place + 1 :]]
            for place, value in enumerate(self.values)
        ]
        whole = lcm(*{fraction.denominator for line in fractions for fraction in line})
        # Of each value to the values after it, as multiples of the same fraction.
        self._later = [[int(fraction * whole) for fraction in line] for line in fractions]

    def row(self, answers: Answers) -> list[int]:
        """Return a claim's counts: comparable, pairs, equal, weighted distances, each value."""
        places = sorted(self._place[answer] for answer in answers if answer is not None)
        counts = [0] * self.width
        if len(places) < 2:
            return counts
        pairs = list(combinations(places, 2))
        equal = sum(one == other for one, other in pairs)
        apart = sum(self._later[one][other - one - 1] for one, other in pairs if one != other)
        counts[:4] = [
            1,
            len(pairs),
            self.scale * equal // len(pairs),
            2 * apart * (self.scale // (len(places) - 1)),
        ]
        for place in places:
            counts[4 + place] += 1
        return counts

    def size(self, counts: Counts) -> tuple[int, int]:
        """Return how many claims, and how many pairs of judgements on them, are compared."""
        return counts[0], counts[1]

    def percent(self, counts: Counts) -> float:
        """Percent agreement: the mean over claims of the share of pairs with equal values."""
        if counts[0] == 0:
            raise Undefined(NO_PAIR)
        return counts[2] / (self.scale * counts[0])

    def alpha(self, counts: Counts) -> float:
        """Krippendorff's alpha, 1 - D_o / D_e, with a distance d (Krippendorff 2011).

        D_o = (1/n) sum_u (1/(m_u - 1)) sum_{i != j} d(v_i, v_j) and
        D_e = (1/(n(n - 1))) sum_{c, k} n_c n_k d(c, k), over claims with two answers or more.
        """
        if counts[0] == 0:
            raise Undefined(NO_PAIR)
        given = counts[4:]
        expected = 2 * sum(
            count * _product(given[place:], self._later[place - 1])
            for place, count in enumerate(given, 1)
            if count
        )
        if expected == 0:
            only = next(value for value, count in zip(self.values, given, strict=True) if count)
            raise Undefined(f"everyone said {written(only)}")
        return 1 - (sum(given) - 1) * counts[3] / (self.scale * expected)


class Pairs:
    """Agreement of each two people on one value a claim, over the claims both judged."""

    def __init__(self, values: Sequence[Hashable], people: int) -> None:
        self.values = tuple(values)
        self.pairs = tuple(combinations(range(people), 2))
        self._place = {value: place for place, value in enumerate(self.values)}
        self._each = 1 + 2 * len(self.values)
        self.width = self._each * len(self.pairs)

    def row(self, answers: Answers) -> list[int]:
        """Return a claim's counts by pair: agreed, the one's value, the other's value."""
        places = [None if answer is None else self._place[answer] for answer in answers]
        counts = [0] * self.width
        for start, (first, second) in zip(self._starts(), self.pairs, strict=True):
            one, other = places[first], places[second]
            if one is None or other is None:
                continue
            counts[start] = int(one == other)
            counts[start + 1 + one] = 1
            counts[start + 1 + len(self.values) + other] = 1
        return counts

    def size(self, counts: Counts, which: int) -> tuple[int, int]:
        """Return how many claims a pair both judged, twice: each is one pair of judgements."""
        both = sum(self._of(counts, which)[1])
        return both, both

    def kappa(self, counts: Counts, which: int) -> float:
        """Cohen's kappa of one pair, (p_o - p_e) / (1 - p_e) (Cohen 1960).

        p_o is the share of claims they agree on, p_e = sum_c p_1c p_2c with each one's own shares.
        """
        agreed, first, second = self._of(counts, which)
        both = sum(first)
        if both == 0:
            raise Undefined("no claim was judged by both")
        by_chance = _product(first, second)
        if by_chance == both**2:
            raise Undefined(f"both always said {written(self.values[first.index(both)])}")
        return (both * agreed - by_chance) / (both**2 - by_chance)

    def _starts(self) -> range:
        return range(0, self.width, self._each)

    def _of(self, counts: Counts, which: int) -> tuple[int, Counts, Counts]:
        """Return one pair's agreed claims, the one's values, the other's values."""
        start = which * self._each
        middle = start + 1 + len(self.values)
        return counts[start], counts[start + 1 : middle], counts[middle : start + self._each]


class Company:
    """Agreement of each person with all the others, over the claims they share."""

    def __init__(self, people: int) -> None:
        self.width = 3 * people

    def row(self, answers: Answers) -> list[int]:
        """Return a claim's counts by person: shared with somebody, pairs, pairs that agree."""
        votes = Counter(answer for answer in answers if answer is not None)
        others = sum(votes.values()) - 1
        counts = []
        for answer in answers:
            counts += [0] * 3 if answer is None else [int(others > 0), others, votes[answer] - 1]
        return counts

    def size(self, counts: Counts, which: int) -> tuple[int, int]:
        """Return how many claims, and how many pairs of judgements on them, are compared."""
        return counts[3 * which], counts[3 * which + 1]

    def percent(self, counts: Counts, which: int) -> float:
        """Return the share of pairs of one's judgements with the others' that agree."""
        _, pairs, same = counts[3 * which : 3 * which + 3]
        if pairs == 0:
            raise Undefined("shares no judged claim with anybody")
        return same / pairs


class Rights:
    """How often each name's answers are right."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.width = 2 * len(self.names)

    def row(self, answer: tuple[str, bool]) -> list[int]:
        """Return the counts of one answer, (name, right), by name: answers, right ones."""
        counts = [0] * self.width
        place = 2 * self.names.index(answer[0])
        counts[place : place + 2] = [1, int(answer[1])]
        return counts

    def size(self, counts: Counts, name: str) -> tuple[int, int]:
        """Return how many answers are compared, twice: each is one pair with what is right."""
        given = counts[2 * self.names.index(name)]
        return given, given

    def accuracy(self, counts: Counts, name: str) -> float:
        """Return the share of a name's answers that are right."""
        given, right = counts[2 * self.names.index(name) :][:2]
        if given == 0:
            raise Undefined("no decision that holds says it")
        return right / given


def jaccard(one: Collection[Hashable], other: Collection[Hashable]) -> Fraction:
    """Return the share of two sets' members that both have; 1 for two empty sets (Jaccard 1912)."""
    union = set(one) | set(other)
    return Fraction(len(set(one) & set(other)), len(union)) if union else Fraction(1)


def masi(one: Collection[Hashable], other: Collection[Hashable]) -> Fraction:
    """Return the distance of two label sets, 1 - J * M (Passonneau 2006).

    J is their Jaccard index; M is 1 for equal sets, 2/3 where one contains the other, 1/3 where
    they overlap otherwise, 0 where they share nothing. Two empty sets are equal.
    """
    left, right = set(one), set(other)
    if left == right:
        return Fraction(0)
    alike = Fraction(2, 3) if left < right or right < left else Fraction(1, 3)
    return 1 - jaccard(left, right) * alike


def written(labels: object) -> str:
    """Return a set of labels as a reader sees it: "a + b", "none" if empty."""
    if isinstance(labels, tuple | frozenset):
        return " + ".join(sorted(map(str, labels))) or "none"
    return str(labels)


def _product(one: Counts, other: Counts) -> int:
    return sum(map(mul, one, other))
