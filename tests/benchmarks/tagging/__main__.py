"""Time the pre-tagger against bare spaCy: python -m tests.benchmarks.tagging [TEXTS.jsonl ...]

speed   words a second of the whole pre-tagging over those of `spacy.load(model)` with all its
        components and default settings, same texts, same process, interleaved, median of the runs
start   `annotator pretag` on one short article over loading the model in a fresh interpreter
jobs    `annotator add --jobs 2` over one job, same articles
memory  peak memory of `annotator add` with four times the articles over the same with one time
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

Texts = dict[str, list[str]]
CORPUS = Path("corpora/gold")
# Enough words that a run takes seconds, few enough that the whole takes minutes.
MOST_WORDS = 40_000


def main() -> None:
    """Run the parts asked for and print their ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path, nargs="*", default=sorted(CORPUS.glob("*.jsonl")))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=("speed", "start", "jobs", "memory"))
    arguments = parser.parse_args()
    texts = read(arguments.texts)
    parts: dict[str, Callable[[Texts, int], None]] = {
        "start": start, "jobs": jobs, "memory": memory, "speed": speed,
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
    import spacy

    for language, group in texts.items():
        if (model := installed(language)) is None:
            continue
        # The bare pipeline first: the tagger may change which arithmetic later models use.
        bare = spacy.load(model)
        from annotator.tagging.tagger import Tagger

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
                times["load"].append(timed(lambda: run(load)))  # noqa: B023
                times["tag"].append(timed(lambda: run(tag)))  # noqa: B023
        plain, ours = statistics.median(times["load"]), statistics.median(times["tag"])
        print(f"start  {language}: {ours / plain:.2f} x loading {model} ({ours:.2f} s)")


def jobs(texts: Texts, runs: int) -> None:
    """Compare adding with two processes to adding with one."""
    del runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(folder / "in", texts, copies=4)
        one, two = (timed(lambda: add(folder, f"{n}.db", n)) for n in (1, 2))  # noqa: B023
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


def timed(call: Callable[[], object]) -> float:
    """Return the seconds a call takes."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
