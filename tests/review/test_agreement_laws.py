"""The coefficients against other implementations, and laws that hold for all answers."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.review.agreement import (
    Distance,
    Pairs,
    Undefined,
    masi,
)

from .coefficients import (
    Claims,
    distant,
    kappa,
    nominal,
    people,
    summed,
    values,
)

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
