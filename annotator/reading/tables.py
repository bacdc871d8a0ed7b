"""Many articles in one file: a JSON object a line, or rows of CSV under a header."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import BinaryIO

from annotator.errors import ReadingError
from annotator.model import Article
from annotator.reading.columns import COLUMNS, NO_TEXT, article, fold
from annotator.reading.decoding import LIMIT, Lines
from annotator.reading.refusal import Refusal

DELIMITERS = ",;\t"
CHUNK = 1 << 20
Fields = Mapping[str, object]


def read_jsonl(file: io.BufferedReader, name: str) -> Iterator[Article | Refusal]:
    """Yield an article or a refusal for each line that is not blank."""
    lines = Lines(file)
    yield from _articles(map(_json_object, lines), lines, f"{name}, line", 1)


def read_csv(file: io.BufferedReader, name: str) -> Iterator[Article | Refusal]:
    """Yield an article or a refusal for each row; rows are numbered as in a spreadsheet.

    The delimiter is the one under which the header names a text column: comma, semicolon or tab.
    ReadingError if there is none.
    """
    csv.field_size_limit(LIMIT)
    lines = Lines(file)
    header, delimiter = _header(next(lines, ""))
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    yield from _articles(map(partial(_row, header), rows), lines, f"{name}, row", 2)


def _articles(
    records: Iterator[Fields | None], lines: Lines, place: str, first: int
) -> Iterator[Article | Refusal]:
    # `records` has to be an iterator that goes on after an exception: a map, not a generator.
    for number in itertools.count(first):
        where = f"{place} {number}"
        lines.new_row()
        try:
            fields = next(records)
            if fields is not None:
                yield article(fields, where)
        except StopIteration:
            return
        except ReadingError as error:
            yield Refusal(where, str(error))
        except csv.Error as error:
            yield Refusal(where, _broken(error))


def _json_object(line: str) -> Fields | None:
    if not line.strip():
        return None
    try:
        value = json.loads(line.rstrip())
    except json.JSONDecodeError as error:
        raise ReadingError(f"broken JSON at character {error.pos + 1}") from None
    except RecursionError:
        raise ReadingError("JSON nested too deeply") from None
    except ValueError:
        raise ReadingError("a number too long to read") from None
    if not isinstance(value, dict):
        raise ReadingError("not a JSON object")
    return {fold(key): value for key, value in value.items()}


def _header(line: str) -> tuple[list[str], str]:
    """Return the folded column names and the delimiter that separates them."""
    for delimiter in DELIMITERS:
        try:
            names = [fold(name) for name in next(csv.reader([line], delimiter=delimiter), [])]
        except csv.Error as error:
            raise ReadingError(_broken(error)) from None
        if any(name in names for name in COLUMNS["text"]):
            return names, delimiter
    raise ReadingError(NO_TEXT)


def _broken(error: csv.Error) -> str:
    # Python adds advice for programmers after a dash.
    return f"broken CSV: {str(error).partition(' - ')[0]}"


def _row(header: list[str], row: list[str]) -> Fields | None:
    if not row:
        return None
    if len(row) != len(header):
        raise ReadingError(f"{len(row)} cells where the header has {len(header)}")
    return dict(zip(header, row, strict=True))


def count_lines(file: BinaryIO) -> int:
    """Return the number of lines left in a file."""
    return sum(map(_line_ends, _chunks(file)))


def count_rows(file: BinaryIO) -> int:
    """Return the number of CSV rows left in a file, below its header."""
    total, quoted = -1, 0
    for chunk in _chunks(file):
        parts = chunk.split(b'"')
        total += sum(map(_line_ends, parts[quoted::2]))
        quoted ^= (len(parts) - 1) % 2
    return total


def _line_ends(data: bytes) -> int:
    return data.count(b"\n")


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file's bytes, with a line end after the last line even where it has none."""
    last = b""
    while chunk := file.read(CHUNK):
        yield chunk
        last = chunk
    if not last.endswith(b"\n"):
        yield b"\n"
