"""A tagging with corrections on top: what changes, and all that does not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Attribution, Segment, Tagging, digest
from annotator.tagging.claims import claims
from annotator.tagging.lookup import Lookup
from annotator.tagging.overlay import (
    ADDED,
    CORRECTED,
    CutCorrection,
    TagCorrection,
    corrected,
    cut_id,
)

TEXT = (
    "Le phare de Verlac ferme. Alors que le vent tombe, Ana Brovic a dit que la côte est sûre. "
    "« Nous partons », a ajouté Luc Ferran. Il neige ; il vente."
)


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


SAID = Attribution(
    (at("que la côte est sûre"),), "indirect", (at("a dit"),), (at("Ana Brovic"),),
    "Ana Brovic", "person", rule="verb",
)  # fmt: skip
ADDED_BY_LUC = Attribution(
    (at("Nous partons"),), "direct", (at("a ajouté"),), (at("Luc Ferran"),), "Luc Ferran"
)
ARTICLE = digest(TEXT)


def tagged(text: str, attributions: tuple[Attribution, ...], verbs=()) -> Tagging:
    segments = tuple(
        Segment(match.start(), match.end(), "sentence")
        for match in re.finditer(r"\S[^.]*\.?", text)
    )
    made = claims(digest(text), text, segments, attributions, verbs)
    return Tagging(digest(text), "fr", "a model", "1", segments, attributions, made)


# No verb of the narrator's own, says the model; by the rule without it there would be enough words.
TAGGING = tagged(TEXT, (SAID, ADDED_BY_LUC))


def bare(attribution: Attribution) -> Attribution:
    return replace(attribution, rule="")


def change(attribution: Attribution, **changes) -> TagCorrection:
    was = bare(attribution)
    return TagCorrection(attribution.id(ARTICLE), was, replace(was, **changes))


def removal(attribution: Attribution) -> TagCorrection:
    return TagCorrection(attribution.id(ARTICLE), bare(attribution), None)


def addition(attribution: Attribution) -> TagCorrection:
    return TagCorrection(attribution.id(ARTICLE), None, bare(attribution))


def cut(words: str, now: bool) -> CutCorrection:
    start = at(words)[0]
    return CutCorrection(cut_id(ARTICLE, start), start, not now, now)


def told(tagging: Tagging, segment: int | None = None):
    """What is shown of the claims, in words that do not depend on indices."""
    return [
        (
            claim.id, claim.start, claim.end, claim.voice, claim.walk,
            tagging.segments[claim.segment],
            [tagging.attributions[one] for one in claim.attributions],
        )
        for claim in tagging.claims
        if segment is None or claim.segment == segment
    ]  # fmt: skip


def test_another_speaker_changes_no_claim():
    seen = corrected(TEXT, TAGGING, [change(SAID, speaker="la mairie", speaker_type=None)])
    assert seen.tagging.claims == TAGGING.claims
    shown = seen.tagging.attributions[0]
    assert (shown.speaker, shown.speaker_type, shown.rule) == ("la mairie", None, CORRECTED)
    assert seen.tagging.attributions[1] == ADDED_BY_LUC
    assert seen.target(shown) == SAID.id(ARTICLE)
    assert seen.machine is TAGGING and seen.without_base == ()


def test_another_kind_changes_the_voice_and_keeps_what_the_model_saw():
    seen = corrected(TEXT, TAGGING, [change(SAID, kind="mixed")])
    (narrator, claim) = [one for one in seen.tagging.claims if one.segment == 1]
    assert (claim.voice, claim.id) == ("mixed", TAGGING.claims[2].id)
    assert narrator.walk is False
    assert told(seen.tagging, 2) == told(TAGGING, 2)


def test_other_content_gives_another_claim_and_the_rule_without_a_model():
    seen = corrected(TEXT, TAGGING, [change(SAID, content=(at("la côte est sûre"),))])
    narrator, claim = (one for one in seen.tagging.claims if one.segment == 1)
    assert TEXT[claim.start : claim.end] == "la côte est sûre"
    assert narrator.walk is True
    assert [told(seen.tagging, one) for one in (0, 2, 3)] == [
        told(TAGGING, one) for one in (0, 2, 3)
    ]


def test_a_removed_attribution_leaves_the_narrator_and_the_others_as_they_were():
    seen = corrected(TEXT, TAGGING, [removal(SAID)])
    assert seen.tagging.attributions == (ADDED_BY_LUC,)
    (claim,) = [one for one in seen.tagging.claims if one.segment == 1]
    assert (claim.voice, claim.walk) == ("narrator", True)
    assert told(seen.tagging, 2) == told(TAGGING, 2)


def test_an_added_attribution_gives_its_claim():
    missed = Attribution((at("il vente"),), "direct", speaker="Zoé")
    seen = corrected(TEXT, TAGGING, [addition(missed)])
    claim = seen.tagging.claims[-1]
    assert TEXT[claim.start : claim.end] == "il vente"
    shown = seen.tagging.attributions[claim.attributions[0]]
    assert (shown.speaker, shown.rule) == ("Zoé", ADDED)
    assert seen.target(shown) == missed.id(ARTICLE)


def test_an_added_attribution_that_another_tagger_found_is_there_once():
    seen = corrected(TEXT, TAGGING, [addition(replace(SAID, speaker="Zoé"))])
    assert [one.speaker for one in seen.tagging.attributions] == ["Zoé", "Luc Ferran"]
    assert seen.without_base == ()


def test_a_correction_into_what_is_there_already_shows_it_once():
    twin = replace(bare(SAID), content=ADDED_BY_LUC.content, kind="direct")
    twin = replace(twin, cue=ADDED_BY_LUC.cue, source=ADDED_BY_LUC.source)
    seen = corrected(TEXT, TAGGING, [TagCorrection(SAID.id(ARTICLE), bare(SAID), twin)])
    assert [one.speaker for one in seen.tagging.attributions] == ["Ana Brovic"]


def test_a_split_and_a_join():
    seen = corrected(TEXT, TAGGING, [cut("il vente", True), cut("Alors", False)])
    words = [TEXT[one.start : one.end] for one in seen.tagging.segments]
    assert words[0].startswith("Le phare") and words[0].endswith("sûre.")
    assert words[2:] == ["Il neige ;", "il vente."]
    assert told(seen.tagging, 1) == told(TAGGING, 2)
    assert [one.segment for one in seen.tagging.claims] == [0, 0, 1, 1, 2, 3]


def test_what_is_not_there_is_skipped_and_listed():
    gone = replace(SAID, content=(at("Le phare"),))
    inside, mixed = cut("hare", False), cut("Alors", False)
    kinds = (replace(TAGGING.segments[0], kind="headline"), *TAGGING.segments[1:])
    headed = replace(TAGGING, segments=kinds)
    seen = corrected(TEXT, headed, [change(gone, speaker="x"), inside, mixed, removal(gone)])
    assert seen.tagging is headed
    assert seen.without_base == (mixed, removal(gone))


@pytest.mark.parametrize("offset", [-1, len(TEXT), len(TEXT) + 9])
def test_a_cut_outside_the_text_is_without_base(offset: int):
    one = CutCorrection(cut_id(ARTICLE, offset), offset, False, True)
    assert corrected(TEXT, TAGGING, [one]).without_base == (one,)


def test_no_cut_inside_a_character():
    text = "Il pleut e\u0301t il vente."
    tagging = tagged(text, ())
    place = text.index("\u0301")
    one = CutCorrection(cut_id(digest(text), place), place, False, True)
    assert corrected(text, tagging, [one]).without_base == (one,)


def test_the_last_correction_of_a_target_counts():
    first, last = change(SAID, speaker="x"), change(SAID, kind="direct")
    assert corrected(TEXT, TAGGING, [first, last]) == corrected(TEXT, TAGGING, [last])


# --- laws ---------------------------------------------------------------------------------------

WORDS = [match.span() for match in re.finditer(r"\w+", TEXT)]
spans = st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(
    lambda pair: ((min(pair[0][0], pair[1][0]), max(pair[0][1], pair[1][1])),)
)
few = st.one_of(st.just(()), spans)
attributions = st.builds(
    Attribution, spans, st.sampled_from(["direct", "indirect", "mixed"]), few, few,
    st.sampled_from(["Zoé", None]),
)  # fmt: skip
machine = st.sampled_from([SAID, ADDED_BY_LUC])
corrections = st.lists(
    st.one_of(
        st.builds(lambda one, to: TagCorrection(one.id(ARTICLE), bare(one), to), machine,
                  st.one_of(st.none(), attributions)),
        attributions.map(addition),
        st.builds(
            lambda start, now: CutCorrection(cut_id(ARTICLE, start), start, not now, now),
            st.sampled_from([start for start, _ in WORDS]), st.booleans(),
        ),
    ),
    max_size=6,
)  # fmt: skip


@given(corrections)
def test_what_is_shown_is_a_sound_tagging(some):
    seen = corrected(TEXT, TAGGING, some).tagging
    covered = 0
    for segment in seen.segments:
        assert covered <= segment.start < segment.end
        assert not TEXT[covered : segment.start].strip()
        covered = segment.end
    assert not TEXT[covered:].strip()
    ids = [one.id(ARTICLE) for one in seen.attributions]
    assert len(set(ids)) == len(ids)
    fresh = claims(ARTICLE, TEXT, seen.segments, seen.attributions, None)
    assert [replace(one, walk=True) for one in seen.claims] == [
        replace(one, walk=True) for one in fresh
    ]


@given(corrections)
def test_untouched_segments_keep_their_claims(some):
    seen = corrected(TEXT, TAGGING, some).tagging
    before = {*TAGGING.attributions}
    now = {*seen.attributions}
    moved = [span for one in before ^ now for span in (*one.content, *one.cue, *one.source)]
    for old, segment in enumerate(TAGGING.segments):
        if segment in seen.segments and not any(
            start < segment.end and segment.start < end for start, end in moved
        ):
            assert told(seen, seen.segments.index(segment)) == told(TAGGING, old)


@given(corrections, st.randoms(use_true_random=False))
def test_cuts_do_not_depend_on_their_order(some, order):
    cuts = list({one.target: one for one in some if isinstance(one, CutCorrection)}.values())
    shuffled = order.sample(cuts, len(cuts))
    assert corrected(TEXT, TAGGING, cuts).tagging == corrected(TEXT, TAGGING, shuffled).tagging


@given(corrections)
def test_every_correction_is_listed_once_and_targets_lead_back(some):
    seen = corrected(TEXT, TAGGING, some)
    assert {one.target for one in seen.corrections} == {one.target for one in some}
    assert set(seen.without_base) <= set(seen.corrections)
    for index, target in seen.targets.items():
        assert seen.target(seen.tagging.attributions[index]) == target
        assert bare(seen.tagging.attributions[index]) == seen.correction(target).now


LOOKUP = Lookup(TAGGING)


@given(corrections)
def test_what_was_looked_up_before_makes_no_difference(some):
    with_it = corrected(TEXT, TAGGING, some, LOOKUP)
    assert with_it == corrected(TEXT, TAGGING, some)
    assert with_it.lookup is LOOKUP
