"""What each character of an article is, where claims are, and answers as letters."""

from dataclasses import replace

import pytest

from annotator.model import Attribution, Judgement, Segment
from annotator.review.corrections import superseded_by
from annotator.scheme import default_scheme, parse_scheme
from annotator.tui.page import CUE, QUOTE, REPORT, SOURCE, Page, letters, runs

from .helpers import TEXT, at, bridge, tagged


def role_of(page: Page, words: str) -> set[int]:
    start, end = at(page.text, words)
    segment = page.segment_at(start)
    base = page.segments[segment].start
    return set(page.roles(segment)[start - base : end - base])


def test_roles():
    page = Page(*bridge())
    assert role_of(page, "La maire, Odile Varenne") == {SOURCE}
    assert role_of(page, "a annoncé") == {CUE}
    assert role_of(page, "que le pont resterait fermé") == {REPORT}
    assert role_of(page, "Nous ne rouvrirons pas avant l’été") == {QUOTE}
    assert role_of(page, "Des habitants parlent") == {0}


def test_what_is_inside_a_content_wins():
    text = "Il dit que « Max a crié : halte » hier."
    whole = Segment(0, len(text), "sentence")
    outer = Attribution((at(text, "que « Max a crié : halte »"),), "indirect")
    inner = Attribution(
        (at(text, "halte"),), "direct", (at(text, "a crié"),), (at(text, "Max"),), "Max"
    )
    page = Page(*tagged(text, [whole], [inner, outer]))
    assert role_of(page, "que «") == {REPORT}
    assert role_of(page, "Max") == {SOURCE}
    assert role_of(page, "a crié") == {CUE}
    assert role_of(page, "halte") == {QUOTE}


def test_a_quotation_over_two_sentences_marks_both():
    text = "« Un mot. Deux mots », dit-elle."
    parts = [Segment(0, at(text, "mot.")[1], "sentence"), Segment(10, len(text), "sentence")]
    said = Attribution((at(text, "Un mot. Deux mots"),), "direct", (at(text, "dit-elle"),))
    page = Page(*tagged(text, parts, [said]))
    assert role_of(page, "Un mot.") == role_of(page, "Deux mots") == {QUOTE}


def test_runs_join_to_the_whole():
    roles = bytes([0, 0, 2, 2, 2, 0, 4])
    assert list(runs(roles)) == [(0, 2, 0), (2, 5, 2), (5, 6, 0), (6, 7, 4)]
    assert list(runs(b"\n\n")) == [(0, 2, 10)]


def test_the_closest_claim_is_under_the_mouse():
    page = Page(*bridge())
    quote = page.claim_at(at(TEXT, "rouvrirons")[0])
    assert TEXT[quote.start : quote.end] == "Nous ne rouvrirons pas avant l’été"
    # Beside the quotation there is no claim on the walk: the segment's first one is meant.
    assert page.claim_at(at(TEXT, "a-t-elle déclaré")[0]) == quote


def test_blank_lines_of_the_article_stay():
    page = Page(*bridge())
    assert page.gaps == [False, True, False, True]


def test_where_lines_are_paragraphs_each_is_set_apart_but_lines_of_a_post_are_not():
    lines = ["Un.", "Deux.", "Vu du pont ce matin", "Suite du message", "- Ana (@ana)", "Trois."]
    kinds = ["sentence", "sentence", "post", "post", "byline", "sentence"]
    segments, start = [], 0
    for line, kind in zip(lines, kinds, strict=True):
        segments.append(Segment(start, start + len(line), kind))
        start += len(line) + 1
    page = Page(*tagged("\n".join(lines), segments))
    assert page.gaps == [False, True, True, False, False, True]


@pytest.mark.parametrize(
    ("judgement", "signs"),
    [
        (None, "·"),
        (Judgement({"veracity": ("verified",)}), "v"),
        (Judgement({"veracity": ("unverified",)}), "u"),
        (Judgement({"rhetoric": ("partisan_framing", "sarcasm")}), "·ps"),
        (Judgement({"veracity": ("disputed",), "rhetoric": ("sarcasm",)}, unsure=True), "ds?"),
        (Judgement(unsure=True), "·?"),
        (Judgement({"veracity": ("of_another_scheme",)}), "o"),
    ],
)
def test_letters(judgement, signs):
    assert letters(default_scheme(), judgement) == signs


def test_letters_with_two_questions():
    axis = '[[axes]]\nid="{0}"\nname="{0}"\nmany=false\n[[axes.labels]]\nid="{1}"\nkey="{1}"\n'
    text = 'name="two"\n' + "".join(
        axis.format(name, key) + 'name="x"\ndefinition="y"\n' for name, key in ["ab", "cd"]
    )
    scheme = parse_scheme(text, "two")
    assert letters(scheme, Judgement({"a": ("b",)})) == "b·"


def test_superseded_claims_stand_in_their_place_beside_the_walk():
    made, tagging = bridge()
    gone = [one for one in tagging.claims if one.voice == "direct"]
    (old,) = superseded_by(tagging, [replace(gone[0], id="0" * 32, end=gone[0].end - 3, segment=0)])
    page = Page(made, tagging, [old])
    there = page.walk.claim("0" * 32)
    assert (there.segment, there.walk, there.attributions) == (2, False, ())
    assert page.successor(there) == gone[0]
    assert page.walk.narrator(there) == page.walk.narrator(gone[0])
    assert page.walk.step(there, 1) == page.walk.step(gone[0], 1)
    assert there in page.claims(2) and page.tagging == tagging
