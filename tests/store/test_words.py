from __future__ import annotations

import re
import sqlite3
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from annotator.store.words import Query, fold, hits, hits_of_all, parse_query, wording, words

scraps = st.text(st.sampled_from("aéÉœŒ ’'-«\"»­́ﬁ™½م١ıß9_"), max_size=30)
texts = st.one_of(st.text(max_size=40), scraps)


def test_words_are_folded():
    assert words("L’Œuvre de Qaïda, à l'État — ﬁn du co\u00admité n° 2 000 ?") == (
        "l oeuvre de qaida a l etat fin du comite no 2 000".replace("no", "n").split()
    )


def test_decomposed_letters_are_the_same_words():
    text = "Été à Bréval"
    assert words(unicodedata.normalize("NFD", text)) == words(text) == ["ete", "a", "breval"]


def test_a_query_is_words_phrases_and_a_beginning():
    assert parse_query("l'État qaï") == Query((("l", "etat"), ("qai",)), prefix=True)
    assert parse_query('"cessez le feu" à').phrases == (("cessez", "le", "feu"), ("a",))
    assert not parse_query("rien de").prefix, "too many words begin with two letters"
    assert not parse_query('port "mer"').prefix
    assert parse_query('port "mer').prefix, "the closing mark is still to come"
    assert parse_query("« » \" ''") == Query((), prefix=False)


def test_hits_are_where_the_words_stand():
    text = "« Al-Qai\u0308da » et l’œuvre d’Al-Qaïda"
    found = hits(text, parse_query("al-qaida oeu"))
    assert [text[start:end] for start, end in found] == ["Al-Qai\u0308da", "œuvre", "Al-Qaïda"]
    assert hits("portes", parse_query('"port"')) == ()
    assert hits("portes", parse_query("port")) == ((0, 6),)


@given(text=texts)
def test_a_text_is_folded_letter_by_letter(text: str):
    assert fold(fold(text)) == fold(text)
    assert fold(text) == "".join(fold(char) for char in text)


@given(text=texts, other=texts)
def test_the_index_and_the_hits_agree_and_nothing_is_an_error(text: str, other: str):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE f USING fts5 (text, content='', tokenize='ascii')")
    connection.execute("INSERT INTO f (rowid, text) VALUES (1, ?)", (" ".join(words(text)),))
    query = parse_query(other)
    if query.phrases:
        rows = connection.execute("SELECT rowid FROM f WHERE f MATCH ?", (query.match,)).fetchall()
        every = all(
            hits(text, Query((phrase,), query.prefix and phrase is query.phrases[-1]))
            for phrase in query.phrases
        )
        assert bool(rows) == every
    connection.close()


@given(text=texts)
def test_every_word_of_a_text_is_found_in_it(text: str):
    for word in words(text):
        found = hits(text, Query(((word,),), prefix=False))
        assert found and all(word in words(text[start:end]) for start, end in found)
    assert all(re.fullmatch(r"[^\W_]+", word) for word in words(text))


def test_the_same_words_have_the_same_wording():
    assert wording("« Le port est sûr. »") == wording("le PORT est sur") != wording("le port est")
    assert wording("le port") is None


def test_words_are_only_marked_where_all_of_them_are():
    both = parse_query("port barrage")
    assert hits_of_all("le barrage et le port", both) == hits("le barrage et le port", both)
    assert hits_of_all("le port", both) == () and hits("le port", both) == ((3, 7),)
    assert hits_of_all("le port", parse_query("")) == ()
