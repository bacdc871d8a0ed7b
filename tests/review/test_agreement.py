"""The coefficients against published values, other implementations, and laws."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.review.agreement import (
    Company,
    Distance,
    Nominal,
    Pairs,
    Rights,
    Undefined,
    jaccard,
    masi,
)
from annotator.review.bootstrap import Block, Formula, Plan, Tally

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


# --- other implementations -----------------------------------------------------------------------

ANSWERS = st.sampled_from(["a", "b", "c", None])
GAPPY = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.tuples(*[ANSWERS] * width), min_size=1, max_size=25)
)
COMPLETE = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.tuples(*[st.sampled_from("abc")] * width), min_size=1, max_size=25)
)
LABEL_SETS = st.frozensets(st.sampled_from("abcd"), min_size=1)
SOME_SETS = st.lists(st.tuples(*[st.none() | LABEL_SETS] * 3), min_size=1, max_size=20)


def triples(claims: Claims) -> list[tuple[str, str, object]]:
    """Return (person, claim, answer) of the comparable claims, as NLTK takes them."""
    return [
        (f"p{person}", f"c{number}", answer)
        for number, claim in enumerate(claims)
        if sum(one is not None for one in claim) > 1
        for person, answer in enumerate(claim)
        if answer is not None
    ]


@settings(deadline=None)
@given(GAPPY)
def test_alpha_equals_nltk(claims: Claims) -> None:
    agreement = pytest.importorskip("nltk.metrics.agreement")
    try:
        ours = nominal(claims, "alpha")
    except Undefined:
        return
    assert ours == pytest.approx(agreement.AnnotationTask(triples(claims)).alpha(), abs=1e-9)


@settings(deadline=None)
@given(SOME_SETS)
def test_alpha_on_sets_equals_nltk(claims: Claims) -> None:
    agreement = pytest.importorskip("nltk.metrics.agreement")
    distance = pytest.importorskip("nltk.metrics.distance")
    measure = Distance(list({v for c in claims for v in c if v is not None}), 3, masi)
    try:
        ours = measure.alpha(summed(measure, claims))
    except Undefined:
        return
    task = agreement.AnnotationTask(triples(claims), distance.masi_distance)
    assert ours == pytest.approx(task.alpha(), abs=1e-9)


@settings(deadline=None)
@given(COMPLETE)
def test_fleiss_equals_statsmodels(claims: Claims) -> None:
    rater = pytest.importorskip("statsmodels.stats.inter_rater")
    try:
        ours = nominal(claims, "fleiss")
    except Undefined:
        return
    table = [[Counter(claim)[value] for value in values(claims)] for claim in claims]
    assert ours == pytest.approx(rater.fleiss_kappa(table), abs=1e-9)


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from("abc")] * 2), min_size=1, max_size=40))
def test_kappa_equals_scikit_learn(claims: Claims) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    try:
        ours = kappa(claims)
    except Undefined:
        return
    assert ours == pytest.approx(metrics.cohen_kappa_score(*zip(*claims, strict=True)), abs=1e-9)


# --- laws ----------------------------------------------------------------------------------------


def every(claims: Claims) -> dict[str, float | str]:
    """Return every coefficient of all people together, or why it has no value."""
    found: dict[str, float | str] = {}
    for name in ("percent", "alpha", "fleiss", "ac1"):
        try:
            found[name] = nominal(claims, name, possible="abc")
        except Undefined as error:
            found[name] = str(error)
    return found


@given(GAPPY, st.randoms())
def test_order_of_claims_and_people_changes_nothing(claims: Claims, random) -> None:
    places = list(range(people(claims)))
    random.shuffle(places)
    mixed = [tuple(claim[place] for place in places) for claim in claims]
    random.shuffle(mixed)
    assert every(mixed) == every(claims)


@given(GAPPY, st.sampled_from("abc"))
def test_a_singleton_changes_nothing_in_alpha(claims: Claims, value: str) -> None:
    single = (value, *[None] * (people(claims) - 1))
    assert every([*claims, single])["alpha"] == every(claims)["alpha"]


@given(st.integers(2, 6), st.lists(st.sampled_from("abc"), max_size=10))
def test_perfect_agreement_on_two_values_is_one(width: int, more: list[str]) -> None:
    claims = [(value,) * width for value in ["a", "b", *more]]
    assert every(claims) == dict.fromkeys(("percent", "alpha", "fleiss", "ac1"), 1.0)
    pairs = Pairs("abc", width)
    assert pairs.kappa(summed(pairs, claims), len(pairs.pairs) - 1) == 1.0
    sets = [tuple((value,) for value in claim) for claim in claims]
    assert distant(sets, masi) == 1.0


@given(GAPPY)
def test_values_stay_in_range(claims: Claims) -> None:
    for value in every(claims).values():
        assert isinstance(value, str) or -1 <= value <= 1


@given(LABEL_SETS | st.just(frozenset()), LABEL_SETS | st.just(frozenset()))
def test_masi_is_a_distance(one: frozenset, other: frozenset) -> None:
    assert masi(one, other) == masi(other, one)
    assert 0 <= masi(one, other) <= 1
    assert (masi(one, other) == 0) == (one == other)


def test_pairs_are_named_in_order() -> None:
    pairs = Pairs("ab", 3)
    claims = [("a", "a", "b"), ("b", "b", "a"), ("a", "b", "b")]
    for which, (one, other) in enumerate(pairs.pairs):
        alone = [(claim[one], claim[other]) for claim in claims]
        assert pairs.kappa(summed(pairs, claims), which) == kappa(alone)
    assert pairs.pairs == ((0, 1), (0, 2), (1, 2))
