"""A whole session in a real terminal: every kind of answer, a restart, undo, and the export."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal

TEXT = """Les terroristes ont coupé la route de Corvane

Le régime a fermé trois écoles, selon le syndicat. « Rien ne justifie cette mesure », a déclaré
la directrice du lycée, Lise Armel.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def exported(folder: Path) -> dict[str, dict]:
    """Export the project and return text → judgement of every judged claim."""
    command = [sys.executable, "-m", "annotator", "export", "jsonl", "-o", "out", "--force"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    lines = (folder / "out" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    records = map(json.loads, lines)
    return {one["text"]: one["judgements"][0] for one in records if one["judgements"]}


def test_a_session_with_everything_in_it(folder: Path) -> None:
    terminal = Terminal(folder, "open", "a.txt", "--as", "Ada", columns=120, rows=40)
    terminal.wait('"terroristes" in the')
    terminal.wait(lambda text: "adding" not in text)
    terminal.press("p")
    terminal.wait("words    terroristes")
    terminal.press("t")
    terminal.wait("Enter saves")
    terminal.press("à revoir\r")
    terminal.wait("note     à revoir")
    terminal.press("e")
    terminal.wait("as of")
    terminal.press("https://example.org/route\r")
    terminal.wait("evidence https://example.org/route")
    terminal.press("d")
    terminal.wait("1/")
    terminal.press("q")
    terminal.wait("Enter open")
    terminal.press("q")
    assert terminal.ended() == 0

    again = Terminal(folder, "--as", "Ada")
    again.wait("1/")
    again.press("k")
    again.wait("judged  1 of")
    again.press("h")
    again.wait("History")
    again.wait("note: à revoir")
    again.press("q")
    again.wait(lambda text: "History" not in text)
    again.press("z")
    again.wait("0/")
    again.press("w\x1b[C\x1b[Bs")
    again.wait("✓s sarcasm")
    again.press("qq")
    again.wait("Enter open")
    again.press("q")
    assert again.ended() == 0

    (judgement,) = exported(folder).values()
    assert judgement["labels"]["rhetoric"] == ["partisan_framing", "sarcasm"]
    assert judgement["labels"]["veracity"] is None
    assert judgement["note"] == "à revoir"
    assert [one["value"] for one in judgement["evidence"]] == ["https://example.org/route"]
    framing = [TEXT[a:b] for a, b in judgement["spans"]["partisan_framing"]]
    assert framing == ["terroristes"]
    assert "loaded_word:4-15" in judgement["hints_shown"]


@pytest.mark.parametrize("keys", ["q", "qq", "vq", "tq\x1b", "Jq"])
def test_keys_right_after_opening_crash_nothing(folder: Path, keys: str) -> None:
    terminal = Terminal(folder, "open", "a.txt", "--as", "Ada")
    terminal.wait("judged")
    terminal.press(keys)
    terminal.wait(lambda text: "Traceback" not in text)
    terminal.press("\x03")
    terminal.press("\x11")
    assert terminal.ended() == 0
    assert b"Traceback" not in terminal.received
