"""The whole table of agreement from ratings."""

import math
from dataclasses import asdict, replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model import Claim, Judgement
from annotator.review.ratings import MACHINE, Rating, TagAnswer, rating
from annotator.review.report import Report, agreement, tag_accuracy
from annotator.scheme import default_scheme, parse_scheme

SCHEME = default_scheme()
CLAIM = Claim("c1", 10, 60, 0, "narrator")
KRIPPENDORFF_2011_C = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def rated(claim: str, reviewer: str, veracity: str, *rhetoric: str, spans=()) -> Rating:
    """Return a rating of a claim named article/number."""
    article = claim.split("/")[0]
    labels = {"veracity": (veracity,) if veracity else (), "rhetoric": rhetoric}
    return Rating(article, claim, reviewer, labels, tuple(spans), (0, 40))


def figures(report: Report, axis: str, label: str | None = None) -> dict:
    question = next(one for one in report.questions if (one.axis, one.label) == (axis, label))
    return {figure.name: figure for figure in question.figures}


def words(report: Report, label: str | None = None) -> dict:
    question = next(one for one in report.words if one.label == label)
    return {figure.name: figure for figure in question.figures}


def random_ratings(seed: int, articles: int, claims: int, people: int) -> list[Rating]:
    random = Random(seed)
    made = []
    for claim in range(claims):
        for person in range(people):
            if random.random() < 0.2:
                continue
            rhetoric = [one for one in ("partisan_framing", "sarcasm") if random.random() < 0.3]
            spans = [
                (one, (start, start + 5)) for one in rhetoric if (start := random.randrange(30))
            ]
            veracity = random.choice(("verified", "verified", "disputed", "unverified"))
            name = f"a{claim % articles}/{claim}"
            made.append(rated(name, f"p{person}", veracity, *rhetoric, spans=spans))
    return made


def test_a_published_example_from_ratings_to_figures() -> None:
    labels = "\n".join(
        f'[[axes.labels]]\nid = "{n}"\nkey = "{n}"\nname = "{n}"\ndefinition = ""' for n in "12345"
    )
    scheme = parse_scheme(
        f'name = "x"\n[[axes]]\nid = "kind"\nname = "Kind"\nmany = false\n{labels}', "x.toml"
    )
    ratings = [
        Rating("a", f"c{place:02}", f"p{person}", {"kind": (value,)})
        for person, line in enumerate(KRIPPENDORFF_2011_C)
        for place, value in enumerate(line)
        if value != "."
    ]
    report = agreement(ratings, scheme, resamples=500)
    found = figures(report, "kind")
    alpha = found["Krippendorff's alpha"]
    assert alpha.value == pytest.approx(0.743421, abs=0.5e-4)
    assert (alpha.units, alpha.pairs) == (11, 55)
    # Published for drawing units: (0.41, 1.0).
    assert alpha.low == pytest.approx(0.41, abs=0.05)
    assert alpha.high == pytest.approx(1.0, abs=0.01)
    assert found["Gwet's AC1"].value == pytest.approx(0.77544, abs=0.5e-4)
    assert found["Fleiss' kappa"].reason == "not everyone judged every claim"
    assert (report.claims, report.single, report.articles) == (11, 1, 1)


def test_few_articles_draw_claims_and_warn() -> None:
    few = figures(agreement(random_ratings(1, 9, 60, 3), SCHEME, resamples=20), "veracity")
    many = figures(agreement(random_ratings(1, 10, 60, 3), SCHEME, resamples=20), "veracity")
    assert few["percent agreement"].resampled == "claims"
    assert "fewer than 10 articles (9)" in few["percent agreement"].warning
    assert many["percent agreement"].resampled == "articles"
    assert many["percent agreement"].warning is None


def test_only_articles_with_something_to_compare_count_towards_ten() -> None:
    ratings = random_ratings(1, 9, 60, 3) + [rated(f"b{n}/1", "p0", "verified") for n in range(9)]
    found = figures(agreement(ratings, SCHEME, resamples=20), "veracity")
    assert found["percent agreement"].resampled == "claims"


