"""A text file is stored as it is; its title is read off it, never taken out of it."""

import codecs
import io

import pytest
from hypothesis import given

from annotator.reading.plain import read_text
from tests.reading.test_decoding import TEXTS


def read(data):
    [article] = read_text(io.BytesIO(data), "a.txt")
    return article


@given(TEXTS.filter(str.strip))
def test_text_in_is_text_stored(text):
    assert read(codecs.BOM_UTF8 + text.encode()).text == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n  Les pêcheurs votent la grève \n\nCorps.", "Les pêcheurs votent la grève"),
        ("## Un *titre* ##\nCorps", "Un *titre*"),
        ("#Hashtag d'abord\nCorps", "#Hashtag d'abord"),
        ("Titre\rCorps", "Titre"),
        ("x" * 200 + "\ncorps", "x" * 200),
        ("x" * 201 + "\ncorps", None),
        ("---\ntitle: x", None),
    ],
)  # fmt: skip
def test_the_title_is_the_first_line_that_is_no_paragraph(text, title):
    article = read(text.encode())
    assert (article.about.title, article.text) == (title, text)
