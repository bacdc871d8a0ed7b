"""Coefficients on claims written down shortly, and the data of published examples."""

from fractions import Fraction

import pytest

from annotator.review.agreement import (
    Distance,
    Nominal,
    Pairs,
)

Claims = list[tuple]


def summed(measure, claims) -> list[int]:
    """Return the measure's counts over claims, by plain addition."""
    sums = [0] * measure.width
    for claim in claims:
        sums = [a + b for a, b in zip(sums, measure.row(claim), strict=True)]
    return sums


def people(claims: Claims) -> int:
    return len(claims[0])


def values(claims: Claims) -> list:
    return sorted({answer for claim in claims for answer in claim if answer is not None})


def nominal(claims: Claims, name: str, *, possible=None, **arguments) -> float:
    measure = Nominal(possible or values(claims), people(claims))
    return getattr(measure, name)(summed(measure, claims), **arguments)


def distant(claims: Claims, distance) -> float:
    measure = Distance(values(claims), people(claims), distance)
    return measure.alpha(summed(measure, claims))


def kappa(claims: Claims) -> float:
    measure = Pairs(values(claims), 2)
    return measure.kappa(summed(measure, claims), 0)


def columns(*people: str) -> Claims:
    """Read one line a person, "." for a gap, into claims."""
    lines = [line.split() if " " in line else list(line) for line in people]
    return [tuple(None if v == "." else v for v in claim) for claim in zip(*lines, strict=True)]


def read(text: str) -> Claims:
    """Read one word a claim, a letter a person, "." for a gap."""
    return [tuple(None if v == "." else v for v in claim) for claim in text.split()]


def from_table(table: list[list[int]]) -> Claims:
    """Read a contingency table of two people (rows, columns) into claims."""
    return [
        (f"v{row}", f"v{column}")
        for row, line in enumerate(table)
        for column, count in enumerate(line)
        for _ in range(count)
    ]


def published(value: float):
    """Return a value to compare with to four decimals."""
    return pytest.approx(value, abs=0.5e-4)


def interval_distance(one: str, other: str) -> Fraction:
    return Fraction((int(one) - int(other)) ** 2)


def ratio_distance(one: str, other: str) -> Fraction:
    a, b = int(one), int(other)
    return Fraction(a - b, a + b) ** 2 if a + b else Fraction(0)


KRIPPENDORFF_2011_C = columns(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
WIKIPEDIA_ALPHA = columns(
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)
HAYES_KRIPPENDORFF_2007 = read(
    "112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. "
    ".100. 0000. 1222. 33223 111.1 111.1 212.2 1233. 1101. 000.0 "
    "0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2 "
    "110.0 2121. 22.22 3222. 222.2 223.2 222.2 22.12 2222. 111.1"
)
FLEISS_1971 = read(
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 "
    "144444 124444 222333 144444 224445 333335 111455 111112 224444 133555 "
    "555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"
)
WIKIPEDIA_FLEISS = [
    tuple(str(value) for value, count in enumerate(line) for _ in range(count))
    for line in (
        (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
    )
]  # fmt: skip
ARTSTEIN_POESIO_558 = from_table([[20, 20], [10, 50]])
ARTSTEIN_POESIO_568 = from_table([[46, 6, 0], [0, 32, 0], [0, 6, 10]])
COHEN_1960_45 = from_table([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
COHEN_1960_37 = from_table([[25, 12, 3], [13, 2, 15], [12, 16, 2]])
SAS = from_table([[0, 4, 1], [0, 8, 0], [0, 1, 5]])
GWET_PARADOX = from_table([[80, 7], [8, 5]])
KRIPPENDORFF_1995 = columns("001111111100001111110000", "000011110000000110000000")
SETS = [
    (frozenset(one), frozenset(other))
    for one, other in (
        ("", ""), ("A", ""), ("A", "A"), ("A", "B"), ("AB", "A"),
        ("AB", "AC"), ("ABC", "ABC"), ("C", "AC"), ("C", "AC"),
    )
]  # fmt: skip
