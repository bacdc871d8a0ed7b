"""The rows in the pages of an SQLite file, read past whatever of it is damaged.

SQLite itself gives up where a header, an index or a pointer is wrong. Here every page is looked at
by itself for what a leaf of a table holds; what a row says is believed by nobody until its hash
verifies. The layout is that of "Database File Format" in SQLite's documentation: pages and cells
(sections 1.5 and 1.6), records (2.1), the write-ahead log (4.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

from annotator.errors import StoreError

HEADER = 100
USUAL_PAGE = 4096
OTHER_PAGES = (0x02, 0x05, 0x0A)
"""First bytes of pages that are no leaf of a table; one that is none of these may be damaged."""
LEAF_HEADER = 8
WAL_HEADER = 32
FRAME_HEADER = 24
LENGTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
"""Bytes of a value by its serial type, up to 9."""
FLOAT = 7

Value = int | str | None


class Row(NamedTuple):
    """A row of some table: its number and its values, an alias of the number being None."""

    number: int
    values: tuple[Value, ...]


class _Unreadable(Exception):
    """What is at some place in a page is no row."""


def rows(path: Path, columns: frozenset[int]) -> Iterator[Row]:
    """Yield what looks like a row of so many columns in a project file and the log beside it.

    The same row may come more than once, and what comes need not be true. StoreError where the
    file cannot be read at all.
    """
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            yield from _Pages(data, _log(path)).rows(columns)
    except (OSError, ValueError) as error:
        # An empty file cannot be mapped.
        raise StoreError(f"{path}: {getattr(error, 'strerror', None) or 'empty'}") from error


def _log(path: Path) -> bytes:
    log = path.with_name(f"{path.name}-wal")
    return log.read_bytes() if log.exists() else b""


class _Pages:
    """All pages of a file, and those that its log has instead."""

    def __init__(self, data: mmap, log: bytes) -> None:
        self._data = data
        self._size = _page_size(data, log)
        self._usable = self._size - data[20] if len(data) > HEADER else self._size
        if self._usable < self._size // 2:
            self._usable = self._size
        self._frames = list(_frames(log, self._size))
        self._newest = dict(self._frames)

    def rows(self, columns: frozenset[int]) -> Iterator[Row]:
        for number in range(1, len(self._data) // self._size + 1):
            yield from self._rows_of(number, self._stored(number), columns)
        for number, page in self._frames:
            yield from self._rows_of(number, page, columns)

    def _stored(self, number: int) -> bytes:
        return self._data[(number - 1) * self._size : number * self._size]

    def _rows_of(self, number: int, page: bytes, columns: frozenset[int]) -> Iterator[Row]:
        start = HEADER if number == 1 else 0
        if page[start] in OTHER_PAGES:
            return
        # The count may be the damage: no page has more cells than pointers fit into it.
        count = min(_whole(page, start + 3, 2), self._size // 2)
        pointers = page[start + LEAF_HEADER : start + LEAF_HEADER + 2 * count]
        for place in range(0, len(pointers) - 1, 2):
            # Where the log has other pages than the file, either may be the damaged one.
            for others in (self._newest, {}) if self._newest else ({},):
                try:
                    row = self._row(page, _whole(pointers, place, 2), others)
                except (_Unreadable, IndexError, UnicodeDecodeError):
                    continue
                if len(row.values) in columns:
                    yield row

    def _row(self, page: bytes, at: int, others: Mapping[int, bytes]) -> Row:
        length, at = _varint(page, at)
        number, at = _varint(page, at)
        if length > len(self._data) + len(self._frames) * self._size:
            raise _Unreadable
        return Row(number, _values(self._payload(page, at, length, others)))

    def _payload(self, page: bytes, at: int, length: int, others: Mapping[int, bytes]) -> bytes:
        """Return the bytes of a record: those in the page, and those in pages that go on."""
        most = self._usable - 35
        if length <= most:
            return page[at : at + length]
        least = (self._usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (self._usable - 4)
        here = here if here <= most else least
        parts = [page[at : at + here]]
        following = _whole(page, at + here, 4)
        left = length - here
        while left > 0:
            more = others.get(following) or self._stored(following) if following else b""
            if len(more) < self._size:
                raise _Unreadable
            parts.append(more[4 : min(self._usable, 4 + left)])
            left -= self._usable - 4
            following = _whole(more, 0, 4)
        return b"".join(parts)


def _page_size(data: mmap, log: bytes) -> int:
    """Return how long a page is; the log says it too, should the header be damaged."""
    stored = _whole(data[16:18], 0, 2) if len(data) > HEADER else 0
    logged = _whole(log, 8, 4) if len(log) > WAL_HEADER else 0
    for size in (65536 if stored == 1 else stored, logged):
        if 512 <= size <= 65536 and size & (size - 1) == 0:
            return size
    return USUAL_PAGE


def _frames(log: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield (page number, page) of all that was written to the log, the newest last."""
    for start in range(WAL_HEADER, len(log) - FRAME_HEADER - size + 1, FRAME_HEADER + size):
        page = log[start + FRAME_HEADER : start + FRAME_HEADER + size]
        yield _whole(log, start, 4), page


def _values(record: bytes) -> tuple[Value, ...]:
    """Return the values of a record; fractions and blobs are in none of our tables."""
    end, at = _varint(record, 0)
    types: list[int] = []
    while at < end:
        kind, at = _varint(record, at)
        types.append(kind)
    values: list[Value] = []
    for kind in types:
        value, at = _value(record, at, kind)
        values.append(value)
    return tuple(values)


def _value(record: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind >= 13 and kind % 2:
        end = at + (kind - 13) // 2
        if end > len(record):
            raise _Unreadable
        return record[at:end].decode("utf-8"), end
    if kind >= len(LENGTHS) or kind == FLOAT:
        raise _Unreadable
    if kind == 0:
        return None, at
    if kind >= 8:
        return kind - 8, at
    end = at + LENGTHS[kind]
    return int.from_bytes(record[at:end], "big", signed=True), end


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the number at a place, of one to nine bytes, and the place after it."""
    value = 0
    for place in range(at, at + 8):
        byte = data[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9


def _whole(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")
