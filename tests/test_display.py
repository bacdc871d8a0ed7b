import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from annotator.display import display_text, json_text

ANY_TEXT = st.text(st.characters(exclude_categories=()))
ACTS_ON_TERMINAL = {"Cc", "Cs"}
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


@given(ANY_TEXT)
def test_display_text_keeps_length_and_is_harmless(text: str) -> None:
    shown = display_text(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(one) in ACTS_ON_TERMINAL or one in BIDI for one in shown)


def test_display_text_shows_what_was_there() -> None:
    assert display_text("a\x1b]0;title\x07b\x9b") == "a␛]0;title␇b\ufffd"
    assert display_text("« Aleth\u202f! » 🇫🇷") == "« Aleth\u202f! » 🇫🇷"


@given(ANY_TEXT)
def test_json_text_is_harmless_and_reads_back(text: str) -> None:
    line = json_text({"text": text})
    assert json.loads(line)["text"] == text
    assert not any(unicodedata.category(one) in ACTS_ON_TERMINAL or one in BIDI for one in line)
