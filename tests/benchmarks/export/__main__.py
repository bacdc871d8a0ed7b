"""Time exports against bare json.dumps: python -m tests.benchmarks.export [--judgements N]

FORMAT   seconds to write the dataset from the project (with card, checksums and all), over those
         to write the same rows, which are in memory already, with json.dumps alone; and how much of
         that it takes to verify the project first
memory   peak memory of a process that exports, over that of one that exports a quarter as much

The rows are those of the JSON Lines dataset, whatever the format. Judgements are by four people on
the same claims, a tenth of them with words, a tenth with a note.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from annotator.datasets import FORMATS, export
from annotator.model import Event
from annotator.store import open_project
from annotator.store.connection import connect
from annotator.store.fold import fold
from annotator.store.log import last_number
from tests.benchmarks.merge.__main__ import ADD, CLAIMS_PER_ARTICLE, judged, made

PEOPLE = 4
CHUNK = 20_000


def main() -> None:
    """Run the comparison for the formats asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--judgements", type=int, default=100_000)
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=["jsonl", "csv"])
    parser.add_argument("--folder", type=Path, help="where projects are kept and found again")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        export_alone(*arguments.one)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = arguments.folder or Path(name)
        large, small = (project(folder, arguments.judgements // part) for part in (1, 4))
        bare = bare_seconds(large, Path(name))
        for one in arguments.formats:
            seconds, verifying, peak = in_a_process(large, one, Path(name) / one)
            _, _, small_peak = in_a_process(small, one, Path(name) / f"{one}-small")
            print(
                f"{one:<12} {seconds / bare:.2f} x json.dumps ({seconds:.1f} s against {bare:.1f} s"
                f" for {arguments.judgements:,} judgements),"
                f" {verifying / bare:.2f} x of that to verify the project;"
                f" memory {peak / small_peak:.2f} x"
                f" ({peak:,} KB against {small_peak:,} KB for a quarter)"
            )


def in_a_process(path: Path, name: str, folder: Path) -> tuple[float, float, int]:
    """Return an export's seconds of processor time, those of verifying, and its KB of memory."""
    command = [sys.executable, "-m", "tests.benchmarks.export", "--one", str(path), name]
    run = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=True)
    seconds, verifying, peak = run.stdout.split()
    return float(seconds), float(verifying), int(peak)


def export_alone(path: str, name: str, folder: str) -> None:
    """Export once and print the seconds and the peak memory of this process in KB."""
    with open_project(path, create=False) as project:
        started = time.process_time()
        with project.verifying():
            pass
        verifying = time.process_time() - started
        export(project, name, folder)
        seconds = time.process_time() - started - verifying
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    print(seconds, verifying, status.split("VmHWM:")[1].split()[0])


def bare_seconds(path: Path, folder: Path) -> float:
    """Return the seconds of processor time to write all rows with json.dumps alone."""
    rows = folder / "rows"
    with open_project(path, create=False) as project:
        export(project, "jsonl", rows)
    seconds = 0.0
    for source in rows.glob("*.jsonl"):
        with (folder / "bare").open("w", encoding="utf-8") as file:
            for chunk in chunks(source):
                started = time.process_time()
                for row in chunk:
                    file.write(json.dumps(row) + "\n")
                seconds += time.process_time() - started
    return seconds


def chunks(path: Path) -> Iterator[list[object]]:
    """Yield the rows of a file, so many at a time that they fit into memory."""
    with path.open(encoding="utf-8") as file:
        while chunk := [json.loads(line) for line in islice(file, CHUNK)]:
            yield chunk


def project(folder: Path, judgements: int) -> Path:
    """Return a project with so many judgements, made once."""
    path = folder / f"{judgements}.db"
    if path.exists():
        return path
    with open_project(path) as project:
        claims = judgements // PEOPLE
        project.add([made(number) for number in range(-(-claims // CLAIMS_PER_ARTICLE))], "lead")
        targets = [row.claim.id for row in project.claims()][:claims]
        seq, device = max(event.seq for event in project.events()), project.device
    file = connect(path, False, 1)
    for person in range(PEOPLE):
        with file.writing():
            since = last_number(file)
            file.run_many(ADD, events(f"p{person}", device, seq, targets))
            fold(file, since)
        seq += claims
    file.close()
    return path


def events(actor: str, device: str, seq: int, targets: list[str]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of one person's judgements."""
    rng = random.Random(actor)
    prev = None
    for number, target in enumerate(targets, 1):
        at = f"2026-01-{number // 86_400 % 28 + 1:02}T12:00:00.000Z"
        one = Event(seq + number, actor, device, prev, at, "judge", target, judged(rng))
        yield one.id, one.seq, actor, device, prev, at, one.kind, target, one.body
        prev = one.id


if __name__ == "__main__":
    main()
