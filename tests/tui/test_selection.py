"""Choosing words: by word, by character, never inside a grapheme."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.tui.selection import Selection, Words

TEXT = "Avant. L’agression du « clan » Morvin, 1 600 fois. Après."
START, END = TEXT.index("L’"), TEXT.index(" Après")


def chosen(selection: Selection) -> str:
    return TEXT[selection.start : selection.end]


def test_words_one_after_the_other() -> None:
    words = Words(TEXT, START, END)
    here, seen = words.first(), []
    for _ in range(9):
        seen.append(chosen(here))
        here = words.step(here, 1)
    assert seen == ["L", "agression", "du", "clan", "Morvin", "1", "600", "fois", "fois"]
    assert chosen(words.step(here, -1)) == "600"
    assert chosen(words.step(words.first(), -1)) == "L"


def test_longer_and_shorter_by_words_at_either_end() -> None:
    words = Words(TEXT, START, END)
    here = words.step(words.first(), 1)
    more = words.by_word(words.by_word(here, longer=True), longer=True)
    assert chosen(more) == "agression du « clan"
    assert chosen(words.by_word(more, longer=False)) == "agression du"
    assert chosen(words.by_word(here, longer=False)) == "agression"
    front = words.by_word(more.turned(), longer=True)
    assert chosen(front) == "L’agression du « clan"
    assert chosen(words.by_word(front, longer=False)) == "agression du « clan"


def test_longer_and_shorter_by_characters() -> None:
    words = Words(TEXT, START, END)
    here = words.step(words.first(), 3)
    here = words.step(words.step(words.first(), 1), 1)
    clan = words.step(here, 1)
    assert chosen(words.by_character(clan, longer=True)) == "clan "
    assert chosen(words.by_character(clan, longer=False)) == "cla"
    assert chosen(words.by_character(clan.turned(), longer=True)) == " clan"
    last = words.around(END - 1, END)
    assert words.by_character(last, longer=True) == last


def test_what_the_mouse_was_drawn_over_stays_within_the_claim() -> None:
    words = Words(TEXT, START, END)
    assert chosen(words.around(0, START + 3)) == "L’a"
    assert words.around(START + 2, START + 2) is None
    assert chosen(words.around(START + 11, START + 2)) == "agression"


def test_where_there_are_no_words_all_is_chosen() -> None:
    words = Words("…!", 0, 2)
    assert words.first().span == (0, 2)
    assert words.step(words.first(), 1).span == (0, 2)


def test_the_word_at_a_place_and_the_way_to_other_places() -> None:
    text = "Il pleut. La nuit tombe."
    words = Words(text, 0, len(text))
    pleut = words.at(text.index("leut"))
    assert text[slice(*pleut.span)] == "pleut"
    assert text[slice(*words.at(text.index(". La")).span)] == "La"
    ends = [9, 24, 99]
    once = words.to_next(pleut, ends, longer=True)
    assert text[slice(*once.span)] == "pleut."
    assert words.to_next(words.to_next(once, ends, longer=True), ends, longer=True).end == 24
    assert words.to_next(once, ends, longer=False) == once
    back = words.to_next(words.at(20).turned(), [0, 10], longer=True)
    assert text[slice(*back.span)] == "La nuit tombe"


FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"


def test_a_picture_is_a_word_and_whole() -> None:
    text = f"Bravo {FAMILY}!"
    words = Words(text, 0, len(text))
    assert text[slice(*words.step(words.first(), 1).span)] == FAMILY


@given(
    st.text(alphabet=f"ab é’-e\u0301{FAMILY}\U0001f1eb\U0001f1f7漢\r\n", min_size=1, max_size=30),
    st.lists(st.sampled_from(["step", "back", "word", "less", "char", "uncar", "turn"])),
)
def test_no_selection_ever_cuts_a_grapheme(text: str, moves: list[str]) -> None:
    edges = {0, len(text)} | {match.start() for match in regex.finditer(r"\X", text)}
    words = Words(text, 0, len(text))
    here = words.first()
    for move in moves:
        here = {
            "step": lambda one: words.step(one, 1),
            "back": lambda one: words.step(one, -1),
            "word": lambda one: words.by_word(one, longer=True),
            "less": lambda one: words.by_word(one, longer=False),
            "char": lambda one: words.by_character(one, longer=True),
            "uncar": lambda one: words.by_character(one, longer=False),
            "turn": Selection.turned,
        }[move](here)
        assert here.start < here.end and {here.start, here.end} <= edges
