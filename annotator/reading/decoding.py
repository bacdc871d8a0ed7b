"""Bytes to exact text: strict UTF-8, or UTF-16 where a byte order mark says so; never a guess."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO

from annotator.errors import ReadingError

LIMIT = 20_000_000
"""The most bytes that one text file, web page, line or row may have."""
TOO_LONG = f"longer than {LIMIT // 1_000_000} MB"
SNIFFED = 8192
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_bytes(file: BinaryIO) -> bytes:
    """Return all bytes of a file; ReadingError if it is empty, too long or binary."""
    data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ReadingError(TOO_LONG)
    _refuse_binary(data)
    return data


def decode(data: bytes) -> str:
    """Return a whole file's text: no byte order mark, line ends as they are; else ReadingError."""
    if data.startswith(UTF16_MARKS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise ReadingError(f"not UTF-16 at byte {error.start + 1}") from None
    return decode_utf8(data).removeprefix("\ufeff")


def decode_utf8(data: bytes, offset: int = 0) -> str:
    """Return the text; ReadingError names the first bad byte, `offset` bytes having come before."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadingError(f"not UTF-8 at byte {offset + error.start + 1}") from None


def storable(text: str) -> str:
    """Return the text as it is; ReadingError if it is blank or UTF-8 or SQLite cannot carry it."""
    if not text.strip():
        raise ReadingError("its text is empty")
    if "\0" in text:
        raise ReadingError(f"NUL character at character {text.index(chr(0)) + 1}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadingError(f"half a surrogate pair at character {error.start + 1}") from None
    return text


class Lines:
    """The lines of a file as text, one at a time, in bounded memory.

    A bad line raises ReadingError, and the next call goes on with the line after it. The lines
    taken between two calls of `new_row` may have `LIMIT` bytes in all.
    """

    def __init__(self, file: io.BufferedReader) -> None:
        head = file.peek(SNIFFED)
        _refuse_binary(head)
        self._file: BinaryIO | io.TextIOWrapper = file
        if head.startswith(UTF16_MARKS):
            self._file = io.TextIOWrapper(file, encoding="utf-16", newline="\n")
        self._offset = 0
        self._left = LIMIT

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._read(self._left + 1)
        if not line:
            raise StopIteration
        start = self._offset
        self._offset += len(line)
        if len(line) > self._left:
            self._skip_rest(line)
            raise ReadingError(TOO_LONG)
        self._left -= len(line)
        text = decode_utf8(line, start)
        return text.removeprefix("\ufeff") if start == 0 else text

    def new_row(self) -> None:
        """Start counting afresh what may still be taken."""
        self._left = LIMIT

    def _read(self, size: int) -> bytes:
        try:
            line = self._file.readline(size)
        except UnicodeDecodeError:
            # Where the next character would start nobody can tell, so the file ends here.
            self._file = io.BytesIO()
            raise ReadingError("not UTF-16") from None
        return line if isinstance(line, bytes) else line.encode("utf-8")

    def _skip_rest(self, line: bytes) -> None:
        while line and not line.endswith(b"\n"):
            line = self._read(SNIFFED)
            self._offset += len(line)


def _refuse_binary(data: bytes) -> None:
    if b"\0" in data and not data.startswith(UTF16_MARKS):
        raise ReadingError("a binary file")
