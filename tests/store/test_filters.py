from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UsageError
from annotator.store import ClaimFilter, parse_filter
from annotator.store.filters import has_keys


def test_words_and_keys_in_any_order():
    assert parse_filter('barrage label:disputed is:unsure speaker:"Ana Brovic" rompu') == (
        ClaimFilter("barrage rompu", ("disputed",), speaker="Ana Brovic", unsure=True)
    )
    assert parse_filter("label:a label:b").labels == ("a", "b")
    assert parse_filter("Lang:fr by:ben") == ClaimFilter(language="fr", reviewer="ben")
    assert parse_filter("missing:evidence missing:words is:SKIPPED") == ClaimFilter(
        missing_evidence=True, missing_words=True, skipped=True
    )


def test_what_looks_like_a_key_and_is_a_word():
    for text in ('"voir: ici" la', "12:30", "port :", "Verlac: grève", '"voice:direct"'):
        assert parse_filter(text) == ClaimFilter(words=text)
        assert not has_keys(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("couleur:rouge", "unknown filter couleur: .*known: label:, voice:"),
        ("is:lost", "is: is one of unseen, .*, not lost"),
        ("missing:x", "evidence, words, not x"),
        ("voice:shouted", "narrator, direct"),
        ("label:", "label: wants a value"),
        ("by: ben", "by: wants a value"),
    ],
)
def test_mistakes_are_named(text: str, message: str):
    with pytest.raises(UsageError, match=message):
        parse_filter(text)


@given(text=st.text(max_size=40))
def test_anything_is_a_filter_or_a_usage_error(text: str):
    try:
        parse_filter(text)
    except UsageError as error:
        assert len(str(error).splitlines()) == 1
