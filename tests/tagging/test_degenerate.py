"""Texts that no newspaper prints: they must come through whole, and soon."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.tagging.parser import LONGEST_RUN, load
from annotator.tagging.stretches import LONGEST_SEGMENT, MOST
from annotator.tagging.tagger import Tagger

TAGGER = Tagger()
PROSE = (
    "La mairie de Brévent a rouvert le pont. « Nous avons tenu parole », a déclaré Inès Sorel. "
    "Selon un riverain, les travaux ont duré trop longtemps. Elle a ajouté que tout était prêt.\n"
)
UNITS = {
    "opening marks": "« ",
    "closing marks": "Il a dit. Non » ",
    "straight marks": '"non" a dit ',
    "one word": "mot",
    "brackets": "([{",
    "round brackets": "(",
    "chained reports": "a dit que ",
    "elisions": "l'",
    "stops": "... ",
    "spaces": " \n",
    "flags": "🇫🇷",
    "marks on letters": "e\u0301\u0302",
    "unclosed lines": "Il dit : « non\n",
    "posts": "Oui – Inès Sorel (@sorel) 4 décembre 2024\n",
    "prose": PROSE,
}


def covered(text, tagging):
    """Whether the segments hold every character that is no space, in order, without overlap."""
    edges = [0, *(edge for s in tagging.segments for edge in (s.start, s.end)), len(text)]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return edges == sorted(edges) and not any(text[a:b].strip() for a, b in gaps)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
@pytest.mark.parametrize("language", ["fr", "xx"])
def test_a_text_of_one_repeated_unit_is_covered(unit, language):
    size = 3_000 if " dit " in unit else 12_000
    text = (unit * size)[:size]
    tagging = TAGGER.tag(text, language)
    assert covered(text, tagging)
    spans = [span for a in tagging.attributions for span in (*a.content, *a.cue, *a.source)]
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_nested_brackets_are_covered():
    text = "(" * 10_000 + " dit-il " + ")" * 10_000
    assert covered(text, TAGGER.tag(text, "fr"))


def test_a_run_without_spaces_reaches_the_model_only_by_its_beginning():
    text = "Inès part. " + "(" * 5_000 + " Le port ferme."
    (words,) = load("fr").parse([(text, 0)])
    assert max(word.end for word in words if word.text == "(") == len("Inès part. ") + LONGEST_RUN
    assert [word.text for word in words[-4:]] == ["Le", "port", "ferme", "."]
    assert words[-2].start == text.index("ferme")


def test_no_segment_is_endless():
    text = "mot " * 3_000 + "é" * 9_000
    tagging = TAGGER.tag(text, "fr")
    assert max(s.end - s.start for s in tagging.segments) <= LONGEST_SEGMENT
    assert covered(text, tagging)


def test_every_stretch_of_a_long_text_gives_its_attributions_in_their_places():
    copies = 2 * MOST // len(PROSE)
    text = PROSE * copies
    tagging = TAGGER.tag(text, "fr")
    said = "Nous avons tenu parole"
    found = [a for a in tagging.attributions if text[slice(*a.content[0])] == said]
    assert len(found) == copies
    assert {a.speaker for a in found} == {"Inès Sorel"}
    assert all(text[slice(*a.cue[0])] == "a déclaré" for a in found)
    assert all(a.content[0] < b.content[0] for a, b in pairwise(found))
    assert covered(text, tagging)


SIGNS = st.sampled_from(
    [*"«»“”„\"'‘’()[]—–-:.,!?…\n\r\t @#/\u00a0\u202f\u200d", "a dit que ", "said "]
)
TEXTS = st.lists(st.one_of(SIGNS, st.text(max_size=8)), max_size=40).map("".join)


@given(text=TEXTS, language=st.sampled_from(["fr", "en", "xx", "und"]))
@settings(max_examples=150, deadline=None)
def test_no_text_at_all_fails(text, language):
    assert covered(text, TAGGER.tag(text, language))
