"""Intervals: what is drawn, how often, and that large numbers add up like rows of counts."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.review.agreement import Nominal, Undefined
from annotator.review.bootstrap import (
    Block,
    Formula,
    Plan,
    Sums,
    Tally,
    percentile,
)

MIXED = [("a", "b", "a"), ("a", "a", "a"), ("b", "b", "b"), ("b", None, "a")]


def alpha_tally(groups: list[list[tuple]]) -> tuple[Nominal, Tally]:
    """Return alpha over groups of claims."""
    nominal = Nominal("ab", len(groups[0][0]))
    items = Counter((number, claim) for number, some in enumerate(groups) for claim in some)
    alpha = Formula("alpha", nominal.alpha, nominal.size)
    return nominal, Tally(items, (Block(nominal.row, nominal.width, (alpha,)),))


def plain_alpha(nominal: Nominal, claims: list[tuple]) -> float:
    return nominal.alpha([sum(column) for column in zip(*map(nominal.row, claims), strict=True)])


@given(
    st.lists(st.lists(st.integers(0, 2**70), min_size=3, max_size=3), min_size=1, max_size=8),
    st.data(),
)
def test_large_numbers_add_up_like_rows(rows, data) -> None:
    items = Counter({(group, tuple(row)): 1 + group for group, row in enumerate(rows)})
    tally = Tally(items, (Block(lambda row: row[:2], 2, ()), Block(lambda row: row[2:], 1, ())))
    places = st.lists(st.integers(0, len(rows) - 1), max_size=len(rows))
    drawn = data.draw(places)
    expected = [sum((1 + place) * rows[place][n] for place in drawn) for n in range(3)]
    assert Sums(tally, len(rows)).over(drawn) == expected


def test_the_interval_is_that_of_drawing_whole_groups() -> None:
    random = Random(5)
    groups = [[random.choice(MIXED) for _ in range(random.randint(1, 6))] for _ in range(12)]
    nominal, tally = alpha_tally(groups)
    figure = Plan(12, "articles", resamples=200, seed=9).figures([tally])[0]
    drawing = Random(9)
    values = []
    for _ in range(200):
        claims = [claim for place in drawing.choices(range(12), k=12) for claim in groups[place]]
        try:
            values.append(plain_alpha(nominal, claims))
        except Undefined:
            continue
    values.sort()
    assert figure.value == plain_alpha(nominal, [claim for some in groups for claim in some])
    assert (figure.low, figure.high) == (percentile(values, 0.025), percentile(values, 0.975))
    assert (figure.resampled, figure.skipped) == ("articles", 200 - len(values))


def test_people_are_never_drawn() -> None:
    # Every group is the same, so there is nothing to vary but the people, who stay.
    _, tally = alpha_tally([MIXED] * 12)
    figure = Plan(12, "articles", resamples=50).figures([tally])[0]
    assert figure.low == figure.value == figure.high


def test_undefined_resamples_are_skipped_and_counted() -> None:
    groups = [[("a", "a")]] * 11 + [[("b", "b")]]
    _, tally = alpha_tally(groups)
    figure = Plan(12, "articles", resamples=400).figures([tally])[0]
    assert (figure.value, figure.low, figure.high) == (1, 1, 1)
    # (11/12)^12, about 0.352, of the resamples lack the one group with another value.
    assert 0.25 < figure.skipped / 400 < 0.45


def test_what_is_undefined_gets_no_interval() -> None:
    nominal = Nominal("ab", 3)
    items = Counter({(n, ("a", "b", "a" if n else None)): 1 for n in range(12)})
    fleiss = Formula("fleiss", nominal.fleiss, nominal.size)
    tally = Tally(items, (Block(nominal.row, nominal.width, (fleiss,)),))
    # Some resamples leave the incomplete group out; their values say nothing about the whole.
    figure = Plan(12, "articles", resamples=50).figures([tally])[0]
    assert figure.reason == "not everyone judged every claim"
    assert figure.value is figure.low is figure.high is figure.resampled is None


def test_seed_decides() -> None:
    _, tally = alpha_tally([[claim] for claim in MIXED * 5])
    first, again, other = (
        Plan(20, "claims", resamples=100, seed=seed).figures([tally])[0] for seed in (1, 1, 2)
    )
    assert first == again
    assert (first.low, first.high) != (other.low, other.high)


def test_progress_reaches_the_end() -> None:
    _, tally = alpha_tally([[claim] for claim in MIXED])
    seen: list[tuple[int, int]] = []
    Plan(4, "claims", resamples=250).figures([tally], lambda done, of: seen.append((done, of)))
    assert seen[-1] == (250, 250)
    assert seen == sorted(set(seen))
    assert 90 <= len(seen) <= 130


def test_nothing_to_draw() -> None:
    nominal, _ = alpha_tally([MIXED])
    tally = Tally(
        {}, (Block(nominal.row, nominal.width, (Formula("a", nominal.alpha, nominal.size),)),)
    )
    figure = Plan(0, "claims").figures([tally])[0]
    assert (figure.value, figure.reason) == (None, "no claim has two judgements")


@given(st.lists(st.floats(-1, 1), min_size=1), st.floats(0, 1))
def test_percentile_equals_numpy(values: list[float], share: float) -> None:
    numpy = pytest.importorskip("numpy")
    values.sort()
    assert percentile(values, share) == pytest.approx(numpy.percentile(values, 100 * share))
