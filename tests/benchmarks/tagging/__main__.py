"""Time the pre-tagger against bare spaCy: python -m tests.benchmarks.tagging [TEXTS.jsonl ...]

speed   words a second of the whole pre-tagging over those of `spacy.load(model)` with all its
        components and default settings, same texts, same process, interleaved, median of the runs
start   `annotator pretag` on one short article over loading the model in a fresh interpreter
jobs    `annotator add --jobs 2` over one job, same articles, both starts included
memory  peak memory of `annotator add` with four times the articles over the same with one time
linear  two megabytes of a text that no newspaper prints over one, and the seconds of the one

Speed, start and linear count processor time, so that a busy machine does not blur them; jobs
counts the clock's and means little unless two processors are free.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

Texts = dict[str, list[str]]
CORPUS = Path("corpora/gold")
# Enough articles that two workers' starts do not count for much.
COPIES = 24
MEGABYTE = 1_000_000
DEGENERATE = {
    "opening marks": "« ",
    "one word": "mot",
    "brackets": "([{",
    "parentheses": "(",
    "elisions": "l'",
    "chained reports": "a dit que ",
}
# Enough words that a run takes seconds, few enough that the whole takes minutes.
MOST_WORDS = 40_000


def main() -> None:
    """Run the parts asked for and print their ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path, nargs="*", default=sorted(CORPUS.glob("*.jsonl")))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=("speed", "start", "jobs", "memory", "linear"))
    arguments = parser.parse_args()
    texts = read(arguments.texts)
    parts: dict[str, Callable[[Texts, int], None]] = {
        "start": start, "jobs": jobs, "memory": memory, "speed": speed, "linear": linear,
    }  # fmt: skip
    for name, part in parts.items():
        if arguments.only in (None, name):
            part(texts, arguments.runs)


def read(paths: list[Path]) -> Texts:
    """Return the texts of JSON Lines files by language."""
    texts: Texts = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            group = texts.setdefault(record["language"], [])
            if sum(len(text.split()) for text in group) < MOST_WORDS:
                group.append(record["text"])
    return texts


def speed(texts: Texts, runs: int) -> None:
    """Compare the whole pre-tagging with the bare pipeline of the same model."""
    # First: it says how many threads NumPy takes, which the bare pipeline does not use.
    from annotator.tagging.tagger import Tagger

    import spacy  # isort: skip
    from thinc.api import NumpyOps, set_current_ops

    for language, group in texts.items():
        if (model := installed(language)) is None:
            continue
        # Before the tagger's: that one changes which arithmetic later models use.
        set_current_ops(NumpyOps())
        bare = spacy.load(model)
        tagger = Tagger()
        tagger.tag(group[0], language)
        times: dict[str, list[float]] = {"bare": [], "ours": []}
        for _ in range(runs):
            times["bare"].append(timed(lambda: [bare(text) for text in group]))  # noqa: B023
            times["ours"].append(timed(lambda: [tagger.tag(text, language) for text in group]))  # noqa: B023
        plain, ours = statistics.median(times["bare"]), statistics.median(times["ours"])
        words = sum(len(text.split()) for text in group)
        print(
            f"speed  {language}: {plain / ours:.2f} x bare {model} "
            f"({words / ours:,.0f} against {words / plain:,.0f} words/s, {words:,} words)"
        )


def start(texts: Texts, runs: int) -> None:
    """Compare a whole `pretag` of one short article with loading its model."""
    for language, group in texts.items():
        if (model := installed(language)) is None:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "article.txt"
            path.write_text(group[0][:2000], encoding="utf-8")
            load = [sys.executable, "-c", f"import spacy; spacy.load({model!r})"]
            tag = [sys.executable, "-m", "annotator", "pretag", str(path), "--language", language]
            times: dict[str, list[float]] = {"load": [], "tag": []}
            for _ in range(runs):
                times["load"].append(timed(lambda: run(load), children))  # noqa: B023
                times["tag"].append(timed(lambda: run(tag), children))  # noqa: B023
        plain, ours = statistics.median(times["load"]), statistics.median(times["tag"])
        print(f"start  {language}: {ours / plain:.2f} x loading {model} ({ours:.2f} s)")


def jobs(texts: Texts, runs: int) -> None:
    """Compare adding with two processes to adding with one."""
    del runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(folder / "in", texts, copies=COPIES)
        one, two = (timed(lambda: add(folder, f"{n}.db", n), time.perf_counter) for n in (1, 2))  # noqa: B023
    print(f"jobs   {one / two:.2f} x with 2 processes ({one:.1f} s against {two:.1f} s)")


def memory(texts: Texts, runs: int) -> None:
    """Compare the peak memory of adding many articles with that of adding few."""
    del runs
    peaks = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for copies in (1, 4):
            write_articles(folder / str(copies), texts, copies)
            script = (
                "import resource, sys; from annotator.cli import main\n"
                "try: main()\n"
                "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
            )
            arguments = ["add", str(folder / str(copies)), "--db", str(folder / f"m{copies}.db")]
            out = run([sys.executable, "-c", script, *arguments, "--as", "bench"])
            peaks.append(int(out.split()[-1]))
    print(
        f"memory {peaks[1] / peaks[0]:.2f} x with four times the articles ({peaks[1] // 1024} MB)"
    )


def installed(language: str) -> str | None:
    """Return the installed model the tagger uses for a language, None if there is none."""
    from spacy.util import is_package

    from annotator.tagging.parser import MODELS

    return next((model for model in MODELS.get(language, ()) if is_package(model)), None)


def write_articles(folder: Path, texts: Texts, copies: int) -> None:
    """Write each text `copies` times, each time with another first line."""
    folder.mkdir()
    for copy in range(copies):
        for language, group in texts.items():
            for number, text in enumerate(group):
                path = folder / f"{language}-{number}-{copy}.txt"
                path.write_text(f"Edition {copy}\n\n{text}", encoding="utf-8")


def add(folder: Path, db: str, processes: int) -> None:
    """Run `annotator add` over a folder's articles."""
    command = [sys.executable, "-m", "annotator", "add", str(folder / "in")]
    run([*command, "--db", str(folder / db), "--as", "bench", "--jobs", str(processes)])


def run(command: list[str]) -> str:
    """Run a command to its end and return what it printed."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def linear(texts: Texts, runs: int) -> None:
    """Compare twice a megabyte of degenerate text, and of prose, with once."""
    del runs
    from annotator.tagging.tagger import Tagger

    tagger = Tagger()
    tagger.tag("Le port ferme, a dit Inès.", "fr")
    nested = "(" * (MEGABYTE // 2) + ")" * (MEGABYTE // 2)
    units = {**DEGENERATE, "nested brackets": nested, "prose": " ".join(texts["fr"]) + "\n"}
    for name, unit in units.items():
        text = unit * (2 * MEGABYTE // len(unit) + 1)
        short = unit if unit == nested else text[:MEGABYTE]
        long = "(" * MEGABYTE + ")" * MEGABYTE if unit == nested else text[: 2 * MEGABYTE]
        one, two = (timed(lambda: tagger.tag(piece, "fr")) for piece in (short, long))  # noqa: B023
        print(f"linear {name}: {two / one:.2f} x for twice the length ({one:.1f} s)", flush=True)


def children() -> float:
    """Return the processor seconds of the processes run so far."""
    spent = os.times()
    return spent.children_user + spent.children_system


def timed(call: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Return the seconds a call takes by a clock, this process's by default."""
    begin = clock()
    call()
    return clock() - begin


if __name__ == "__main__":
    main()
