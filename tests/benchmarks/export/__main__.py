"""Time exports against bare json.dumps: python -m tests.benchmarks.export [--judgements N]

FORMAT   seconds that somebody waits for the dataset from the project (verified, with card and sums
         and all), over those to write the same rows, which are in memory already, with json.dumps
         alone; the same in processor time of all its processes, and how much of that it takes to
         verify the project
memory   peak memory of the processes of an export, over that of one of a quarter as much

The rows are those of the JSON Lines dataset, whatever the format. Judgements are by four people on
the same claims, a tenth of them with words, a tenth with a note.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

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
        bare = bare_cost(large, Path(name))
        for one in arguments.formats:
            cost = in_a_process(large, one, Path(name) / one)
            small_cost = in_a_process(small, one, Path(name) / f"{one}-small")
            print(
                f"{one:<12} {cost.waited / bare.waited:.2f} x json.dumps"
                f" ({cost.waited:.1f} s against {bare.waited:.1f} s"
                f" for {arguments.judgements:,} judgements);"
                f" processor time {cost.worked / bare.worked:.2f} x,"
                f" {cost.verifying / bare.worked:.2f} x of that to verify the project;"
                f" memory {cost.peak / small_cost.peak:.2f} x"
                f" ({cost.peak:,} KB against {small_cost.peak:,} KB for a quarter)"
            )


class Cost(NamedTuple):
    """What an export takes."""

    waited: float
    """Seconds."""
    worked: float
    """Seconds of processor time of all its processes."""
    verifying: float = 0.0
    """Seconds of these for verifying the project, measured apart."""
    peak: int = 0
    """Memory of all its processes in KB."""


def in_a_process(path: Path, name: str, folder: Path) -> Cost:
    """Return what an export takes by itself."""
    command = [sys.executable, "-m", "tests.benchmarks.export", "--one", str(path), name]
    run = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=True)
    return Cost(*json.loads(run.stdout))


def export_alone(path: str, name: str, folder: str) -> None:
    """Export once and print what it took."""
    with open_project(path, create=False) as project:
        waited, worked = perf_counter(), processor_seconds()
        export(project, name, folder)
        waited, worked = perf_counter() - waited, processor_seconds() - worked
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        peak = int(status.split("VmHWM:")[1].split()[0])
        peak += resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        verifying = processor_seconds()
        with project.verifying():
            pass
        verifying = processor_seconds() - verifying
    print(json.dumps(Cost(waited, worked, verifying, peak)))


def processor_seconds() -> float:
    """Return the processor time of this process and of those it started that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def bare_cost(path: Path, folder: Path) -> Cost:
    """Return what it takes to write all rows with json.dumps alone."""
    rows = folder / "rows"
    with open_project(path, create=False) as project:
        export(project, "jsonl", rows)
    waited = worked = 0.0
    for source in rows.glob("*.jsonl"):
        with (folder / "bare").open("w", encoding="utf-8") as file:
            for chunk in chunks(source):
                waited, worked = waited - perf_counter(), worked - process_time()
                for row in chunk:
                    file.write(json.dumps(row) + "\n")
                waited, worked = waited + perf_counter(), worked + process_time()
    return Cost(waited, worked)


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
