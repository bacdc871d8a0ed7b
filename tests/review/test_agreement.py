"""The coefficients against published values."""

from collections import Counter
from fractions import Fraction

import pytest

from annotator.review.agreement import (
    Company,
    Nominal,
    Pairs,
    Rights,
    Undefined,
    jaccard,
    masi,
)
from annotator.review.bootstrap import Block, Formula, Plan, Tally

from .coefficients import (
    ARTSTEIN_POESIO_558,
    ARTSTEIN_POESIO_568,
    COHEN_1960_37,
    COHEN_1960_45,
    FLEISS_1971,
    GWET_PARADOX,
    HAYES_KRIPPENDORFF_2007,
    KRIPPENDORFF_1995,
    KRIPPENDORFF_2011_C,
    SAS,
    SETS,
    WIKIPEDIA_ALPHA,
    WIKIPEDIA_FLEISS,
    Claims,
    columns,
    distant,
    interval_distance,
    kappa,
    nominal,
    published,
    ratio_distance,
    summed,
    values,
)


@pytest.mark.parametrize(
    ("claims", "value"),
    [
        (KRIPPENDORFF_2011_C, 0.743421),
        (columns("0100000010", "1110010000"), 0.095238),
        (columns("aabbdcccedda", "babbbccceddd"), 0.691964),
        (WIKIPEDIA_ALPHA, 0.691358),
        (HAYES_KRIPPENDORFF_2007, 0.4765),
        (FLEISS_1971, 0.433410),
        (ARTSTEIN_POESIO_558, 0.3440),
        (ARTSTEIN_POESIO_568, 0.8005),
        (GWET_PARADOX, 0.3177),
        (KRIPPENDORFF_1995, 0.328571),
    ],
)
def test_alpha_as_published(claims: Claims, value: float) -> None:
    assert nominal(claims, "alpha") == published(value)
    by_distance = distant(claims, lambda one, other: Fraction(one != other))
    assert by_distance == pytest.approx(nominal(claims, "alpha"), abs=1e-12)


@pytest.mark.parametrize(
    ("claims", "distance", "value"),
    [
        (KRIPPENDORFF_2011_C, interval_distance, 0.849107),
        (KRIPPENDORFF_2011_C, ratio_distance, 0.797403),
        (WIKIPEDIA_ALPHA, interval_distance, 0.810845),
        (HAYES_KRIPPENDORFF_2007, interval_distance, 0.7574),
    ],
)
def test_alpha_with_distances_as_published(claims: Claims, distance, value: float) -> None:
    assert distant(claims, distance) == published(value)


def ordinal_distance(claims: Claims):
    """Krippendorff's ordinal distance, whose steps are as long as the values between are many."""
    counts = Counter(v for claim in claims if len(answered(claim)) > 1 for v in answered(claim))

    def distance(one: str, other: str) -> Fraction:
        low, high = sorted((int(one), int(other)))
        between = sum(counts[str(value)] for value in range(low, high + 1))
        return (between - Fraction(counts[one] + counts[other], 2)) ** 2

    return distance


def answered(claim: tuple) -> list:
    return [answer for answer in claim if answer is not None]


@pytest.mark.parametrize(
    ("claims", "value"), [(KRIPPENDORFF_2011_C, 0.815388), (HAYES_KRIPPENDORFF_2007, 0.7598)]
)
def test_alpha_with_ordinal_distances_as_published(claims: Claims, value: float) -> None:
    assert distant(claims, ordinal_distance(claims)) == published(value)


def test_alpha_with_half_weight_as_published() -> None:
    def half(one: str, other: str) -> Fraction:
        return Fraction(0) if one == other else Fraction(1, 2 if "v2" in (one, other) else 1)

    assert distant(ARTSTEIN_POESIO_568, half) == published(0.8156)


def test_alpha_on_sets_as_published() -> None:
    def dkpro_masi(one, other) -> Fraction:
        subset = one <= other or other <= one
        weight = Fraction(1, 3) if subset else Fraction(2, 3) if one & other else 1
        return weight * (1 - jaccard(one, other))

    def dkpro_sets(one, other) -> Fraction:
        """How DKPro compares sets: by whether one holds the other, not by how much they share."""
        if one == other:
            return Fraction(0)
        return Fraction(1 if one <= other or other <= one else 2 if one & other else 3, 3)

    assert distant(SETS, dkpro_sets) == published(0.186170)
    assert distant(SETS, lambda one, other: 1 - jaccard(one, other)) == published(0.315620)
    assert distant(SETS, masi) == published(0.273081)
    assert distant(SETS, dkpro_masi) == published(0.252947)
    assert distant(SETS, lambda one, other: Fraction(one != other)) == published(0.238806)
    full = [pair for pair in SETS if all(pair)]
    assert distant(full, lambda one, other: 1 - jaccard(one, other)) == published(0.203226)
    assert distant(full, masi) == published(0.177215)


