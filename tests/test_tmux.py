"""Foreign text under tmux: columns stay where they are drawn, and nothing acts on the terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.store import open_project
from tests.tui.helpers import make_project, plain

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

PATIENCE = 30.0
COLUMNS, ROWS = 120, 40
HOSTILE = (
    "Famille \U0001f469\u200d\U0001f469\u200d\U0001f467 et drapeau \U0001f1eb\U0001f1f7.",
    "Pouce \U0001f44d\U0001f3fd, cœur ❤\ufe0f, touche 1\ufe0f\u20e3.",
    "De\u0301compose\u0301 : e\u0301\u0302\u0323\u0308 et \u0301seul.",
    "À rebours \u202eenvers\u202c et \u2067isolé\u2069.",
    "Titre \x1b]2;pwned\x07, effacer \x1b[2J, couleur \x1b[31mrouge, \x9b31m, \x07, \x08\x08.",
    "Balises [bold]gras[/] [/x] [@click=app.quit]sortir[/] \\[.",
    "Large 漢字ｶﾅ한국어, espaces\u2003fines\u202f et\u200bnulles.",
    "ไทย, العربية, \u0600\u0661, ﷽.",
)
LINE = "de\u0301cor \U0001f469\u200d\U0001f467 rôle " * 50_000


class Tmux:
    """The `annotator` command in a tmux server of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._socket = f"annotator-{uuid.uuid4().hex[:12]}"
        self._environment = {
            **os.environ,
            "LC_ALL": "C.UTF-8",
            "ANNOTATOR_CONFIG": str(folder / "settings.toml"),
        }
        # Where COLUMNS and LINES are set they hide the size of the terminal.
        for name in ("TMUX", "COLUMNS", "LINES"):
            self._environment.pop(name, None)
        size = ("-x", str(COLUMNS), "-y", str(ROWS))
        command = (sys.executable, "-m", "annotator", *arguments)
        self.run("-f", "/dev/null", "new-session", "-d", *size, "-c", str(folder), *command)

    def run(self, *arguments: str) -> str:
        """Run a tmux command and return what it prints."""
        command = ("tmux", "-u", "-L", self._socket, *arguments)
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=self._environment
        )
        return done.stdout

    @property
    def text(self) -> str:
        """What is on the screen."""
        return self.run("capture-pane", "-p")

    def wait(self, until: str | Callable[[str], bool]) -> str:
        """Return the screen's text as soon as it holds a text or a test of it is true."""
        test = (lambda text: until in text) if isinstance(until, str) else until
        deadline = time.monotonic() + PATIENCE
        while not test(shown := self.text):
            assert time.monotonic() < deadline, f"waited in vain for {until!r}:\n{shown}"
            time.sleep(0.05)
        return shown

    def press(self, *keys: str) -> None:
        """Send keys."""
        self.run("send-keys", *keys)

    def columns_of(self, sign: str) -> dict[int, int]:
        """Return row → column of a sign that stands once in some rows, as tmux counts columns."""
        found: dict[int, int] = {}
        self.run("copy-mode")
        for move in ("top-line", "start-of-line"):
            self.run("send-keys", "-X", move)
        for _ in range(ROWS):
            self.run("send-keys", "-X", "search-forward-text", sign)
            place = self.run("display-message", "-p", "#{copy_cursor_y} #{copy_cursor_x}")
            row, column = map(int, place.split())
            if row in found:  # it began again at the top
                break
            found[row] = column
        self.run("send-keys", "-X", "cancel")
        return found

    def close(self) -> None:
        """End the server."""
        self.run("kill-server")


@pytest.fixture
def started() -> Iterator[Callable[..., Tmux]]:
    running: list[Tmux] = []

    def start(folder: Path, *arguments: str) -> Tmux:
        running.append(Tmux(folder, *arguments))
        return running[-1]

    yield start
    for one in running:
        one.close()


def edges(tmux: Tmux) -> set[int]:
    """The columns of the edge between the article and the panel; one if all is as it is drawn."""
    found = tmux.columns_of("│")
    assert len(found) >= ROWS - 3, "each row but title, message and footer has the edge once"
    return set(found.values())


def test_columns_hold_and_nothing_acts(tmp_path: Path, started) -> None:
    db = make_project(tmp_path, *(plain(text) for text in ("\n".join(HOSTILE), LINE)))
    with open_project(db) as project:
        project.set_place("Ada", *next((row.article_id, row.claim.id) for row in project.claims()))
    tmux = started(tmp_path, "open", "--db", str(db), "--as", "Ada")
    tmux.wait(lambda text: "0/8 judged" in text and "[@click=app.quit]sortir[/]" in text)
    tmux.wait(lambda text: "漢字" in text and "back" in text)
    assert len(edges(tmux)) == 1
    tmux.press("p", "w", "Down", "Right", "p", "q", "j", "j", "d", "u")
    tmux.wait("1/8 judged")
    assert len(edges(tmux)) == 1
    assert "pwned" not in tmux.run("display-message", "-p", "#{pane_title} #{window_name}")
    tmux.press("J")
    tmux.wait(lambda text: "0/1 judged" in text and "rôle" in text)
    assert len(edges(tmux)) == 1
    tmux.press("p", "End", "PageDown", "v")
    tmux.wait("1/1 judged")
    assert len(edges(tmux)) == 1
    tmux.press("q", "q")
    tmux.wait(lambda text: "judged" not in text)
