"""Bytes become exactly the text they encode, or are refused with the place of the fault."""

import codecs
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.errors import ReadingError
from annotator.reading.decoding import LIMIT, Lines, decode, read_bytes, storable

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def lines_of(data):
    """Return each line of the data, or the reason it was refused."""
    lines, found = Lines(io.BufferedReader(io.BytesIO(data))), []
    while True:
        lines.new_row()
        try:
            found.append(next(lines))
        except StopIteration:
            return found
        except ReadingError as error:
            found.append(f"! {error}")


@given(TEXTS)
@example("\ufeffdeux marques")
@example("a\r\nb\rc\u2028d\x85")
def test_every_encoding_gives_the_exact_text(text):
    assert decode(codecs.BOM_UTF8 + text.encode()) == text
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == text
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be")) == text
    if not text.startswith("\ufeff"):
        assert decode(text.encode()) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"caf\xe9 noir", "not UTF-8 at byte 4"),
        (codecs.BOM_UTF8 + b"caf\xe9", "not UTF-8 at byte 7"),
        (b"\xed\xa0\x80", "not UTF-8 at byte 1"),
        (codecs.BOM_UTF16_LE + b"a\0b", "not UTF-16 at byte 5"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\0", "not UTF-16 at byte 3"),
    ],
)
def test_a_bad_byte_is_named_and_never_guessed(data, reason):
    with pytest.raises(ReadingError, match=f"^{reason}$"):
        decode(data)


def test_a_binary_file_and_one_over_the_limit_are_refused():
    with pytest.raises(ReadingError, match="binary"):
        read_bytes(io.BytesIO(b"PK\x03\x04\0\0"))
    with pytest.raises(ReadingError, match="longer than 20 MB"):
        read_bytes(io.BytesIO(b"a" * (LIMIT + 1)))
    assert len(read_bytes(io.BytesIO(b"a" * LIMIT))) == LIMIT


@pytest.mark.parametrize("text", ["", " \n\u2003", "a\0b", "a\ud800"])
def test_what_cannot_be_stored_is_refused(text):
    with pytest.raises(ReadingError):
        storable(text)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\n"))))
def test_lines_end_at_line_feeds_only(lines):
    text = "".join(line + "\n" for line in lines)
    expected = text.removeprefix("\ufeff").split("\n")[:-1] if text else []
    assert lines_of(text.encode()) == [line + "\n" for line in expected]
    utf16 = codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    if not text.startswith("\ufeff"):
        assert lines_of(utf16) == lines_of(text.encode())


def test_a_bad_line_does_not_stop_the_next():
    data = b"\xef\xbb\xbfun\nde\xe9ux\n" + b"x" * (LIMIT + 1) + b"\ntrois"
    found = lines_of(data)
    assert found == ["un\n", "! not UTF-8 at byte 9", "! longer than 20 MB", "trois"]


def test_a_bad_character_in_utf16_lines_is_refused_and_ends():
    data = codecs.BOM_UTF16_LE + "un\n".encode("utf-16-le") + b"\x00\xd8\n\0"
    assert "! not UTF-16" in lines_of(data)


class Endless(io.RawIOBase):
    """A line that never ends; it counts what was taken of it."""

    def __init__(self):
        self.taken = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        self.taken += len(buffer)
        if self.taken > 10 * LIMIT:
            return 0
        buffer[:] = b"x" * len(buffer)
        return len(buffer)


def test_an_overlong_line_is_never_held_whole():
    import tracemalloc

    lines = Lines(io.BufferedReader(Endless()))
    tracemalloc.start()
    with pytest.raises(ReadingError, match="longer than 20 MB"):
        next(lines)
    assert tracemalloc.get_traced_memory()[1] < 3 * LIMIT
    tracemalloc.stop()
    assert next(lines, None) is None