def test_the_reason_when_everyone_said_the_same() -> None:
    ratings = [rated(f"a/{n}", person, "verified") for n in range(3) for person in ("ana", "ben")]
    report = agreement(ratings, SCHEME, resamples=20)
    alpha = figures(report, "veracity")["Krippendorff's alpha"]
    assert (alpha.value, alpha.reason, alpha.low) == (None, "everyone said verified", None)
    assert (alpha.units, alpha.pairs) == (3, 3)
    sarcasm = figures(report, "rhetoric", "sarcasm")
    assert sarcasm["Krippendorff's alpha"].reason == "everyone said no sarcasm"
    assert sarcasm["positive agreement"].reason == "nobody said sarcasm"
    assert words(report)["F1, same words"].reason == "nobody marked any words where two judged"
    assert words(report)["Krippendorff's alpha, by character"].reason == "everyone said none"
    kappa = next(one for one in report.questions if one.label is None).pairs[0]
    assert kappa[:2] == ("ana", "ben")
    assert kappa[2].reason == "both always said verified"


def test_sets_by_masi_and_labels_each() -> None:
    ratings = [
        rated("a/1", "ana", "verified", "partisan_framing", "sarcasm"),
        rated("a/1", "ben", "verified", "partisan_framing"),
        rated("a/2", "ana", "verified"),
        rated("a/2", "ben", "verified"),
    ]
    report = agreement(ratings, SCHEME, resamples=20)
    found = figures(report, "rhetoric")
    # Distances: {p,s}-{p} 2/3, to the empty set 1. D_o = (2 * 2/3) / 4, D_e = (4/3 + 8) / 12.
    masi = found["Krippendorff's alpha, MASI (Passonneau 2006, 1 - J*M)"]
    assert masi.value == pytest.approx(1 - (1 / 3) / (28 / 36))
    assert found["percent agreement"].value == 0.5
    assert figures(report, "rhetoric", "partisan_framing")["Krippendorff's alpha"].value == 1
    assert figures(report, "rhetoric", "sarcasm")["positive agreement"].value == 0


def test_words_marked() -> None:
    mark = ("partisan_framing", (0, 10))
    ratings = [
        rated("a/1", "ana", "verified", "partisan_framing", spans=[mark]),
        rated("a/1", "ben", "verified", "partisan_framing", spans=[(mark[0], (5, 15))]),
        rated("a/2", "ana", "verified", "partisan_framing", spans=[mark]),
        rated("a/2", "ben", "verified", "partisan_framing", spans=[mark]),
    ]
    found = words(agreement(ratings, SCHEME, resamples=20), "partisan_framing")
    assert found["F1, same words"].value == 0.5
    assert found["F1, overlapping words"].value == 1
    alpha = found["Krippendorff's alpha, by character"]
    # 80 characters, 10 of them marked by one only; 40 of 160 marks in all.
    assert alpha.value == pytest.approx(1 - (10 / 80) / (2 * 40 * 120 / (160 * 159)))
    assert (alpha.units, alpha.pairs) == (80, 80)


def test_confusions_name_the_claims_behind_them() -> None:
    ratings = [
        rated("a/2", "ana", "disputed", "sarcasm"),
        rated("a/2", "ben", "verified"),
        rated("a/1", "ana", "verified"),
        rated("a/1", "ben", "disputed"),
        rated("a/1", "cem", "unverified"),
        rated("a/3", "ana", "disputed"),
    ]
    found = {
        (one.axis, one.first, one.second): one.claims
        for one in agreement(ratings, SCHEME, resamples=2).confusions
    }
    assert found == {
        ("veracity", "verified", "disputed"): ("a/1", "a/2"),
        ("veracity", "verified", "unverified"): ("a/1",),
        ("veracity", "disputed", "unverified"): ("a/1",),
        ("rhetoric", "sarcasm", None): ("a/2",),
    }
    assert next(iter(found)) == ("veracity", "verified", "disputed")


def test_by_article_and_by_reviewer() -> None:
    ratings = [
        rated("a/1", "ana", "verified"), rated("a/1", "ben", "verified"),
        rated("b/1", "ana", "verified"), rated("b/1", "ben", "disputed"),
        rated("b/1", "cem", "disputed"), rated("c/1", "cem", "disputed"),
    ]  # fmt: skip
    report = agreement(ratings, SCHEME, resamples=20)
    by_article = {
        line.subject: line.figures[0].value for line in report.by_article if line.axis == "veracity"
    }
    assert by_article == {"a": 1, "b": pytest.approx(1 / 3)}
    by_reviewer = {
        line.subject: (line.figures[0].value, line.figures[0].pairs)
        for line in report.by_reviewer
        if line.axis == "veracity"
    }
    assert by_reviewer == {"ana": (1 / 3, 3), "ben": (2 / 3, 3), "cem": (1 / 2, 2)}


