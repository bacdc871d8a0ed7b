"""JSON lines and CSV rows become articles one by one; a bad row is named and passed over."""

import csv
import io
import json
import tracemalloc
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import ReadingError
from annotator.model import About, Article
from annotator.reading.decoding import LIMIT
from annotator.reading.refusal import Refusal
from annotator.reading.tables import count_lines, count_rows, read_csv, read_jsonl
from tests.reading.test_decoding import TEXTS

BODIES = TEXTS.filter(str.strip)


def buffered(data):
    return io.BufferedReader(io.BytesIO(data if isinstance(data, bytes) else data.encode()))


def jsonl(data):
    return list(read_jsonl(buffered(data), "n.jsonl"))


def rows(data):
    return list(read_csv(buffered(data), "n.csv"))


def written(table, **options):
    out = io.StringIO()
    csv.writer(out, **options).writerows(table)
    return out.getvalue()


@given(st.lists(BODIES), st.booleans())
def test_text_in_is_text_stored_by_jsonl(texts, escaped):
    data = "".join(json.dumps({"text": text}, ensure_ascii=escaped) + "\n" for text in texts)
    assert [article.text for article in jsonl(data)] == texts
    assert count_lines(buffered(data)) == len(texts) or not texts


@given(st.lists(BODIES), st.sampled_from(",;\t"))
def test_text_in_is_text_stored_by_csv(texts, delimiter):
    table = [["titre", "texte", "rien"], *(["T", text, ""] for text in texts)]
    data = written(table, delimiter=delimiter)
    assert [article.text for article in rows(data)] == texts
    assert count_rows(buffered(data)) == len(texts)


def test_metadata_are_found_under_english_and_french_names():
    about = About(
        "Un titre", "L'Écho de Brume", "Zoé Lantier", "2031-02-03", "https://x.example", "fr"
    )
    english = {
        "headline": about.title, "Source": about.outlet, "byline": about.author,
        "published": about.date, "link": about.url, "lang": "fr-FR", "body": "Corps", "id": 7,
    }  # fmt: skip
    french = {
        "TITRE": about.title, " Média ": about.outlet, "auteur": about.author, "date": about.date,
        "lien": about.url, "langue": "FR", "contenu": "Corps", "id": "7", "autre": None,
    }  # fmt: skip
    assert jsonl(json.dumps(english) + "\n" + json.dumps(french)) == [
        Article("Corps", about, "n.jsonl, line 1", "7"),
        Article("Corps", about, "n.jsonl, line 2", "7"),
    ]
    table = [list(french), list(french.values())]
    assert rows(written(table, delimiter=";")) == [Article("Corps", about, "n.csv, row 2", "7")]


def test_fields_that_are_no_plain_values_are_left_out_and_lists_are_joined():
    odd = {"title": {"a": 1}, "language": "français", "source": True, "url": [["x"]], "id": None}
    record = {"text": "t", "author": ["A. Brun", None, "C. Diot"], **odd}
    expected = Article("t", About(author="A. Brun, C. Diot"), "n.jsonl, line 1")
    assert jsonl(json.dumps(record)) == [expected]


def test_the_first_text_column_that_holds_something_is_the_text():
    assert [a.text for a in rows("text,body\n,deux\nun,deux\n")] == ["deux", "un"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "a"', "broken JSON at character 13"),
        ('{"text": "a\tb"}', "broken JSON at character 12"),
        ('["text"]', "not a JSON object"),
        ("{}", "no text column (text, body, content, texte, contenu, corps)"),
        ('{"text": 5}', "its text is no string"),
        ('{"text": null}', "its text is empty"),
        ('{"text": " "}', "its text is empty"),
        ('{"text": "a\\u0000"}', "NUL character at character 2"),
        ('{"text": "a\\ud83d"}', "half a surrogate pair at character 2"),
        ('{"text": "a", "title": "\\ud83d"}', "half a surrogate pair at character 1"),
        ('{"text": ' + "[" * 100_000, "JSON nested too deeply"),
        ('{"text": "a", "n": ' + "9" * 5000 + "}", "a number too long to read"),
    ],
)
def test_a_bad_line_is_refused_by_number_and_the_next_is_read(line, reason):
    good = Article("deux", name="n.jsonl, line 3")
    assert jsonl(f'\n{line}\n{{"text": "deux"}}') == [Refusal("n.jsonl, line 2", reason), good]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('"un" deux,t', "broken CSV: ',' expected after '\"'"),
        ("un,deux,trois", "3 cells where the header has 2"),
        ("seul", "1 cells where the header has 2"),
        ("un\rdeux,t", "broken CSV: new-line character seen in unquoted field"),
        (" ,t", "its text is empty"),
    ],
)
def test_a_bad_row_is_refused_by_number_and_the_next_is_read(row, reason):
    good = Article("trois", About(title="t"), "n.csv, row 3")
    assert rows(f"text,title\n{row}\ntrois,t\n") == [Refusal("n.csv, row 2", reason), good]


