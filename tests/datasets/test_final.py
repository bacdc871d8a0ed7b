"""What several answers amount to, axis by axis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.datasets.final import final
from annotator.scheme import default_scheme
from tests.datasets.conftest import answer

SCHEME = default_scheme()
VERACITY, RHETORIC = SCHEME.axes
V, D, U, BEGUN = answer("verified"), answer("disputed"), answer("unverified"), answer()
P, S, PS = (
    answer("verified", *labels)
    for labels in (["partisan_framing"], ["sarcasm"], ["partisan_framing", "sarcasm"])
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], ((), "none")),
        ([BEGUN], ((), "none")),
        ([V], (("verified",), "single")),
        ([V, BEGUN], (("verified",), "single")),
        ([V, V], (("verified",), "unanimous")),
        ([V, V, D], (("verified",), "majority")),
        ([V, D], ((), "unresolved")),
        ([V, V, D, U], ((), "unresolved")),
        ([V, V, V, D, U], (("verified",), "majority")),
    ],
)
def test_veracity_is_what_more_than_half_say(answers, expected):
    assert final(SCHEME, VERACITY, answers) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], ((), "none")),
        ([BEGUN], ((), "none")),
        ([V], ((), "single")),
        ([answer(None, "sarcasm")], (("sarcasm",), "single")),
        ([P, P], (("partisan_framing",), "unanimous")),
        ([V, D], ((), "unanimous")),
        ([P, PS, S], (("partisan_framing", "sarcasm"), "majority")),
        ([P, PS, PS], (("partisan_framing", "sarcasm"), "majority")),
        ([P, V, V], ((), "majority")),
        ([P, V], ((), "unresolved")),
        ([PS, P], (("partisan_framing",), "unresolved")),
    ],
)
def test_rhetoric_is_put_to_the_vote_label_by_label(answers, expected):
    assert final(SCHEME, RHETORIC, answers) == expected


def test_a_decision_settles_every_axis_until_it_is_stale():
    assert final(SCHEME, VERACITY, [V, D], U) == (("unverified",), "decided")
    assert final(SCHEME, RHETORIC, [P, P], U) == ((), "decided")
    assert final(SCHEME, VERACITY, [V, D], U, stale=True) == ((), "unresolved")
    assert final(SCHEME, VERACITY, [], U) == (("unverified",), "decided")


@given(st.lists(st.sampled_from([V, D, U, P, S, PS, BEGUN])), st.randoms())
def test_the_order_of_answers_does_not_matter(answers, random):
    shuffled = random.sample(answers, len(answers))
    for axis in SCHEME.axes:
        assert final(SCHEME, axis, answers) == final(SCHEME, axis, shuffled)
