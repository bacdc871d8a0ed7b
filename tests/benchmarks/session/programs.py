"""Programs in a pseudo-terminal, and the time from a key to the screen that answers it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

ROWS, COLUMNS = 40, 120
PATIENCE = 20.0
# What a key changes comes within this time of its first byte, or it is not the key's doing.
QUIET_SECONDS = 0.05

BARE = """
import sys
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

class Lines(ScrollView, can_focus=False):
    cursor = 0
    def on_resize(self):
        self.virtual_size = Size(self.size.width, COUNT * LINES)
    def render_line(self, y):
        line = y + self.scroll_offset.y
        style = Style(reverse=line // LINES == self.cursor)
        return Strip([Segment(f"line {line} of the list".ljust(self.size.width), style)])
    def move(self, by):
        before, self.cursor = self.cursor, min(max(0, self.cursor + by), COUNT - 1)
        top, page = self.scroll_offset.y, self.size.height
        for item in (before, self.cursor):
            self.refresh_lines(item * LINES, LINES)
        first = self.cursor * LINES
        if not top <= first <= top + page - LINES:
            self.scroll_to(y=first + LINES - page // 2, animate=False, force=True)

class Bare(App):
    def compose(self):
        yield Lines()
    def on_key(self, event):
        if event.key in ("j", "k", "n", "space"):
            self.query_one(Lines).move(-1 if event.key == "k" else 1)
        elif event.key == "q":
            self.exit()

COUNT, LINES = map(int, sys.argv[1:])
Bare().run()
"""


class Program:
    """A command at work in a pseudo-terminal."""

    def __init__(self, command: Sequence[str]) -> None:
        self.started = time.perf_counter()
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "", "LINES": ""}
            os.execvpe(command[0], command, environment)
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)

    def until(self, mark: str, since: float | None = None) -> float:
        """Return the seconds from a moment, or the start, until the output holds a text."""
        begin = self.started if since is None else since
        sent = b""
        while mark.encode() not in sent:
            piece = self._read(PATIENCE)
            if not piece:
                raise SystemExit(f"never showed {mark!r}:\n{sent[-2000:]!r}")
            sent += piece
        return time.perf_counter() - begin

    def press(self, key: str) -> float:
        """Send a key and return the seconds until the last byte of the screen it led to."""
        begin = time.perf_counter()
        os.write(self._terminal, key.encode())
        last = begin
        patience = PATIENCE  # a key that changes nothing would be waited for
        while self._read(patience):
            last, patience = time.perf_counter(), QUIET_SECONDS
        return last - begin

    def send(self, key: str) -> float:
        """Send a key and return the moment at which that was done."""
        os.write(self._terminal, key.encode())
        return time.perf_counter()

    def settle(self, quiet: float = 0.7) -> None:
        """Wait until nothing is painted any more."""
        while self._read(quiet):
            pass

    def spent(self) -> float:
        """Return the seconds of processor time that the program has taken, to the nanosecond."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def memory(self) -> int:
        """Return the resident memory of the program in kilobytes."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    def kill(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._terminal)

    def _read(self, patience: float) -> bytes:
        """Return what was written within so many seconds, nothing if nothing was."""
        if not select.select([self._terminal], [], [], patience)[0]:
            return b""
        try:
            return os.read(self._terminal, 1 << 20)
        except OSError:
            raise SystemExit("the program has ended") from None


def bare(items: int, lines: int) -> Program:
    """Start a bare Textual app with one list of so many items, of so many lines each."""
    return Program([sys.executable, "-c", BARE, str(items), str(lines)])


def annotator(db: Path) -> Program:
    """Start the program on a project."""
    return Program([sys.executable, "-m", "annotator", "open", "--db", str(db), "--as", "Ada"])