def test_a_quotation_mark_that_is_never_closed_swallows_no_row():
    assert rows('text\nun\n"deux\ntrois\n') == [
        Article("un", name="n.csv, row 2"),
        Refusal("n.csv, row 3", "broken CSV: unexpected end of data"),
    ]


def test_bytes_that_are_not_utf8_cost_their_row_only():
    assert [type(item) for item in rows(b"text\nun\nd\xe9ux\ntrois\n")] == [
        Article,
        Refusal,
        Article,
    ]
    found = jsonl(b'{"text": "un"}\n{"text": "d\xe9ux"}\n{"text": "trois"}')
    assert found[1] == Refusal("n.jsonl, line 2", "not UTF-8 at byte 27")
    assert [item.text for item in (found[0], found[2])] == ["un", "trois"]


@pytest.mark.parametrize("data", ["", "titre,date\na,b\n", "a\rtext\r", "\xe9"])
def test_a_table_without_a_text_column_is_refused(data):
    with pytest.raises(ReadingError):
        rows(data.encode("latin-1"))


def test_utf16_tables_are_read():
    assert [a.text for a in rows("texte\tdate\né🦀\t2031".encode("utf-16"))] == ["é🦀"]
    assert [a.text for a in jsonl('{"text": "é🦀"}\n{"text": "b"}'.encode("utf-16"))] == [
        "é🦀",
        "b",
    ]


def test_a_binary_file_is_refused_once():
    with pytest.raises(ReadingError, match="binary"):
        jsonl(b"\x89PNG\n\0\n\0\n")


def test_one_line_and_one_row_of_fifty_megabytes_are_refused_and_the_next_is_read():
    long = b"x" * 50_000_000
    assert [type(i) for i in jsonl(b'{"text": "' + long + b'"}\n{"text": "b"}')] == [
        Refusal,
        Article,
    ]
    quoted = (b"y" * 999 + b"\n") * (LIMIT // 1000 + 1)
    found = rows(b'text\n"' + quoted + b'"\n')
    assert found[0] == Refusal("n.csv, row 2", "longer than 20 MB")


def test_a_long_cell_is_read_whole():
    assert [len(a.text) for a in rows("text\n" + "é" * 500_000)] == [500_000]


class Repeated(io.RawIOBase):
    """A file that repeats one line and never was in memory."""

    def __init__(self, line, times):
        self.data, self.left = line * 100, times // 100

    def readable(self):
        return True

    def readinto(self, buffer):
        if not self.left:
            return 0
        self.left -= 1
        buffer[: len(self.data)] = self.data
        return len(self.data)


@pytest.mark.parametrize("times", [1_000, 10_000])
def test_memory_does_not_grow_with_the_file(times):
    tracemalloc.start()
    file = io.BufferedReader(Repeated(b'{"text": "une ligne parmi d\'autres"}\n', times))
    assert sum(1 for _ in read_jsonl(file, "n.jsonl")) == times
    assert tracemalloc.get_traced_memory()[1] < 200_000
    tracemalloc.stop()


@pytest.mark.parametrize("read", [read_csv, read_jsonl])
def test_a_utf16_file_cut_in_the_middle_of_a_character_ends(read):
    data = "text\nIl pleut.\nIl vente.".encode("utf-16")[:-1]
    items = list(islice(read(buffered(data), "a"), 20))
    assert items[-1].reason == "not UTF-16" and len(items) < 5
