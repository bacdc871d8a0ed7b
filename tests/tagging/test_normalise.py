"""The text a model sees: same length, nothing exotic left. All texts are invented."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.tagging.normalise import normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("L’eau qu‘on boit", "L'eau qu'on boit"),
        ("«\xa0Non\u202f!\xa0» dit-il, “oui” et „si“", '" Non ! " dit-il, "oui" et "si"'),
        ("à\u200bpart\ufeff\tou\x07", "à part  ou "),
        ("fin.\r\nDébut", "fin. \nDébut"),
        ("@lise_orvel annonce #Brévault#Non", "Xxxxxxxxxxx annonce  Brévault Non"),
        ("voir https://ville.example/a?b=1, merci", "voir Xxxxxxxxxxxxxxxxxxxxxxxxxxx, merci"),
        ("pic.twitter.com/aB1. Fin", "Xxxxxxxxxxxxxxxxxxx. Fin"),
        ("écrire à lise@ville.example", "écrire à lise@ville.example"),
        ("⚡️Feu 👩‍🚒 en 🇫🇷 n°5", "  Feu     en    n°5"),
    ],
)
def test_stand_ins(text, plain):
    assert normalise(text) == plain


@given(st.text(st.characters()) | st.text("«»’@#.https:/www🇫️\u200d aé\n"))
def test_the_length_and_the_line_feeds_never_change(text):
    plain = normalise(text)
    assert len(plain) == len(text)
    assert [n for n, c in enumerate(plain) if c == "\n"] == [
        n for n, c in enumerate(text) if c == "\n"
    ]


@pytest.mark.parametrize("unit", ["«", "@", "www.", "https://", "t.co/,", "🇫", "l’"])
def test_a_megabyte_of_one_thing_takes_no_time(unit):
    begun = time.perf_counter()
    normalise(unit * (1_000_000 // len(unit)))
    assert time.perf_counter() - begun < 5
