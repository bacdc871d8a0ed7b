"""How fast a session is: `python -m tests.benchmarks.session [PRESSES [ARTICLES]]`.

Every program runs in a pseudo-terminal of its own. A key's time is from writing it to the last
byte of the screen it led to; opening is until the article, or the list, is on the screen. Programs
that are compared take turns, so that a busy machine slows them alike.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import count as numbers
from pathlib import Path

from tests.benchmarks.session.programs import Program, annotator, bare
from tests.benchmarks.session.projects import long_article, project, short_articles

PRESSES, ARTICLES = 300, 100_000
LONG, SHORT = 20_000, 20
ITEM_LINES = 3
HOME, END = "\x1b[H", "\x1b[F"
OPENINGS = 7
WALKED = (100, 1000)
COPIES = numbers()


def main() -> None:
    """Measure everything and print one line a figure."""
    presses = int(sys.argv[1]) if len(sys.argv) > 1 else PRESSES
    articles = int(sys.argv[2]) if len(sys.argv) > 2 else ARTICLES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        long = project(folder / "long.db", [long_article(LONG)])
        short = project(folder / "short.db", [long_article(SHORT)])
        keys(long, short, presses)
        opening(long, short)
        many = project(folder / "many.db", short_articles(articles))
        few = project(folder / "few.db", short_articles(100))
        corpus(many, few, articles)
        memory(many, articles)


def keys(long: Path, short: Path, presses: int) -> None:
    """Moving and judging in a long article and in a short one, and moving in bare apps.

    A sentence of the articles takes three lines, with the blank one before it. The bare list with
    items of three lines paints and scrolls as much; the one of single lines scrolls less often.
    """
    for what, labels in (("move", "j"), ("judge", "n ")):
        programs = {
            "bare": ready(bare(LONG, ITEM_LINES), "line 0"),
            "bare, single lines": ready(bare(LONG, 1), "line 0"),
            "long": article(long),
            "short": article(short),
        }
        wall: dict[str, list[float]] = {name: [] for name in programs}
        processor: dict[str, list[float]] = {name: [] for name in programs}
        for turn in range(presses):
            round_, place = divmod(
                turn, SHORT - 5
            )  # each round in the short article: another label
            for name, program in programs.items():
                if name == "short" and not place and round_:
                    program.press(HOME)
                before = program.spent()
                wall[name].append(program.press(labels[round_ % len(labels)]))
                processor[name].append(program.spent() - before)
        for program in programs.values():
            program.kill()
        for clock, times in (("", wall), (", processor", processor)):
            for name, values in times.items():
                over = [p95(values) / p95(times[other]) for other in ("bare", "bare, single lines")]
                remark = f"{over[0]:.2f}x bare, {over[1]:.2f}x single lines"
                line(f"{what}, {name}{clock}", statistics.median(values), p95(values), remark)
            ratio = p95(times["long"]) / p95(times["short"])
            line(f"{what}, long to short{clock}", 0, 0, f"{ratio:.2f}x")


def opening(long: Path, short: Path) -> None:
    """Opening an article from the list, until it is on the screen."""
    times = {LONG: [], SHORT: []}
    for _ in range(OPENINGS):
        for count, path in ((LONG, long), (SHORT, short)):
            fresh = shutil.copy(path, path.with_suffix(f".{next(COPIES)}.db"))
            program = ready(annotator(fresh), "Article of")
            times[count].append(program.until("judged", program.send("\r")))
            program.kill()
    for count, values in times.items():
        line(f"open {count} claims", statistics.median(values), max(values), "")
    more = statistics.median(times[LONG]) - statistics.median(times[SHORT])
    line("open, long less short", more, 0, "")


def corpus(many: Path, few: Path, count: int) -> None:
    """The list of articles: from the start of the program, to its end, filtered.

    How many match is counted once no key came for a while, which is no part of a key's time.
    """
    acts: dict[str, Callable[[Program], float]] = {
        "list on screen": lambda program: program.until("Report 0"),
        "End": lambda program: (program.settle(), program.press(END))[1],
        "filter, a key": lambda program: typed(program, "/", program.press),
        "filter, a key, processor": lambda program: typed(
            program, "\x1b/", lambda key: pressed(program, key)
        ),
    }
    times: dict[tuple[str, Path], list[float]] = {}
    for _ in range(OPENINGS):
        for path in (many, few):
            program = annotator(path)
            for what, act in acts.items():
                times.setdefault((what, path), []).append(act(program))
            program.kill()
    for what in acts:
        large, small = (statistics.median(times[what, path]) for path in (many, few))
        line(f"{what}, {count} articles", large, 0, f"{large / small:.2f}x 100 articles")


def typed(program: Program, before: str, press: Callable[[str], float]) -> float:
    """Open the filter (anew: the first key closes it) and return the median of what a key costs."""
    for key in before:
        program.press(key)
    return statistics.median([press(key) for key in "report 9"])


def pressed(program: Program, key: str) -> float:
    """Press a key and return the processor time until the screen is painted."""
    before = program.spent()
    program.press(key)
    return program.spent() - before


def memory(many: Path, count: int) -> None:
    """Resident memory while article after article is opened."""
    program = ready(annotator(many), "Report 0")
    program.press("\r")
    sizes = []
    for walked in range(1, min(count, max(WALKED)) + 1):
        program.press("J")
        if walked in WALKED:
            program.settle()
            sizes.append(program.memory())
    program.kill()
    for walked, size in zip(WALKED, sizes, strict=False):
        print(f"{f'memory after {walked} articles':<36}{size / 1024:>9.1f} MB")
    if len(sizes) == len(WALKED):
        print(f"{'growth':<36}{(sizes[-1] / sizes[0] - 1) * 100:>9.1f} %")


def article(path: Path) -> Program:
    """Start the program and open its first article."""
    copy = path.with_suffix(f".{next(COPIES)}.db")  # without the place of an earlier session
    program = ready(annotator(shutil.copy(path, copy)), "Article of")
    program.until("judged", program.send("\r"))
    program.settle(3.0)
    return program


def ready(program: Program, mark: str) -> Program:
    """Wait until a program is on the screen and at rest."""
    program.until(mark)
    program.settle()
    return program


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def line(what: str, median: float, worst: float, remark: str) -> None:
    """Print a figure: its median, its 95th percentile or worst, and what it is compared with."""
    cells = "".join(f"{one * 1000:>9.1f} ms" if one else " " * 12 for one in (median, worst))
    print(f"{what:<36}{cells}  {remark}", flush=True)


if __name__ == "__main__":
    main()
