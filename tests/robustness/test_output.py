"""No command and no screen passes on a byte that acts on a terminal, wherever it was planted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from annotator.cli import main
from annotator.model import About, Article, Attribution, Evidence, Judgement, Segment, Tagging
from annotator.review.deciding import decide
from annotator.review.sending import send_back
from annotator.review.session import Session
from annotator.store import open_project
from annotator.tagging.claims import claims
from tests.terminal import Terminal
from tests.tui.helpers import plain

# What a terminal would take for an order, each with a word to know it again by.
ORDERS = ("\x1b]0;{}\x07", "\x1b[2J{}", "\x9b2J{}", "\u202e{}\u2069", "\x08{}", "\x07{}", "\r{}")
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

# What shifts columns where it is not drawn as wide as it is counted, and what is long.
MARKS = "\U0001f469\u200d\U0001f467 e\u0301\u0323 \u6f22\u5b57 \u2764\ufe0f"
LONG = "mot " * 20_000 + "fin."


def planted(word: str) -> str:
    """Return every order, each with a word of its own in it."""
    return " ".join(order.format(f"{word}{n}") for n, order in enumerate(ORDERS)) + " [/x][bold]"


def reported() -> tuple[Article, Tagging]:
    """An article with a quotation; all that is said in it, of it and of its tags is hostile."""
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
    return article, Tagging(article.id, "fr", None, "1", segments, (said,), tags)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose files' names and contents, and a project all of whose texts, are hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    article, tagging = reported()
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


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A folder with a project in which Ada and two others of hostile names did all one can do."""
    person, lead = (f"{ORDERS[0].format(f'{name}0')} [/x]" for name in ("person", "lead"))
    twice = f"{planted('twice')} {MARKS}"
    (article, tagging), other = reported(), plain(f"{twice}\n{LONG}\n{twice}", planted("other"))
    with open_project(tmp_path / "annotations.db") as project:
        project.add([(article, tagging), other], "Ada")
        first, *rest = [row.claim.id for row in project.claims(walk_only=False)]
        sessions = [Session(project, name) for name in ("Ada", person, lead)]
        for session, label in zip(sessions, ("verified", "disputed", "verified"), strict=True):
            for claim in (first, *rest):
                note = planted(f"note-{label}")
                session.record(claim, Judgement({"veracity": (label,)}, note=note))
        ada = sessions[0]
        ada.record(rest[-1], Judgement({"veracity": ("disputed",)}))
        ada.mark("flag", first, planted("flag"))
        decide(
            project, lead, rest[-1], Judgement({"veracity": ("verified",)}, note=planted("why")),
            reason="slip", speaker=planted("settled"),
        )  # fmt: skip
        send_back(project, person, first, "Ada", planted("asked"))
        ada.correct_speaker(article.id, tagging.attributions[0], planted("corrected"), "person")
        project.set_place("Ada", article.id, first)
    (tmp_path / "settings.toml").write_text("", encoding="utf-8")
    return tmp_path


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


# The same through what finds, corrects, compares and settles.
FURTHER = (
    ("j", "direct quotation"), ("x", "corrected0"), ("v", "In which voice?"),
    ("q", "-In which voice?"), ("x", "corrected0"), ("t", "organisation"), ("q", "-organisation"),
    ("x", "nobody says this"), ("s", "Who says it?"), ("\x1b", "-Who says it?"),
    ("x", "nobody says this"), ("c", "Content, the words"), ("\x1b", "-Content, the words"),
    ("x", "nobody says this"), ("d", "The second part begins"), ("\r", "is kept: x l lists it"),
    ("x", "nobody says this"), ("l", "Superseded answers"), ("q", "-Superseded answers"),
    ("x", "nobody says this"), ("m", "Drop which correction?"), ("q", "-Drop which"),
    ("z", "2 of 3"), ("h", "taken back"), ("q", "-─ History"), ("S", "in 1 article"),
    ("S", "─ Speakers"), ("\x1b", "-─ Speakers"), ("q", "-in 1 article"),
    ("/", "Search all claims"), ("twice", "2 claims"), ("\r", "/twice"), ("m", "3 of 3"),
    ("h", "settled0"), ("q", "-─ History"),
    ("e", "─ Evidence"), ("quoted", "quoted0"), ("\x1b", "-─ Evidence"), ("\x1b", "-/twice"),
    ("q", "annotations.db"), ("A", "person0"), ("q", "annotations.db"), ("F", "why0"),
    ("q", "annotations.db"), ("P", "Each reviewer"), ("N", "person0"), ("q", "annotations.db"),
    ("W", "twice0"), ("q", "annotations.db"), ("Y", "asked0"), ("q", "annotations.db"),
    ("R", "differ"), ("N", "person0"), ("h", "─ History"), ("q", "-─ History"),
    ("x", "Who speaks"), ("\x1b", "-Who speaks"), ("r", "Why the answers"), ("q", "-Why the"),
    ("t", "Enter saves"), ("\x1b", "-Enter saves"), ("y", "Send back to"),
    ("\x1b", "-Send back to"),
)  # fmt: skip
FOREIGN = (
    *("title", "outlet", "headline", "quoted", "speaker", "name", "corrected", "other", "twice"),
    *("person", "lead", "note-verified", "note-disputed", "flag", "asked", "why", "settled"),
)


def walk(terminal: Terminal, way: Sequence[tuple[str, str]]) -> str:
    """Press the keys of a way and return all that was written; none of it may act."""
    for key, seen in way:
        terminal.press(key)
        if seen.startswith("-"):
            terminal.wait(lambda text, word=seen[1:]: word not in text)
        else:
            terminal.wait(seen)
        if key == "\x1b":
            time.sleep(0.2)  # a key right after Esc would be taken for one with Alt
    terminal.kill()
    written = terminal.received.decode("utf-8", "replace")
    for word in re.findall(
        r"(?:\x1b\]0;|\x1b\[2J|\x9b2J|\u202e|\x08|\x07|\r)([a-z-]+[0-6])\b", written
    ):
        raise AssertionError(f"{word} acted on the terminal")
    assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069]", written)
    return written


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_every_screen(folder: Path, size: tuple[int, int]) -> None:
    terminal = Terminal(folder, "--as", "Ada", columns=size[0], rows=size[1])
    if "annotations.db" in terminal.wait("title"):  # the second time it opens the article
        terminal.press("\r")
    walk(terminal, WAY)


def test_every_way_to_find_correct_compare_and_settle(team: Path) -> None:
    terminal = Terminal(team, "--as", "Ada")
    terminal.wait("headline0")
    written = walk(terminal, FURTHER)
    assert [word for word in FOREIGN if f"{word}0" not in written] == []