def test_by_article_is_the_same_whatever_is_drawn() -> None:
    few = random_ratings(4, 9, 50, 3)
    more = few + [rated(f"z{n}/1", who, "verified") for n in range(3) for who in ("p0", "p1")]
    lines = {
        (one.subject, one.axis): one for one in agreement(more, SCHEME, resamples=2).by_article
    }
    for line in agreement(few, SCHEME, resamples=2).by_article:
        assert lines[line.subject, line.axis] == line


def test_what_to_expect_stands_beside_the_figures() -> None:
    report = agreement([], SCHEME)
    expected = {one.label or one.axis: one.expected for one in report.questions}
    assert (expected["partisan_framing"].low, expected["partisan_framing"].high) == (0.35, 0.45)
    assert expected["verified"] is None
    assert report.words[0].expected.coefficient == "F1"


def test_no_ratings_give_reasons_and_no_values() -> None:
    report = agreement([], SCHEME)
    assert all(
        figure.value is None and figure.reason
        for question in report.questions + report.words
        for figure in question.figures
    )
    assert report.by_article == report.by_reviewer == ()
    assert [(one.subject, one.axis) for one in report.tags] == [
        (MACHINE, "speaker"), (MACHINE, "kind")
    ]  # fmt: skip
    assert {one.figures[0].reason for one in report.tags} == {"no decision that holds says it"}


def test_labels_the_scheme_does_not_know_are_counted() -> None:
    ratings = [rated("a/1", "ana", "retired"), rated("a/1", "ben", "verified")]
    report = agreement(ratings, SCHEME, resamples=2)
    assert figures(report, "veracity", "retired")["positive agreement"].value == 0
    assert report.confusions[0].second == "retired"


def test_two_ratings_of_a_claim_by_one_person_are_an_error() -> None:
    with pytest.raises(ValueError, match="two ratings of claim a/1 by ana"):
        agreement([rated("a/1", "ana", "verified"), rated("a/1", "ana", "disputed")], SCHEME)


def test_tags_against_decisions() -> None:
    answers = [
        TagAnswer(f"a{n % 10}", f"t{n}", "speaker", by, right)
        for n in range(20)
        for by, right in ((MACHINE, n < 15), ("ana", True))
    ]
    ana, machine, kind = tag_accuracy(answers, resamples=200)
    assert (ana.subject, ana.figures[0].value, machine.figures[0].value) == ("ana", 1, 0.75)
    figure = machine.figures[0]
    assert (machine.axis, figure.units, figure.resampled) == ("speaker", 20, "articles")
    assert figure.low < 0.75 < figure.high
    assert (kind.subject, kind.axis, kind.figures[0].value) == (MACHINE, "kind", None)
    assert agreement([], SCHEME, answers[::-1], resamples=200).tags == (ana, machine, kind)


def test_a_judgement_becomes_a_rating_once_it_is_finished() -> None:
    begun = Judgement({"rhetoric": ("sarcasm",)}, (("sarcasm", (12, 20)),))
    assert rating("a", CLAIM, "ana", begun, SCHEME) is None
    done = replace(begun, labels={"veracity": ("verified",)})
    assert rating("a", CLAIM, "ana", done, SCHEME) == Rating(
        "a",
        "c1",
        "ana",
        {"veracity": ("verified",), "rhetoric": ()},
        (("sarcasm", (12, 20)),),
        (10, 60),
    )


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.randoms())
def test_order_changes_nothing_and_there_is_no_nan(seed: int, articles: int, random) -> None:
    ratings = random_ratings(seed, articles, 24, 3)
    report = agreement(ratings, SCHEME, resamples=20)
    random.shuffle(ratings)
    assert agreement(ratings, SCHEME, resamples=20) == report

    def numbers(part):
        if isinstance(part, dict):
            part = list(part.values())
        if isinstance(part, list | tuple):
            return [number for one in part for number in numbers(one)]
        return [part] if isinstance(part, float) else []

    assert all(math.isfinite(number) for number in numbers(asdict(report)))
    for question in report.questions + report.words:
        for figure in (*question.figures, *(pair[2] for pair in question.pairs)):
            assert (figure.value is None) == (figure.reason is not None)
            assert figure.low is None or figure.low <= figure.high
