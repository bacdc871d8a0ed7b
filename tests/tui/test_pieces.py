"""Pieces of the text: kept, added, dropped; and a law about all that can be done with them."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.tagging.graphemes import interior
from annotator.tui.pieces import Pieces, trimmed
from annotator.tui.selection import Words

TEXT = "La pluie 👩‍🚒 tombe, e\u0301te\u0301 comme hiver, sur Sarn."
WORDS = Words(TEXT, 0, len(TEXT))


def words(pieces: Pieces) -> list[str]:
    return [TEXT[start:end] for start, end in pieces.spans]


def span(text: str) -> tuple[int, int]:
    return TEXT.index(text), TEXT.index(text) + len(text)


def test_without_any_the_first_word_from_a_place_on():
    assert words(Pieces.begun(WORDS, (), TEXT.index("tombe") - 1)) == ["tombe"]
    assert words(Pieces.begun(WORDS, (), len(TEXT))) == ["Sarn"]


def test_pieces_are_kept_added_and_dropped():
    begun = Pieces.begun(WORDS, (span("La pluie"), span("hiver")), 0)
    assert words(begun) == ["La pluie", "hiver"]
    assert words(begun.another(WORDS)) == ["La pluie", "👩‍🚒", "hiver"]
    assert words(begun.another(WORDS).another(WORDS)) == ["La pluie", "👩‍🚒", "tombe", "hiver"]
    assert words(begun.dropped()) == ["hiver"]
    gone = begun.dropped().dropped()
    assert (gone.spans, gone.empty) == ((), True)
    assert words(gone.moved(WORDS.step(gone.chosen, -1))) == ["comme"]


def test_what_is_dropped_is_taken_out_of_what_is_kept():
    begun = Pieces.begun(WORDS, (span("La pluie"), span("comme hiver, sur Sarn")), 0)
    here = begun.another(WORDS).moved(WORDS.at(TEXT.index("hiver")))
    left = here.dropped()
    assert words(left) == ["La pluie", "comme ", ", sur Sarn"]
    assert [TEXT[a:b] for a, b in trimmed(TEXT, left.spans)] == ["La pluie", "comme", ", sur Sarn"]


def test_nothing_is_left_of_white_space():
    assert trimmed(" a ", [(0, 1), (1, 3)]) == ((1, 2),)


moves = st.lists(
    st.sampled_from(["another", "dropped", "on", "back", "+w", "-w", "+c", "-c", "turn"])
)


@given(moves)
def test_pieces_are_sorted_separate_and_whole(story: list[str]):
    inside = interior(TEXT)
    pieces = Pieces.begun(WORDS, (), 0)
    for move in story:
        chosen = pieces.chosen
        if move == "another":
            pieces = pieces.another(WORDS)
        elif move == "dropped":
            pieces = pieces.dropped()
        elif move in ("on", "back"):
            pieces = pieces.moved(WORDS.step(chosen, 1 if move == "on" else -1))
        elif move == "turn":
            pieces = pieces.moved(chosen.turned())
        elif move[1] == "w":
            pieces = pieces.moved(WORDS.by_word(chosen, longer=move[0] == "+"))
        else:
            pieces = pieces.moved(WORDS.by_character(chosen, longer=move[0] == "+"))
        edges = [edge for one in pieces.spans for edge in one]
        assert edges == sorted(set(edges)) and not inside & set(edges)
