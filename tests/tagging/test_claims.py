"""Claims: the stretches that are judged, their voice, and which of them are on the walk."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Attribution, Segment, claim_id
from annotator.tagging.claims import claims

ARTICLE = "0" * 32


def spans(text, *parts):
    return tuple((text.index(part), text.index(part) + len(part)) for part in parts)


def attribution(text, content, cue=(), source=(), kind="indirect"):
    return Attribution(spans(text, *content), kind, spans(text, *cue), spans(text, *source))


def sentences(text, kind="sentence"):
    return [Segment(m.start(), m.end(), kind) for m in re.finditer(r"[^.\s][^.]*\.?»?", text)]


def told(text, found):
    return [(c.voice, text[c.start : c.end], c.attributions, c.walk) for c in found]


def test_a_segment_without_attributions_is_the_narrators():
    text = "Il pleut."
    (claim,) = claims(ARTICLE, text, [Segment(0, 9, "sentence")], [], [(3, 8)])
    assert (claim.voice, claim.walk, claim.attributions) == ("narrator", True, ())
    assert claim.id == claim_id(ARTICLE, 0, 9, attributed=False)


@pytest.mark.parametrize(
    ("text", "verbs", "on_walk"),
    [
        ("Lise dit qu'il pleut.", ["dit", "pleut"], False),
        ("Alors que le feu gagne, Lise dit qu'il pleut.", ["gagne", "dit", "pleut"], True),
    ],
)
def test_the_narrators_claim_is_on_the_walk_for_a_verb_of_its_own(text, verbs, on_walk):
    said = attribution(text, ["il pleut"], ["dit"], ["Lise"])
    found = claims(ARTICLE, text, [Segment(0, len(text), "sentence")], [said], spans(text, *verbs))
    assert told(text, found) == [
        ("narrator", text, (), on_walk),
        ("indirect", "il pleut", (0,), True),
    ]
    assert found[1].id == claim_id(ARTICLE, *spans(text, "il pleut")[0], attributed=True)


@pytest.mark.parametrize(
    ("text", "on_walk"),
    [("Hier, Lise dit qu'il pleut.", False), ("Hier soir tard, Lise dit qu'il pleut.", True)],
)
def test_without_a_model_three_words_outside_do(text, on_walk):
    said = attribution(text, ["qu'il pleut"], ["dit"], ["Lise"])
    found = claims(ARTICLE, text, [Segment(0, len(text), "sentence")], [said], None)
    assert found[0].walk is on_walk


def test_a_content_of_several_sentences_gives_a_claim_in_each():
    text = "«Il pleut. Il vente. Il neige», dit Lise."
    quoted = Attribution(((1, text.index("»")),), "direct", spans(text, "dit"), spans(text, "Lise"))
    found = claims(ARTICLE, text, sentences(text), [quoted], None)
    assert told(text, [c for c in found if c.attributions]) == [
        ("direct", "Il pleut.", (0,), True),
        ("direct", "Il vente.", (0,), True),
        ("direct", "Il neige", (0,), True),
    ]


def test_an_incise_does_not_split_the_claim():
    text = "«Il pleut, dit Lise, et il vente.»"
    quoted = attribution(text, ["Il pleut", "et il vente."], ["dit"], ["Lise"], "direct")
    found = claims(ARTICLE, text, [Segment(0, len(text), "sentence")], [quoted], None)
    assert text[found[1].start : found[1].end] == "Il pleut, dit Lise, et il vente."


def test_the_innermost_gives_the_voice_of_a_shared_stretch():
    text = "Selon Lune, il pleut. Il vente."
    segments = [Segment(0, 21, "sentence"), Segment(22, len(text), "sentence")]
    outer = Attribution(((12, len(text)),), "indirect", spans(text, "Selon"), spans(text, "Lune"))
    inner = Attribution(((12, 21),), "mixed")
    found = claims(ARTICLE, text, segments, [outer, inner], None)
    assert told(text, [c for c in found if c.attributions]) == [
        ("mixed", "il pleut.", (1, 0), True),
        ("indirect", "Il vente.", (0,), True),
    ]


def test_of_equal_contents_the_one_with_the_nearer_cue_is_innermost():
    text = "X cite une source qui a dit «Il pleut»."
    far = attribution(text, ["Il pleut"], ["cite"], ["X"], "indirect")
    near = attribution(text, ["Il pleut"], ["a dit"], ["une source"], "direct")
    found = claims(ARTICLE, text, [Segment(0, len(text), "sentence")], [far, near], None)
    assert (found[1].voice, found[1].attributions) == ("direct", (1, 0))


def test_whatever_is_in_a_post_is_in_its_voice():
    text = "Il pleut!"
    tweet = Attribution(((0, 8),), "direct")
    found = claims(ARTICLE, text, [Segment(0, 9, "post")], [tweet], [])
    assert [(c.voice, c.walk) for c in found] == [("post", False), ("post", True)]


@pytest.mark.parametrize("kind", ["byline", "other"])
def test_bylines_and_others_are_off_the_walk(kind):
    text = "Par Lise"
    found = claims(ARTICLE, text, [Segment(0, 8, kind)], [Attribution(((4, 8),), "direct")], None)
    assert [c.walk for c in found] == [False, False]


def test_white_space_at_the_ends_of_a_content_does_not_count():
    text = "Il pleut. \n Il vente."
    segments = [Segment(0, 9, "sentence"), Segment(12, 21, "sentence")]
    found = claims(ARTICLE, text, segments, [Attribution(((0, 12),), "direct")], None)
    assert [c.segment for c in found if c.attributions] == [0]


@given(st.data())
def test_claims_lie_in_their_segment_in_walk_order_with_ids_of_their_own(data):
    text = data.draw(st.text("ab. \n", min_size=1, max_size=60))
    segments = [
        Segment(m.start(), m.end(), "sentence") for m in re.finditer(r"\S[^.\n]*\S|\S", text)
    ]
    edge = st.integers(0, len(text) - 1)
    span = st.tuples(edge, edge).map(lambda pair: (min(pair), max(pair) + 1))
    some = st.lists(span, min_size=1, max_size=3).map(lambda found: tuple(sorted(found)))
    drawn = st.lists(st.builds(Attribution, some, st.just("direct"), some, some), max_size=5)
    attributions = data.draw(drawn)
    found = claims(ARTICLE, text, segments, attributions, data.draw(st.none() | st.lists(span)))
    assert len({c.id for c in found}) == len(found)
    assert [(c.segment, c.start, -c.end) for c in found] == sorted(
        (c.segment, c.start, -c.end) for c in found
    )
    for claim in found:
        segment = segments[claim.segment]
        assert segment.start <= claim.start < claim.end <= segment.end
    for index, segment in enumerate(segments):
        assert any(c.walk for c in found if c.segment == index)
        touching = {
            n
            for n, one in enumerate(attributions)
            for start, end in one.content
            if text[max(start, segment.start) : min(end, segment.end)].strip()
        }
        listed = [n for c in found if c.segment == index for n in c.attributions]
        assert sorted(listed) == sorted(touching)