def test_masi_of_empty_sets_is_defined() -> None:
    assert masi((), ()) == 0
    assert masi(("a",), ()) == 1
    assert masi(("a",), ("a", "b")) == Fraction(2, 3)
    assert masi(("a", "b"), ("b", "c")) == 1 - Fraction(1, 9)


@pytest.mark.parametrize(
    ("claims", "value"),
    [
        (FLEISS_1971, 0.430245),
        (WIKIPEDIA_FLEISS, 0.2099),
        # For two people it is Scott's pi.
        (ARTSTEIN_POESIO_558, 0.3407),
        (ARTSTEIN_POESIO_568, 0.7995),
        (KRIPPENDORFF_1995, 0.3143),
    ],
)
def test_fleiss_as_published(claims: Claims, value: float) -> None:
    assert nominal(claims, "fleiss") == published(value)


def test_fleiss_by_category_as_published() -> None:
    found = [
        nominal([tuple(v == value for v in claim) for claim in FLEISS_1971], "fleiss")
        for value in "12345"
    ]
    assert found == pytest.approx([0.245, 0.245, 0.520, 0.471, 0.566], abs=0.5e-3)


def test_fleiss_wants_everybody() -> None:
    with pytest.raises(Undefined, match="not everyone judged every claim"):
        nominal(KRIPPENDORFF_2011_C, "fleiss")
    with pytest.raises(Undefined, match="not everyone judged every claim"):
        nominal([*FLEISS_1971, ("1", *[None] * 5)], "fleiss")


@pytest.mark.parametrize(
    ("claims", "value"),
    [(FLEISS_1971, 0.5556), (ARTSTEIN_POESIO_558, 0.70), (ARTSTEIN_POESIO_568, 0.88)],
)
def test_percent_as_published(claims: Claims, value: float) -> None:
    assert nominal(claims, "percent") == published(value)


def by_chance(claims: Claims) -> float:
    """The agreement to expect where everybody draws from the shares that all have in the mean."""
    rated = [answered(claim) for claim in claims if answered(claim)]
    shares = [
        sum(claim.count(v) / len(claim) for claim in rated) / len(rated) for v in values(claims)
    ]
    return sum(share**2 for share in shares)


def test_percent_gives_what_rests_on_it_as_published() -> None:
    """Bennett's S, and the kappa that irrCAC calls Fleiss' where there are gaps."""
    for claims, kinds, value in ((ARTSTEIN_POESIO_558, 2, 0.400), (ARTSTEIN_POESIO_568, 3, 0.820)):
        percent = nominal(claims, "percent")
        assert (percent - 1 / kinds) / (1 - 1 / kinds) == published(value)
    percent, expected = nominal(KRIPPENDORFF_2011_C, "percent"), by_chance(KRIPPENDORFF_2011_C)
    assert (percent - expected) / (1 - expected) == published(0.76117)
    # The paper has 0.2201, from shares of three decimals.
    assert by_chance(FLEISS_1971) == pytest.approx(0.2201, abs=0.5e-3)


@pytest.mark.parametrize(
    ("claims", "value"),
    [
        (ARTSTEIN_POESIO_558, 0.3478),
        (ARTSTEIN_POESIO_568, 0.8013),
        (COHEN_1960_45, 0.4915),
        (COHEN_1960_37, -0.0923),
        (SAS, 0.4842),
        (GWET_PARADOX, 0.3144),
        (KRIPPENDORFF_1995, 0.3846),
    ],
)
def test_kappa_as_published(claims: Claims, value: float) -> None:
    assert kappa(claims) == published(value)


def intervals(claims: Claims, *formulas: Formula, row, width: int) -> list[tuple[float, float]]:
    """Return the interval of each formula where every claim is drawn by itself."""
    tally = Tally(Counter(enumerate(claims)), (Block(row, width, formulas),))
    return [(one.low, one.high) for one in Plan(len(claims), "claims").figures([tally])]


