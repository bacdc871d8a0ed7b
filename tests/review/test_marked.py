"""Marked words: matching one to one, F1, and characters as units."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.review.agreement import Nominal, Pairs, Undefined
from annotator.review.marked import SpanPairs, overlapping, stretches

SPAN = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda p: (p[0], p[0] + p[1]))
MARK = st.tuples(st.sampled_from("ps"), SPAN)
FEW = st.frozensets(MARK, max_size=5)
CLAIM = st.tuples(*[st.none() | st.lists(MARK, max_size=4).map(tuple)] * 3)


def f1(claims, name, label=None) -> float:
    measure = SpanPairs(len(claims[0]), label)
    sums = [sum(column) for column in zip(*map(measure.row, claims), strict=True)]
    return getattr(measure, name)(sums)


def marks(text: str, label: str = "p"):
    """Read "  xxx xx" into marks, a run of x a span."""
    starts = [n for n, c in enumerate(text) if c == "x" and text[n - 1 : n] != "x"]
    return tuple((label, (n, n + len(text[n:].split(" ")[0]))) for n in starts)


def test_exact_and_overlapping_matches() -> None:
    claims = [(marks("xxx  xx"), marks("xxx xxx")), (marks("xx"), ()), ((), ())]
    assert f1(claims, "exact") == pytest.approx(2 * 1 / 5)
    assert f1(claims, "overlap") == pytest.approx(2 * 2 / 5)


def test_alpha_by_character_as_published() -> None:
    """Krippendorff 1995, two people's stretches on a line of 24 places."""
    people = [marks(line) for line in ("  xxxxxxxx    xxxxxx", "    xxxx       xx")]
    nominal = Nominal([(), ("p",)], 2)
    sums = [0] * nominal.width
    for length, answers in stretches(people, (0, 24)):
        row = nominal.row(answers)
        sums = [total + length * count for total, count in zip(sums, row, strict=True)]
    assert nominal.alpha(sums) == pytest.approx(0.328571, abs=0.5e-4)


def test_one_span_is_matched_once() -> None:
    assert f1([(marks("xxxxxxx"), marks("xx xx x"))], "overlap") == pytest.approx(2 * 1 / 4)


def test_only_the_same_label_matches() -> None:
    claims = [(marks("xxx", "p"), marks("xxx", "s"))]
    assert f1(claims, "overlap") == 0
    assert f1([*claims, (marks("xx"), marks("xx"))], "exact", "p") == pytest.approx(2 / 3)


def test_mean_over_pairs_that_marked_anything() -> None:
    claims = [(marks("xx"), marks("xx"), ()), (marks("x"), None, None)]
    assert f1(claims, "exact") == pytest.approx((1 + 0 + 0) / 3)
    assert f1([claim[:2] for claim in claims], "exact") == 1


def test_no_words_is_undefined() -> None:
    with pytest.raises(Undefined, match="nobody marked any words"):
        f1([((), ()), (marks("xx"), None)], "exact")


@given(FEW, FEW)
def test_as_many_matched_as_can_be(one, other) -> None:
    few, many = sorted((list(one), list(other)), key=len)
    most = max(
        sum(
            a[0] == b[0] and a[1][0] < b[1][1] and b[1][0] < a[1][1]
            for a, b in zip(few, chosen, strict=True)
        )
        for chosen in permutations(many, len(few))
    )
    assert overlapping(one, other) == overlapping(other, one) == most


@given(CLAIM, SPAN)
def test_stretches_say_what_each_character_carries(claim, extent) -> None:
    found = [answers for length, answers in stretches(claim, extent) for _ in range(length)]
    assert found == [
        tuple(
            None if some is None else tuple(sorted({n for n, (s, e) in some if s <= place < e}))
            for some in claim
        )
        for place in range(*extent)
    ]


def test_characters_give_the_published_alpha_and_kappa() -> None:
    lines = ("001111111100001111110000", "000011110000000110000000")
    claim = tuple(marks(line.replace("0", " ").replace("1", "x")) for line in lines)
    alpha, kappa = Nominal([(), ("p",)], 2), Pairs([(), ("p",)], 2)
    sums = {measure: [0] * measure.width for measure in (alpha, kappa)}
    for length, answers in stretches(claim, (0, 24)):
        for measure, counts in sums.items():
            for place, count in enumerate(measure.row(answers)):
                counts[place] += length * count
    assert alpha.alpha(sums[alpha]) == pytest.approx(0.328571, abs=0.5e-4)
    assert kappa.kappa(sums[kappa], 0) == pytest.approx(0.3846, abs=0.5e-4)
