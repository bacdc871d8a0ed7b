"""What is chosen of a project: whose answers, which labels and claims, and the splits."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.datasets import Choice, parse_shares
from annotator.datasets.dataset import Dataset
from annotator.errors import UsageError
from annotator.model import digest
from tests.datasets.conftest import (
    BRIDGE,
    DOUBT,
    FERRY,
    GONE,
    HEADLINE,
    QUOTATION,
    SAILED,
    answer,
    judge,
    merged,
)


def chosen(project, **choice):
    records = Dataset(project, Choice(names=True, **choice)).claims()
    return {one["claim_id"]: one for one in records}


# --- splits -------------------------------------------------------------------------------------


@given(st.integers(), st.text(), st.tuples(*[st.integers(0, 100)] * 2))
def test_an_article_is_in_one_split_whatever_else_there_is(seed, text, cuts):
    low, high = sorted(cuts)
    choice = Choice(seed=seed, shares=(low, high - low, 100 - high))
    split = choice.split(digest(text.encode("utf-8", "replace").decode()))
    assert choice.shares[("train", "validation", "test").index(split)] > 0


def test_splits_are_as_large_as_wanted_and_differ_by_seed():
    ids = [digest(str(number)) for number in range(5000)]
    first, second = ([Choice(seed=seed).split(one) for one in ids] for seed in (1, 2))
    for split, share in (("train", 0.8), ("validation", 0.1), ("test", 0.1)):
        assert abs(first.count(split) / len(ids) - share) < 0.02
    assert 0.5 < sum(a == b for a, b in zip(first, second, strict=True)) / len(ids) < 0.8


def test_every_record_says_its_split(project):
    choice = Choice(seed=3, shares=(34, 33, 33))
    dataset = Dataset(project, choice)
    for document in dataset.documents():
        assert document.split == choice.split(document.article.id)
        assert dataset.article_record(document)["split"] == document.split
        assert {one["split"] for one in document.claims} == {document.split}


def test_shares_as_people_write_them():
    assert parse_shares("70/20/10") == (70, 20, 10)
    for wrong in ("70/30", "80/10/20", "a/b/c", "-10/100/10", "1.5/97/1.5"):
        with pytest.raises(UsageError):
            parse_shares(wrong)


# --- whose answers ------------------------------------------------------------------------------


def test_one_persons_answers_and_what_they_alone_amount_to(project):
    found = chosen(project, who="Bo Dahl")
    assert [one["reviewer"] for one in found[QUOTATION]["judgements"]] == ["Bo Dahl"]
    assert found[DOUBT]["decision"] is None
    assert found[DOUBT]["final"]["veracity"] == {"value": "disputed", "basis": "single"}
    assert found[SAILED]["judgements"] and not found[HEADLINE]["judgements"]
    with pytest.raises(UsageError, match="judged nothing"):
        chosen(project, who="Zed")


def test_final_answers_only(project):
    whole = chosen(project)
    found = chosen(project, who="final")
    assert found.keys() == whole.keys()
    for claim_id, one in found.items():
        assert one == {**whole[claim_id], "judgements": []}


def test_an_answer_in_the_form_of_a_judgement(project):
    dataset = Dataset(project, Choice(who="final"))
    found = {one["claim_id"]: dataset.answers(one) for one in dataset.claims()}
    (told,) = found[QUOTATION]
    assert told["labels"] == {"veracity": "disputed", "rhetoric": ["partisan_framing"]}
    assert [one["kind"] for one in told["evidence"]] == ["text", "url"]
    assert list(told["spans"]) == ["partisan_framing"]
    assert found[HEADLINE] == []
    (judgement, *_) = chosen(project)[QUOTATION]["judgements"]
    assert set(told) == set(judgement)
    each = Dataset(project, Choice(names=True))
    record = {one["claim_id"]: one for one in each.claims()}[QUOTATION]
    assert each.answers(record) == record["judgements"]


def test_the_words_that_most_of_those_marked_who_gave_a_label(project):
    start = BRIDGE.text.index("Le pont est sûr")
    for who, stretch in (("P1", (0, 15)), ("P2", (3, 11)), ("P3", (0, 7))):
        spans = (("sarcasm", (start + stretch[0], start + stretch[1])),)
        judge(project, who, QUOTATION, answer("verified", "sarcasm", spans=spans))
    assert chosen(project)[QUOTATION]["final_spans"]["sarcasm"] == [[start, start + 11]]


# --- labels -------------------------------------------------------------------------------------


def test_labels_that_were_not_chosen_are_nowhere(project):
    dataset = Dataset(project, Choice(labels=frozenset({"partisan_framing", "verified"})))
    assert [label.id for label in dataset.scheme.labels] == ["verified", "partisan_framing"]
    text = str(list(dataset.claims()))
    assert "partisan_framing" in text and "'verified'" in text
    assert "sarcasm" not in text and "disputed" not in text


def test_an_axis_without_chosen_labels_is_left_out_and_others_stay_what_they_were(project):
    whole = chosen(project)
    for claim_id, one in chosen(project, labels=frozenset({"partisan_framing"})).items():
        assert list(one["final"]) == ["rhetoric"]
        assert one["final"]["rhetoric"]["basis"] == whole[claim_id]["final"]["rhetoric"]["basis"]
        assert all(list(judgement["labels"]) == ["rhetoric"] for judgement in one["judgements"])
    left_out = chosen(project, labels=frozenset({"verified"}))[QUOTATION]
    assert left_out["final"]["veracity"] == {"value": None, "basis": "none"}
    with pytest.raises(UsageError, match="no label lie"):
        chosen(project, labels=frozenset({"lie"}))


# --- claims -------------------------------------------------------------------------------------


def test_only_judged_or_decided_claims(project):
    assert chosen(project, only="judged").keys() == {QUOTATION, DOUBT, SAILED, GONE}
    assert chosen(project, only="judged", who="Ada Brun").keys() == {QUOTATION, DOUBT, GONE}
    assert chosen(project, only="decided").keys() == {DOUBT}
    dataset = Dataset(project, Choice(only="decided"))
    assert [one.article.id for one in dataset.documents()] == [BRIDGE.id]
    assert dataset.tally.articles.total() == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("language:en", {FERRY.id}),
        ("outlet:echo language:fr", {BRIDGE.id}),
        ("is:unseen", {HEADLINE, "headline of the ferry"}),
        ("label:partisan_framing", {QUOTATION}),
        ("label:verified", {QUOTATION, DOUBT, SAILED}),
        ("by:Ça label:verified", {QUOTATION}),
        ("speaker:lantier", {QUOTATION}),
        ("riverains", {DOUBT}),
        ("riverains language:en", set()),
    ],
)
def test_a_filter_holds_where_it_holds_for_anybody(project, query, expected):
    found = chosen(project, query=query)
    articles = {one["article_id"] for one in found.values()}
    if expected <= {BRIDGE.id, FERRY.id}:
        assert articles == expected
    else:
        assert len(found) == len(expected)
        assert {one for one in expected if len(one) == 32} <= found.keys()


def test_a_filter_on_final_answers_and_on_one_persons(project):
    assert chosen(project, who="final", query="label:verified").keys() == {SAILED}
    assert chosen(project, who="final", query="label:unverified").keys() == {DOUBT}
    assert chosen(project, who="Bo Dahl", query="label:verified").keys() == {SAILED}
    narrow = frozenset({"partisan_framing"})
    assert chosen(project, who="final", query="label:disputed", labels=narrow).keys() == {QUOTATION}
    for wrong in ("label:lie", "is:odd", "is:"):
        with pytest.raises(UsageError):
            chosen(project, query=wrong)


def test_a_filtered_dataset_depends_on_the_content_alone(project, tmp_path):
    choice = {"query": "pont", "only": "judged"}
    with merged(project, tmp_path / "other.db", 1) as other:
        assert list(chosen(other, **choice)) == list(chosen(project, **choice))


def test_the_log_is_only_written_where_nothing_was_left_out():
    assert Choice().whole and Choice(names=True, text=False, seed=5).whole
    for change in ({"who": "final"}, {"labels": frozenset()}, {"only": "judged"}, {"query": "x"}):
        assert not dataclasses.replace(Choice(), **change).whole
