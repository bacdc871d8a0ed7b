"""The laws of line breaking, and the mapping between cells and characters."""

import re

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotator.tui.wrap import fit, index_at, pad, shown, wrap

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
TRICKY = (
    "ab é«»\u00a0\u202f ;:!? \n\t\r“”—漢字🇫🇷👍\U0001f3fd\u200d\ufe0f❤e\u0301\u200b\u0651ﷺ\x1b\u202e"
)
texts = st.one_of(
    st.text(st.sampled_from(TRICKY), max_size=120),
    st.text(st.sampled_from("ab «»\u00a0;:!?\n"), max_size=120),
    st.text(max_size=60),
)
widths = st.integers(min_value=1, max_value=50)


def lines_of(text: str, width: int) -> list[str]:
    starts = wrap(text, width)
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@given(texts, widths)
@example(FAMILY * 5, 9)
@example("mot \u0301mot " * 9, 12)
def test_lines_join_to_the_text_and_fit(text, width):
    lines = lines_of(text, width)
    assert "".join(lines) == text
    for line in lines:
        body = line.rstrip(" \t\n\r")
        wide = [one for one in regex.findall(r"\X", body) if cell_len(shown(one))]
        assert cell_len(shown(body)) <= width or len(wide) == 1


@given(texts, widths)
@example("a" + FAMILY * 3, 7)
def test_no_line_starts_inside_a_grapheme(text, width):
    ends = {match.end() for match in regex.finditer(r"\X", text)} | {0}
    assert set(wrap(text, width)) <= ends


@given(texts, widths)
def test_starts_rise_and_are_deterministic(text, width):
    starts = wrap(text, width)
    assert starts[0] == 0
    assert starts == sorted(set(starts))


@given(st.text(st.sampled_from("ab «»\u00a0\u202f;:!?\n"), max_size=150), st.integers(12, 40))
def test_lines_break_only_at_ordinary_spaces_when_words_fit(text, width):
    pieces = re.split(r"(?<![«\s])[ \n]+(?![»;:!? \n])", text)
    if any(len(piece.rstrip(" \n")) > width for piece in pieces):
        return
    for before, after in zip(lines_of(text, width), lines_of(text, width)[1:], strict=False):
        assert before.endswith((" ", "\n"))
        assert not before.rstrip(" \n").endswith("«")
        assert not after.startswith(("»", ";", ":", "!", "?"))


@given(texts, widths)
def test_wide_and_plain_text_wrap_alike(text, width):
    """A wide character far behind must not change how the lines before it break."""
    plain = re.sub(r"[^ab «»\u00a0;:!?\n]", "", text).rstrip("« \n\u00a0")
    both = wrap(plain + " 漢", width)
    assert wrap(plain, width) == [start for start in both if start < max(1, len(plain))]


def test_guillemets_and_thousands_stay_together():
    text = "Il a dit : « Bonjour à tous » et 10\u202f000\u00a0€ puis il est parti"
    assert lines_of(text, 20) == [
        "Il a dit : « Bonjour ",
        "à tous » et 10\u202f000\u00a0€ ",
        "puis il est parti",
    ]


@pytest.mark.parametrize("hazard", ["\x1b]0;x\x07", "\x9b31m", "a\u202eb", "\r\n", "\ud800"])
def test_shown_text_keeps_its_length_and_cannot_act(hazard):
    safe = shown(hazard)
    assert len(safe) == len(hazard)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", safe)


@given(texts, st.integers(1, 30))
def test_fit_and_pad_keep_to_the_width(text, width):
    assert cell_len(fit(text, width)) <= width
    assert cell_len(pad(text, width)) == width


@given(texts)
def test_index_at_finds_the_grapheme_under_each_cell(text):
    cell = 0
    for match in regex.finditer(r"\X", text):
        cells = cell_len(shown(match.group()))
        for inner in range(cells):
            assert index_at(text, cell + inner) == match.start()
        cell += cells
    assert index_at(text, cell) == len(text)


def test_a_million_characters_wrap_in_a_moment():
    assert len(wrap("mot " * 250_000, 66)) > 15_000
    assert len(wrap("x" * 1_000_000, 66)) > 15_000
