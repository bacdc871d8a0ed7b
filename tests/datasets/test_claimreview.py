"""schema.org ClaimReview: only what was decided on evidence, in the words of the vocabulary."""

import pytest
from jsonschema import Draft202012Validator
from lxml import html
from rdflib import namespace

from annotator import datasets
from annotator.datasets import Choice
from annotator.datasets.claimreview import inert
from annotator.model import Evidence
from tests.datasets.conftest import DOUBT, HEADLINE, QUOTATION, SAILED, answer, judge
from tests.datasets.opened import lines
from tests.datasets.schemas import CLAIM_REVIEW

SHOWN = Evidence("url", "https://pont.example/a?b=1&c=2", "2031-02-04")
TOLD = Evidence("text", "</script><b>seen by =us")


def decide(project, claim, veracity, seen, **more):
    body = {"labels": {"veracity": [veracity]}, "judgements": sorted(seen), **more}
    project.append("Ça", "decide", claim, body)


@pytest.fixture
def decided(project):
    """A project with decisions of every sort."""
    first = judge(project, "Ada Brun", DOUBT, answer("verified", evidence=(SHOWN, TOLD))).id
    second = judge(project, "Bo Dahl", DOUBT, answer("disputed", evidence=(TOLD,))).id
    decide(project, DOUBT, "verified", [first, second], reason="asked <there> & here")
    bare = judge(project, "Bo Dahl", SAILED, answer("verified")).id
    decide(project, SAILED, "verified", [bare])
    none = judge(project, "Ada Brun", HEADLINE, answer("not_a_claim", evidence=(SHOWN,))).id
    decide(project, HEADLINE, "not_a_claim", [none])
    decide(project, QUOTATION, "disputed", ["0" * 32])
    return project


@pytest.mark.parametrize("who", ["each", "final"])
def test_only_decisions_on_evidence_that_hold_are_reviews(decided, tmp_path, who):
    report = datasets.export(decided, "claimreview", tmp_path / "out", Choice(who=who))
    (review,) = lines(tmp_path / "out" / "claimreviews.jsonl")
    Draft202012Validator(CLAIM_REVIEW).validate(review)
    assert review["identifier"] == DOUBT
    assert review["claimReviewed"] == "Les riverains en doutent encore."
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "verified",
        "ratingExplanation": "asked <there> & here",
    }
    assert review["citation"] == [
        {"@type": "CreativeWork", "text": "text: </script><b>seen by =us"},
        {"@type": "WebPage", "url": SHOWN.value, "description": "as of 2031-02-04"},
    ]
    assert review["itemReviewed"]["author"] == {"@type": "Organization", "name": "L'Écho de Brume"}
    assert "3 decisions without evidence" in report.losses
    assert "3 claims that nobody decided" in report.losses


def test_who_said_it_is_the_author_of_the_claim(decided, tmp_path):
    seen = [judge(decided, "Ada Brun", QUOTATION, answer("disputed", evidence=(SHOWN,))).id]
    seen += [judge(decided, name, QUOTATION, answer("disputed")).id for name in ("Bo Dahl", "Ça")]
    decide(decided, QUOTATION, "disputed", seen)
    datasets.export(decided, "claimreview", tmp_path / "out")
    reviews = {one["identifier"]: one for one in lines(tmp_path / "out" / "claimreviews.jsonl")}
    assert set(reviews) == {DOUBT, QUOTATION}
    for one in reviews.values():
        Draft202012Validator(CLAIM_REVIEW).validate(one)
    author = reviews[QUOTATION]["itemReviewed"]["author"]
    assert author == {"@type": "Person", "name": "Zoé Lantier"}


def names(value):
    """All properties and types that stand in a value."""
    if isinstance(value, list):
        return {name for one in value for name in names(one)}
    if not isinstance(value, dict):
        return set()
    own = {name for name in value if not name.startswith("@")} | {value["@type"]}
    return own | {name for one in value.values() for name in names(one)}


def test_all_names_are_of_the_vocabulary(decided, tmp_path):
    datasets.export(decided, "claimreview", tmp_path / "out")
    (review,) = lines(tmp_path / "out" / "claimreviews.jsonl")
    assert names(review) >= {"ClaimReview", "claimReviewed", "reviewRating", "Rating"}
    for name in names(review):
        assert name in namespace.SDO, name


def test_a_review_cannot_end_the_element_it_stands_in(decided, tmp_path):
    datasets.export(decided, "claimreview", tmp_path / "out")
    text = (tmp_path / "out" / "claimreviews.jsonl").read_text(encoding="utf-8")
    page = html.fromstring(
        f'<html><body><script type="application/ld+json">{text}</script><p>end</p></body></html>'
    )
    assert [one.tag for one in page.find("body")] == ["script", "p"]
    assert inert('"<!--"') == '"\\u003c!--"'
