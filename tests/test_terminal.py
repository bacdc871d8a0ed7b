"""The whole way in a real terminal: add, read, judge, leave, come back, undo, export."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal

FIRST = """Le tramway de Corvane reste au dépôt

« Aucune rame ne sortira avant lundi », a déclaré la directrice du réseau, Lise Armel. Selon le
syndicat des conducteurs, trois freins sont défectueux.
"""
SECOND = """Le marché couvert rouvre samedi

Le maire, Joël Brunet, a promis de « tenir les loyers ». Les halles ont trois cents ans.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "b.txt").write_text(SECOND, encoding="utf-8")
    return tmp_path


def exported(folder: Path) -> dict[str, dict]:
    """Export the project and return text → labels of every judged claim."""
    command = [sys.executable, "-m", "annotator", "export", "jsonl", "-o", "out", "--force"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    lines = (folder / "out" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    records = map(json.loads, lines)
    return {one["text"]: one["judgements"][0]["labels"] for one in records if one["judgements"]}


def test_a_session_from_text_files_to_a_dataset(folder: Path) -> None:
    terminal = Terminal(folder, "open", "a.txt", "b.txt", "--as", "Ada")
    terminal.wait("Aucune rame ne sortira")
    assert "Le tramway de Corvane" in terminal.text
    terminal.press("n")
    terminal.wait("Lise Armel")
    terminal.press("pd")
    terminal.wait("2/")
    terminal.wait(lambda text: "adding" not in text)
    terminal.press("q")
    terminal.wait("Le marché couvert")
    terminal.press("q")
    assert terminal.ended() == 0
    assert exported(folder) == {
        "Le tramway de Corvane reste au dépôt": {"veracity": "not_a_claim", "rhetoric": []},
        "Aucune rame ne sortira avant lundi": {
            "veracity": "disputed",
            "rhetoric": ["partisan_framing"],
        },
    }


def test_it_opens_where_the_reviewer_stopped_and_undo_reaches_back(folder: Path) -> None:
    terminal = Terminal(folder, "open", "a.txt", "b.txt", "--as", "Ada")
    terminal.wait("Aucune rame")
    terminal.wait(lambda text: "adding" not in text)
    terminal.press("nJv")
    terminal.wait("1/")
    terminal.press("qq")
    assert terminal.ended() == 0

    again = Terminal(folder, "--as", "Ada", columns=120, rows=40)
    again.wait("tenir les loyers")
    again.press("zz")
    again.wait("Aucune rame")
    again.press("Z")
    again.wait("1/")
    again.press("qq")
    assert again.ended() == 0
    assert list(exported(folder)) == ["Le tramway de Corvane reste au dépôt"]


def test_what_was_judged_survives_a_kill(folder: Path) -> None:
    terminal = Terminal(folder, "open", "a.txt", "--as", "Ada")
    terminal.wait("Aucune rame")
    terminal.press("nd")
    terminal.wait("2/")
    terminal.kill()
    assert len(exported(folder)) == 2


def test_a_hostile_text_cannot_act_on_the_terminal(folder: Path) -> None:
    hostile = (
        "Titre [bold]\x1b]0;owned\x07[/x]\n\n"
        "« Oui \x9b2J\u202e[@click=app.quit]non[/] », a dit le maire.\n"
    )
    (folder / "a.txt").write_text(hostile, encoding="utf-8")
    terminal = Terminal(folder, "open", "a.txt", "--as", "Ada")
    terminal.wait("[/x]")
    terminal.wait("[@click=app.quit]")
    terminal.press("qq")
    assert terminal.ended() == 0
    assert b"owned\x07" not in terminal.received
    assert "\u202e".encode() not in terminal.received
    assert b"\xc2\x9b" not in terminal.received


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("text.db", b"no database at all " * 100, "not an annotator project"),
        ("absent/p.db", None, "absent"),
    ],
)
def test_a_project_that_cannot_be_opened_is_one_line(folder, name, content, message) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    terminal = Terminal(folder, "open", "--db", name, "--as", "Ada")
    assert terminal.ended() == 1
    assert message in terminal.text
    assert b"Traceback" not in terminal.received