def test_intervals_as_published() -> None:
    """The bootstrap's, for Fleiss 1971; Cohen 1960 has one from the standard error."""
    alpha = Nominal("12345", 6)
    formula = Formula("alpha", alpha.alpha, alpha.size)
    (found,) = intervals(FLEISS_1971, formula, row=alpha.row, width=alpha.width)
    assert found == pytest.approx((0.32, 0.53), abs=0.02)
    pairs = Pairs(values(COHEN_1960_45), 2)
    formula = Formula(
        "kappa", lambda counts: pairs.kappa(counts, 0), lambda counts: pairs.size(counts, 0)
    )
    (found,) = intervals(COHEN_1960_45, formula, row=pairs.row, width=pairs.width)
    assert found == pytest.approx((0.392, 0.591), abs=0.02)


def test_ac1_as_published() -> None:
    assert nominal(GWET_PARADOX, "ac1") == published(0.8080)
    assert nominal(KRIPPENDORFF_2011_C, "ac1") == published(0.77544)


def test_ac1_counts_values_that_nobody_chose() -> None:
    claims = [("a", "a"), ("a", "b")]
    assert nominal(claims, "ac1") == published(0.2)
    assert nominal(claims, "ac1", possible="abcd") == published((0.5 - 0.125) / (1 - 0.125))


def test_positive_agreement_of_two_people() -> None:
    # 2a / (2a + b + c) with a = 5, b = 7, c = 8.
    assert nominal(GWET_PARADOX, "positive", value="v1") == published(10 / 25)


def test_positive_agreement_of_three_people() -> None:
    claims = [("s", "s", "o"), ("o", "o", "o"), ("s", None, "o"), ("s", "s", "s")]
    assert nominal(claims, "positive", value="s") == published((2 + 0 + 0 + 6) / (4 + 0 + 1 + 6))


def test_alpha_of_the_nltk_unit_test_and_without_its_singleton() -> None:
    claims = [("YES", "NO", "NO"), ("YES", "NO", None), (None, None, "NO")]
    assert nominal(claims, "alpha") == published(-0.3333)
    assert nominal(claims[:2], "alpha") == published(-0.3333)


@pytest.mark.parametrize("name", ["alpha", "fleiss"])
def test_all_the_same_is_undefined_and_says_why(name: str) -> None:
    with pytest.raises(Undefined, match=r"^everyone said verified$"):
        nominal([("verified",) * 3] * 4, name)


def test_undefined_says_why() -> None:
    with pytest.raises(Undefined, match=r"^both always said a$"):
        kappa([("a", "a")])
    with pytest.raises(Undefined, match=r"^no claim was judged by both$"):
        kappa([("a", None), (None, "b")])
    with pytest.raises(Undefined, match=r"^nobody said c$"):
        nominal([("a", "b")], "positive", possible="abc", value="c")
    with pytest.raises(Undefined, match=r"^everyone said a \+ b$"):
        distant([(("a", "b"), ("a", "b"))], masi)
    with pytest.raises(Undefined, match=r"^everyone said none$"):
        distant([((), ())], masi)
    with pytest.raises(Undefined, match=r"^there is only one possible value$"):
        nominal([("a", "a")], "ac1")


@pytest.mark.parametrize("name", ["percent", "alpha", "fleiss", "ac1"])
def test_single_answers_compare_with_nothing(name: str) -> None:
    with pytest.raises(Undefined, match="no claim has two judgements"):
        nominal([("a", None), (None, "b")], name)


def test_a_persons_agreement_with_the_others() -> None:
    company = Company(3)
    counts = summed(company, [("a", "a", "b"), ("a", None, "a"), (None, "b", None)])
    assert [company.size(counts, which) for which in range(3)] == [(2, 3), (1, 2), (2, 3)]
    assert company.percent(counts, 0) == published(2 / 3)
    assert company.percent(counts, 1) == published(1 / 2)
    alone = Company(2)
    with pytest.raises(Undefined, match="shares no judged claim"):
        alone.percent(summed(alone, [("a", None)]), 0)


def test_right_answers_by_name() -> None:
    rights = Rights(["ana", "ben"])
    counts = summed(rights, [("ana", True), ("ana", False), ("ana", True)])
    assert rights.accuracy(counts, "ana") == published(2 / 3)
    with pytest.raises(Undefined, match="no decision that holds says it"):
        rights.accuracy(counts, "ben")
