"""Rows read from the pages of real SQLite files, against SQLite's own answer."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import StoreError
from annotator.store.pages import rows

WIDE = frozenset({3})


def database(path: Path, texts: list[str], page: int = 4096) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA page_size = {page}")
    connection.execute("CREATE TABLE one (number INTEGER PRIMARY KEY, text TEXT, size INTEGER)")
    connection.execute("BEGIN")
    for text in texts:
        connection.execute("INSERT INTO one (text, size) VALUES (?, ?)", (text, len(text)))
    connection.execute("COMMIT")
    return connection


def found(path: Path) -> list[tuple]:
    return sorted({(row.number, *row.values[1:]) for row in rows(path, WIDE)})


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=200)),
    st.sampled_from([512, 4096, 65536]),
    st.integers(1, 400),
)
def test_all_rows_are_found_as_they_are(tmp_path_factory, texts, page: int, times: int) -> None:
    path = tmp_path_factory.mktemp("pages") / "one.db"
    connection = database(path, [text * times for text in texts], page)
    expected = connection.execute("SELECT number, text, size FROM one").fetchall()
    connection.close()
    assert found(path) == expected


def test_rows_in_the_log_are_found_too(tmp_path: Path) -> None:
    connection = database(tmp_path / "one.db", ["first"])
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("INSERT INTO one (text, size) VALUES (?, 1)", ("x" * 9000,))
    assert found(tmp_path / "one.db") == [(1, "first", 5), (2, "x" * 9000, 1)]
    connection.close()


def test_a_lost_header_loses_no_row_of_other_pages(tmp_path: Path) -> None:
    path = tmp_path / "one.db"
    database(path, [f"text {number} " * 40 for number in range(200)]).close()
    before = found(path)
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    assert found(path) == before and len(before) == 200


def test_a_circle_of_pages_ends(tmp_path: Path) -> None:
    path = tmp_path / "one.db"
    database(path, ["x" * 20_000]).close()
    data = bytearray(path.read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 4] = (3).to_bytes(4, "big")
    path.write_bytes(data)
    assert all(text is None or len(text) <= 20_000 for _, text, _ in found(path))


@pytest.mark.parametrize("content", [b"", None])
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "one.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError, match=r"one\.db"):
        list(rows(path, WIDE))


def test_what_is_no_database_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "one.db"
    path.write_bytes(bytes(range(256)) * 100)
    assert list(rows(path, WIDE)) == []
