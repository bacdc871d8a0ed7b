"""How soon the UI is on the screen: `python -m tests.benchmarks.startup [RUNS]`.

Each program is started in a pseudo-terminal of its own and timed from the start of the process to
the first frame that holds its title. The programs take turns, so that a busy machine slows all of
them alike; the figures are medians, and ratios to a bare Textual app.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.model import About, Article, Segment, Tagging
from annotator.store import open_project
from annotator.tagging.claims import claims

RUNS = 15
SIZES = (1, 10_000)
ROWS, COLUMNS = 24, 80
TIMEOUT_SECONDS = 60.0
BATCH = 1000
BARE = """
from textual.app import App
from textual.widgets import Footer, Header, Static
class Bare(App):
    TITLE = "bare"
    def compose(self):
        yield Header()
        yield Static("ready")
        yield Footer()
Bare().run()
"""


def main() -> None:
    """Measure and print one line a program."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    with tempfile.TemporaryDirectory() as folder:
        programs = {"bare Textual app": ([sys.executable, "-c", BARE], ("ready", "ready"))}
        for size in SIZES:
            path = project(Path(folder) / f"{size}.db", size)
            command = [sys.executable, "-m", "annotator", "open", "--db", str(path), "--as", "Ada"]
            programs[f"annotator, {size} articles"] = (command, ("annotator", "Report 0"))
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
        for turn in range(runs + 1):
            for name, (command, marks) in programs.items():
                measured = time_to(command, marks)
                if turn:  # the first turn fills the disk cache
                    times[name].append(measured)
    report(times)


def report(times: dict[str, list[tuple[float, float]]]) -> None:
    """Print medians and their ratios to the first program's."""
    medians = {
        name: [statistics.median(column) for column in zip(*rows, strict=True)]
        for name, rows in times.items()
    }
    base = next(iter(medians.values()))[0]
    print(f"{'':<28}{'first paint':>20}{'list on screen':>20}")
    for name, values in medians.items():
        cells = "".join(f"{value:>12.3f} s {value / base:>5.2f}x" for value in values)
        print(f"{name:<28}{cells}")


def time_to(command: Sequence[str], marks: Sequence[str]) -> tuple[float, float]:
    """Return the seconds from process start to the frames that hold each of two texts."""
    begin = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "", "LINES": ""}
        os.execvpe(command[0], command, environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    try:
        found: list[float] = []
        sent = b""
        for piece in output(terminal, begin + TIMEOUT_SECONDS):
            sent += piece
            while len(found) < len(marks) and marks[len(found)].encode() in sent:
                found.append(time.perf_counter() - begin)
            if len(found) == len(marks):
                return found[0], found[1]
        raise SystemExit(f"{command}: never showed {marks[len(found)]!r}:\n{sent[-2000:]!r}")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def output(terminal: int, deadline: float) -> Iterator[bytes]:
    """Yield what a program writes to its terminal until it ends or time is up."""
    while (left := deadline - time.perf_counter()) > 0:
        if not select.select([terminal], [], [], left)[0]:
            return
        try:
            yield os.read(terminal, 65536)
        except OSError:  # the program has ended
            return


def project(path: Path, size: int) -> Path:
    """Make a project of articles with forty claims each."""
    with open_project(path) as opened:
        for start in range(0, size, BATCH):
            numbers = range(start, min(start + BATCH, size))
            opened.add([article(number) for number in numbers], "Ada")
    return path


def article(number: int) -> tuple[Article, Tagging]:
    """Return an article of forty sentences in the narrator's voice."""
    sentences = [f"Sentence {line} of report {number} says little." for line in range(40)]
    starts = [sum(len(one) + 1 for one in sentences[:line]) for line in range(40)]
    segments = tuple(
        Segment(start, start + len(one), "sentence")
        for start, one in zip(starts, sentences, strict=True)
    )
    made = Article(" ".join(sentences), About(title=f"Report {number}", outlet="The Daily Test"))
    found = tuple(claims(made.id, made.text, segments, [], None))
    return made, Tagging(made.id, "en", None, "benchmark", segments, (), found)


if __name__ == "__main__":
    main()
