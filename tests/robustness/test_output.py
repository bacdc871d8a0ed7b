"""No command and no screen passes on a byte that acts on a terminal, wherever it was planted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.cli import main
from annotator.model import About, Article, Attribution, Evidence, Judgement, Segment, Tagging
from annotator.review.session import Session
from annotator.store import open_project
from annotator.tagging.claims import claims
from tests.terminal import Terminal

# What a terminal would take for an order, each with a word to know it again by.
ORDERS = ("\x1b]0;{}\x07", "\x1b[2J{}", "\x9b2J{}", "\u202e{}\u2069", "\x08{}", "\x07{}", "\r{}")
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def planted(word: str) -> str:
    """Return every order, each with a word of its own in it."""
    return " ".join(order.format(f"{word}{n}") for n, order in enumerate(ORDERS)) + " [/x][bold]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose files' names and contents, and a project all of whose texts, are hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    quotation = f"« Non {planted('quoted')} »"
    text = f"{planted('headline')}\n\n{quotation}, a dit {planted('speaker')}.\nIl pleut.\n"
    start = text.index("«")
    line = text.index("\n", start)
    segments = (
        Segment(0, text.index("\n"), "headline"),
        Segment(start, line, "sentence"),
        Segment(line + 1, len(text) - 1, "sentence"),
    )
    said = Attribution(
        ((start + 2, start + len(quotation) - 2),), "direct", (),
        ((text.index(planted("speaker")), line - 1),),
        planted("name"), "person", planted("via"), planted("rule"),
    )  # fmt: skip
    about = About(*(planted(word) for word in ("title", "outlet", "author", "date", "url")))
    article = Article(text, about)
    tags = claims(article.id, text, segments, (said,), None)
    tagging = Tagging(article.id, "fr", None, "1", segments, (said,), tags)
    for name, label in (("Ada", "verified"), ("Ben", "disputed")):
        with open_project(folder / f"{name}.db") as project:
            project.add([(article, tagging)], name)
            session = Session(project, name)
            for row in list(project.claims(walk_only=False)):
                evidence = (Evidence("url", planted("evidence"), planted("as-of")),)
                answer = Judgement(
                    labels={"veracity": (label,)},
                    note=planted("note"), target=planted("target"), framer=planted("framer"),
                    evidence=evidence,
                )  # fmt: skip
                session.record(row.claim.id, answer)
                session.mark("flag", row.claim.id, planted("flag"))
    with open_project(folder / "Ada.db") as project:
        project.colleagues.merge(folder / "Ben.db")
    (folder / "Ada.db").rename(folder / "annotations.db")
    (folder / f"{planted('file').replace('/', '')}.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    (folder / "bad.jsonl").write_text(f'{{"{planted("key")}": 1}}\n', encoding="utf-8")
    (folder / "scheme.toml").write_text(f'name = "{planted("scheme")}', encoding="utf-8")
    (folder / "settings.toml").write_text("", encoding="utf-8")
    return folder


def lines(folder: Path) -> dict[str, list[list[str]]]:
    """Return for each command the arguments to try it with, good and bad ones."""
    with open_project(folder / "annotations.db", create=False) as project:
        claim = next(project.claims()).claim.id
    hostile = planted("argument")
    files = [str(path) for path in folder.iterdir() if path.suffix in (".csv", ".jsonl")]
    return {
        "open": [[]],
        "review": [[]],
        "add": [[*files, hostile, "--as", "Ada"]],
        "pretag": [[*files, hostile], ["annotations.db"]],
        "claims": [[], ["--all"], ["--json"]],
        "label": [[claim, hostile, "--as", "Ada"], [hostile, "verified", "--as", "Ada"]],
        "bundle": [["--for", "Ben", "-o", hostile, "--as", "Ada"]],
        "handin": [["-o", "Ben.db", "--as", "Ada"]],
        "blind": [[], ["off", "--as", "Ada"], [hostile]],
        "merge": [["Ben.db", "--as", "Ada"], ["bad.jsonl", hostile, "--as", "Ada"]],
        "decide": [[claim, "verified", "--reason", hostile, "--as", "Lea"]],
        "agreement": [[], ["--json"], ["--people"], ["--mine", "--as", "Ada"], ["--same-words"]],
        "log": [[], ["--json"], ["--claim", claim], ["--article", hostile], ["--since", hostile]],
        "export": [
            ["jsonl", "-o", "out"],
            [hostile],
            ["csv", "-o", "annotations.db"],
            *(["csv", "-o", "no", one, hostile] for one in ("--who", "--labels", "--splits")),
            ["csv", "-o", "cut", "--without-text"],
            ["csv", "-o", "found", "--filter", hostile],
        ],
        "rehydrate": [[hostile, *files], ["cut", *files, hostile], ["found", hostile]],
        "import": [["jsonl", "found", hostile, "--as", "Ada"], [hostile, "found", "--as", "Ada"]],
        "check": [[], ["--db", "bad.jsonl"]],
        "recover": [["bad.jsonl", "--as", "Ada"], [hostile, "--as", "Ada"]],
        "where": [[], ["--db", hostile]],
        "licences": [[]],
    }


def test_every_command_is_tried(folder: Path) -> None:
    assert lines(folder).keys() == main.commands.keys()


@pytest.mark.parametrize("command", main.commands)
def test_a_command(folder: Path, command: str) -> None:
    for arguments in lines(folder)[command]:
        run = subprocess.run(
            [sys.executable, "-m", "annotator", command, *arguments],
            cwd=folder,
            capture_output=True,
            env={**os.environ, "ANNOTATOR_CONFIG": str(folder / "settings.toml")},
        )
        printed = (run.stdout + run.stderr).decode("utf-8", "surrogateescape")
        assert printed and not ACTS.search(printed), (arguments, ACTS.findall(printed), printed)
        assert "Traceback" not in printed


# A way through all screens and windows: keys, and what is then to be seen, or no more if it starts
# with a minus sign.
WAY = (
    ("k", "Il pleut"), ("h", "History"), ("q", "-History"), ("\r", "Esc closes"),
    ("q", "-Esc closes"), ("?", "Keys"), ("q", "-Keys"), ("c", "Codebook"), ("q", "-Codebook"),
    ("t", "Enter saves"), ("\x1b", "-Enter saves"), ("e", "─ Evidence"), ("\x1b", "-─ Evidence"),
    ("q", "annotations.db"), ("R", "differ"), ("q", "annotations.db"),
    ("P", "Each reviewer"), ("W", "Same words"), ("F", "settled ones"), ("q", "annotations.db"),
    ("A", "Ben"), ("q", "annotations.db"), ("/", "outlet"),
)  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_every_screen(folder: Path, size: tuple[int, int]) -> None:
    terminal = Terminal(folder, "--as", "Ada", columns=size[0], rows=size[1])
    if "annotations.db" in terminal.wait("title"):  # the second time it opens the article
        terminal.press("\r")
    for key, seen in WAY:
        terminal.press(key)
        if seen.startswith("-"):
            terminal.wait(lambda text, word=seen[1:]: word not in text)
            time.sleep(0.3)  # a key right after Esc would be taken for one with Alt
        else:
            terminal.wait(seen)
    terminal.kill()
    written = terminal.received.decode("utf-8", "replace")
    for word in re.findall(
        r"(?:\x1b\]0;|\x1b\[2J|\x9b2J|\u202e|\x08|\x07|\r)([a-z-]+[0-6])\b", written
    ):
        raise AssertionError(f"{word} acted on the terminal")
    assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069]", written)
