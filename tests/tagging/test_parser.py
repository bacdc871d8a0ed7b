"""The one door to spaCy."""

import json
from functools import cache
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.util import is_package

from annotator.tagging.normalise import normalise
from annotator.tagging.parser import MODELS, load
from annotator.tagging.tokenpattern import shortened
from annotator.tagging.wordclasses import WordClasses


def test_words_carry_article_offsets_and_heads():
    parser = load("fr")
    assert parser is not None and parser.name.startswith("fr_core_news_")
    text = "Inès part.  Le port ferme."
    (words,) = parser.parse([(text, 100)])
    assert [w.text for w in words] == ["Inès", "part", ".", "Le", "port", "ferme", "."]
    assert all(text[w.start - 100 : w.end - 100] == w.text for w in words)
    assert all(words[w.head] and w.index == n for n, w in enumerate(words))


def test_heads_and_offsets_pass_over_white_space():
    text = "Inès   Sorel \n\n parle."
    (words,) = load("fr").parse([(text, 5)])
    assert [w.text for w in words] == ["Inès", "Sorel", "parle", "."]
    assert all(text[w.start - 5 : w.end - 5] == w.text for w in words)
    assert all(0 <= w.head < len(words) for w in words)


@cache
def plain(language):
    """The model as spaCy loads it, with all parts that could change what the rules read."""
    return spacy.load(
        next(model for model in MODELS[language] if is_package(model)),
        exclude=["ner", "lemmatizer"],
    )


def assert_as_spacy(text, language):
    """The parser gives the very words of the whole, model, named entities and lemmas apart."""
    doc = [token for token in plain(language)(text) if not token.is_space]
    (words,) = load(language).parse([(text, 0)])
    assert [(w.start, w.text, w.lower) for w in words] == [(t.idx, t.text, t.lower_) for t in doc]
    assert [(w.pos, w.dep) for w in words] == [(t.pos_, t.dep_) for t in doc]
    assert [w.morph for w in words] == [str(t.morph) for t in doc]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_corpus_is_parsed_as_by_the_whole_model(language):
    for line in Path(f"corpora/gold/{language}.jsonl").read_text(encoding="utf-8").splitlines():
        for paragraph in json.loads(line)["text"].split("\n"):
            if paragraph.strip():
                assert_as_spacy(normalise(paragraph), language)


PARTS = "faux- ex- entr'actes new-york saint-en-l'air aux- l' qu' d’ est-ce n't 's - ’ . ( \" 3,5"
WORDS = st.one_of(st.sampled_from(PARTS.split()), st.text("aéEz-'’. ", max_size=6))


@given(text=st.lists(WORDS, max_size=12).map("".join))
@settings(max_examples=100, deadline=None)
def test_any_text_is_cut_into_the_same_words_as_by_the_whole_model(text):
    (words,) = load("fr").parse([(text, 0)])
    tokens = plain("fr").make_doc(text)
    assert [w.text for w in words] == [t.text for t in tokens if not t.is_space]


@given(text=st.lists(WORDS, max_size=5).map("".join))
@settings(max_examples=200, deadline=None)
def test_the_short_pattern_matches_where_the_long_one_does(text):
    long = plain("fr").tokenizer.token_match
    short = load("fr")._nlp.tokenizer.token_match
    assert bool(short(text)) == bool(long(text))


def test_a_pattern_of_another_form_is_left_as_it_is():
    for pattern in (r"(?iu)(?:a|b)|c", r"\d+", "(?iu)(?:(a)|(?:b)"):
        assert shortened(pattern) == pattern


def test_a_ruler_that_looks_at_more_than_a_word_is_refused():
    pattern = {"patterns": [[{"SHAPE": "Xx"}]], "attrs": {"POS": "NOUN"}, "index": 0}
    with pytest.raises(ValueError, match="another form"):
        WordClasses([pattern])


def test_a_model_is_loaded_once_and_only_where_there_is_one():
    assert load("fr") is load("fr")
    assert load("xx") is None and load("de") is None


def test_empty_text_has_no_words():
    assert list(load("fr").parse([("", 0), ("  ", 3)])) == [[], []]
