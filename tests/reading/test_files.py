"""Files, folders and standard input become articles, in order, and nothing stops the rest."""

import io
import os
import socket
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.display import display_text
from annotator.model import Article
from annotator.reading import ENDINGS, Refusal, count, read_paths


def names(items):
    return [item.name.rpartition("/")[2] for item in items]


def only_refusal(path):
    [refusal] = read_paths([path])
    assert isinstance(refusal, Refusal)
    assert refusal.name == str(path)
    assert "\n" not in refusal.reason
    return refusal.reason


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b.txt").write_text("Bé", encoding="utf-8")
    (tmp_path / "a.md").write_text("# Titre\n\nCorps", encoding="utf-8")
    (tmp_path / "aa").mkdir()
    (tmp_path / "aa" / "z.TXT").write_text("Z", encoding="utf-8")
    (tmp_path / "rows.jsonl").write_text('{"text": "un"}\n\n{"text": "deux"}\n', encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("no", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("no", encoding="utf-8")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\0")
    return tmp_path


def test_a_folder_is_walked_in_sorted_order_without_hidden_and_foreign_files(folder):
    items = list(read_paths([folder]))
    assert names(items) == ["a.md", "z.TXT", "b.txt", "rows.jsonl, line 1", "rows.jsonl, line 3"]
    assert all(isinstance(item, Article) for item in items)


def test_reading_is_lazy(folder):
    items = read_paths([folder])
    assert next(items).name.endswith("a.md")
    (folder / "b.txt").write_text("later")
    assert "later" in [item.text for item in items]


def test_one_bad_file_does_not_stop_the_others(folder):
    (folder / "a.txt").write_bytes(b"caf\xe9")
    (folder / "aa" / "empty.txt").touch()
    items = list(read_paths([folder, folder / "missing.txt", folder / "b.txt"]))
    refused = [item for item in items if isinstance(item, Refusal)]
    assert names(refused) == ["a.txt", "empty.txt", "missing.txt"]
    assert len(items) - len(refused) == 6


def test_links_that_lead_in_circles_end(folder):
    (folder / "aa" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "aa" / "self").symlink_to("self")
    (folder / "aa" / "dead.txt").symlink_to(folder / "nowhere.txt")
    items = list(read_paths([folder]))
    assert names(items)[:3] == ["a.md", "dead.txt", "z.TXT"]
    assert items[1].reason == "No such file or directory"
    assert len(items) == 6


def test_a_folder_deeper_than_pythons_stack_is_read(tmp_path):
    here = os.getcwd()
    try:
        os.chdir(tmp_path)
        for _ in range(1200):
            os.mkdir("d")
            os.chdir("d")
        with open("deep.txt", "w") as file:
            file.write("deep")
        os.chdir(tmp_path)
        assert names(read_paths(["d"])) == ["deep.txt"]
    finally:
        os.chdir(here)
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


def test_a_named_file_with_a_foreign_ending_is_refused_and_told_which_are_read(folder):
    assert ".jsonl" in only_refusal(folder / "photo.jpg")


def test_a_folder_with_nothing_to_read_says_so(tmp_path):
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    assert only_refusal(tmp_path).startswith("no file in it that can be read")


def test_a_missing_path_is_refused(tmp_path):
    assert only_refusal(tmp_path / "no.txt") == "No such file or directory"
    assert only_refusal(tmp_path / ("x" * 300 + ".txt")) == "File name too long"


def test_pipes_and_sockets_are_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as server:
        here = os.getcwd()
        os.chdir(tmp_path)
        server.bind("sock.txt")
        os.chdir(here)
        reasons = [item.reason for item in read_paths([tmp_path])]
        assert reasons == ["not a regular file"] * 2
        assert count([tmp_path]) == 2


UNREADABLE = """
import os, sys
from annotator.reading import read_paths
if os.geteuid() == 0:  # root may read everything
    os.setuid(65534)
for item in read_paths([sys.argv[1]]):
    print(type(item).__name__, os.path.basename(item.name), getattr(item, "reason", ""))
"""


def test_an_unreadable_file_or_folder_is_refused(tmp_path_factory):
    top = tmp_path_factory.mktemp("open", numbered=True)
    for folder in (top, *top.parents):
        if folder.owner() == top.owner() and folder != folder.parent:
            folder.chmod(folder.stat().st_mode | 0o055)
    (top / "good.txt").write_text("good")
    (top / "locked.txt").write_text("locked")
    (top / "shut").mkdir()
    (top / "locked.txt").chmod(0)
    (top / "shut").chmod(0)
    done = subprocess.run(
        [sys.executable, "-c", UNREADABLE, str(top)], capture_output=True, text=True
    )
    (top / "shut").chmod(0o700)
    assert done.stdout.splitlines() == [
        "Article good.txt ",
        "Refusal locked.txt Permission denied",
        "Refusal shut Permission denied",
    ], done.stderr


def test_standard_input_is_one_text():
    [article] = read_paths(["-"], io.BytesIO("Un été\r\n\r\nUn corps".encode()))
    assert (article.text, article.about.title) == ("Un été\r\n\r\nUn corps", "Un été")
    assert article.name == "standard input"
    [refusal] = read_paths(["-"], io.BytesIO(b"\xff\xff"))
    assert refusal == Refusal("standard input", "not UTF-8 at byte 1")


def test_count_is_what_reading_gives(folder):
    (folder / "news.csv").write_text(
        'titre;texte\r\nA;"un\r\n""deux"""\r\nB;trois', encoding="utf-8"
    )
    paths = [folder, folder / "missing.txt", "-"]
    items = list(read_paths(paths, io.BytesIO(b"text")))
    assert count([folder / "news.csv"]) == 2
    assert count(paths) == len(items) + 1  # the blank line in rows.jsonl


def test_a_hostile_file_name_is_plain_data(tmp_path):
    path = tmp_path / "a\x1b[31m\n\u202e\x9b\udcff[x].txt"
    path.touch()
    [refusal] = read_paths([tmp_path])
    assert (refusal.name, refusal.reason) == (str(path), "its text is empty")
    assert display_text(refusal.name).endswith("a␛[31m␊���[x].txt")


@pytest.mark.parametrize("ending", ENDINGS)
@given(data=st.binary() | st.text('{}[]":,;\n\r\t <>/ptex\\u0d\ufeff').map(str.encode))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_in_a_file_gives_articles_that_can_be_stored_or_refusals(
    tmp_path, ending, data
):
    path = tmp_path / f"any{ending}"
    path.write_bytes(data)
    items = list(read_paths([path]))
    assert items
    for item in items:
        assert item.text.encode() if isinstance(item, Article) else item.reason.isprintable()


def test_trafilatura_is_not_imported_before_a_page_is_met(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    code = (
        "import sys; from annotator.reading import read_paths; list(read_paths(sys.argv[1:]));"
        "print('trafilatura' in sys.modules, 'lxml' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False False\n"
