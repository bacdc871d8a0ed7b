"""Time merging against plain SQL: python -m tests.benchmarks.merge [--events N] [--files N]

merge    seconds to merge all files, every row verified and the state folded, over those of a bare
         `INSERT OR IGNORE … SELECT` of the same rows into tables with the same indexes
memory   peak memory of a process that merges one file with four times the events, over that of
         one that merges a file with one time
queue    seconds to open the queue on 100,000 disagreements, over those on one with 100: for a
         lead, and for a reviewer from whom what they did not judge is hidden

Events are judgements by one colleague a file on claims they share, some changed or taken back.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from annotator.model import Article, Claim, Event, Segment, Tagging, claim_id
from annotator.review.deciding import dispute
from annotator.store import Plan, Project, open_project
from annotator.store.connection import connect
from annotator.store.fold import fold
from annotator.store.log import COLUMNS, canonical_body, last_number

CLAIMS_PER_ARTICLE = 40
JUDGED = 135_000
"""Claims judged by two, who differ on three of four."""

LABELS = ("verified", "disputed", "unverified", "not_a_claim")
ADD = f"INSERT INTO events (id, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def main() -> None:
    """Run the parts asked for and print their ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=50_000, help="in all files together")
    parser.add_argument("--files", type=int, default=10)
    parser.add_argument("--only", choices=("merge", "memory", "queue"))
    parser.add_argument("--into", nargs=2, type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.into:
        merge_alone(*arguments.into)
        return
    parts: dict[str, Callable[[Path], None]] = {
        "merge": lambda folder: merge(folder, arguments.events, arguments.files),
        "memory": lambda folder: memory(folder, arguments.events // arguments.files),
        "queue": queue,
    }
    for name in [arguments.only] if arguments.only else parts:
        with tempfile.TemporaryDirectory() as folder:
            parts[name](Path(folder))


def merge(folder: Path, events: int, files: int) -> None:
    """Compare merging with plain SQL."""
    each = events // files
    paths = handed_out(folder, files, claims=each * 4 // 5, events=each)
    merged = folder / "merged.db"
    with open_project(merged) as project:
        spent = time.process_time()
        ours = timed(lambda: project.colleagues.merge_all(paths))
        spent = time.process_time() - spent
    plain_spent = time.process_time()
    plain = timed(lambda: insert_plainly(folder / "plain.db", merged, paths))
    plain_spent = time.process_time() - plain_spent
    print(
        f"merge   {ours / plain:.2f} x plain SQL ({ours:.1f} s against {plain:.1f} s,"
        f" {events:,} events from {files} files, {events / ours:,.0f} events/s); of processor"
        f" time {spent / plain_spent:.2f} x ({spent:.1f} s against {plain_spent:.1f} s)"
    )


def queue(folder: Path) -> None:
    """Compare opening the queue of a project with many disagreements with that of one with few."""
    with ExitStack() as stack:
        projects = []
        for judged in (JUDGED, JUDGED // 1000):
            (folder / str(judged)).mkdir()
            paths = handed_out(folder / str(judged), 2, judged, judged)
            projects.append(stack.enter_context(open_project(folder / f"{judged}.db")))
            projects[-1].colleagues.merge_all(paths)
        for reviewer, what in (("lead", "a lead"), ("p0", "one who judged all")):
            works = [partial(opened, one, reviewer) for one in projects]
            times = [[spent(work) for work in works] for _ in range(30)]
            large, small = (statistics.median(one) * 1000 for one in zip(*times, strict=True))
            many, few = (one.queue.count(reviewer) for one in projects)
            print(
                f"queue   {large / small:.2f} x the small one for {what} (processor time"
                f" {large:.2f} ms against {small:.2f} ms, {many:,} claims against {few:,})"
            )


def opened(project: Project, reviewer: str) -> None:
    """Do what opening the queue asks of the project before the screen is painted."""
    first, *_ = project.queue.page(reviewer)
    dispute(project, reviewer, first.claim_id)
    project.tagging(first.article_id)
    project.queue.known_count(reviewer)


def memory(folder: Path, events: int) -> None:
    """Compare the peak memory of merging a file with that of one four times its size."""
    peaks = []
    for times in (1, 4):
        (folder / f"memory{times}").mkdir()
        (path,) = handed_out(folder / f"memory{times}", 1, events, times * events)
        into = ["--into", str(folder / f"into{times}.db"), str(path)]
        command = [sys.executable, "-m", "tests.benchmarks.merge", *into]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        peaks.append(int(run.stdout))
    print(f"memory  {peaks[1] / peaks[0]:.2f} x ({peaks[1]:,} KB against {peaks[0]:,} KB)")


def merge_alone(into: Path, path: Path) -> None:
    """Merge one file and print the peak memory of this process in KB."""
    with open_project(into) as project:
        project.colleagues.merge(path)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    print(status.split("VmHWM:")[1].split()[0])


def handed_out(folder: Path, files: int, claims: int, events: int) -> list[Path]:
    """Return the files of colleagues who were all given the same articles and judged them."""
    people = [f"p{number}" for number in range(files)]
    with open_project(folder / "lead.db") as project:
        project.add([made(number) for number in range(-(-claims // CLAIMS_PER_ARTICLE))], "lead")
        targets = [row.claim.id for row in project.claims()]
        bundles = project.colleagues.bundle("lead", people, folder, plan=Plan(each=files))
    for one in bundles:
        work(one.path, one.person, targets, events)
    return [one.path for one in bundles]


def work(path: Path, actor: str, targets: list[str], events: int) -> None:
    """Write events as one colleague makes them, but in bulk."""
    rng = random.Random(actor)
    with open_project(path) as project:
        seq, device = max(event.seq for event in project.events()), project.device
    rows: list[tuple[object, ...]] = []
    last: Event | None = None
    for number in range(events):
        kind, target, body = "judge", targets[number % len(targets)], judged(rng)
        if last and number % 20 == 19:
            kind, target, body = "undo", last.id, "{}"
        at = f"2026-01-{number // 86_400 % 28 + 1:02}T12:00:00.000Z"
        prev = last.id if last else None
        last = Event(seq + 1 + number, actor, device, prev, at, kind, target, body)
        rows.append((last.id, last.seq, actor, device, prev, at, kind, target, body))
    file = connect(path, False, 1)
    with file.writing():
        since = last_number(file)
        file.run_many(ADD, rows)
        fold(file, since)
    file.close()


def judged(rng: random.Random) -> str:
    """Return the body of a judgement as people make them."""
    body: dict[str, object] = {"labels": {"veracity": [rng.choice(LABELS)]}}
    body |= {"scheme": "0" * 32, "seconds": rng.randrange(60)}
    if rng.random() < 0.1:
        body["labels"] = {"rhetoric": ["sarcasm"], "veracity": ["disputed"]}
        body["spans"] = {"sarcasm": [[0, rng.randrange(1, 9)]]}
    if rng.random() < 0.1:
        body["note"] = "Le chiffre n'est dans aucun des deux rapports cités."
    return canonical_body(body)


def made(number: int) -> tuple[Article, Tagging]:
    """Return an article of many sentences with its tagging, made without a model."""
    lines = [f"Phrase {line} de l'article {number}." for line in range(CLAIMS_PER_ARTICLE)]
    article = Article("\n".join(lines))
    segments, claims, start = [], [], 0
    for place, line in enumerate(lines):
        end = start + len(line)
        segments.append(Segment(start, end, "sentence"))
        identity = claim_id(article.id, start, end, False)
        claims.append(Claim(identity, start, end, place, "narrator"))
        start = end + 1
    return article, Tagging(article.id, "fr", None, "0", tuple(segments), (), tuple(claims))


def insert_plainly(path: Path, model: Path, paths: list[Path]) -> None:
    """Take the kept rows of all files over by SQL alone, into tables with the same indexes."""
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
    database.execute("PRAGMA cache_size = -16000")
    with_indexes = sqlite3.connect(model)
    tables = ("articles", "taggings", "events")
    for name, table, sql in with_indexes.execute(
        "SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    ):
        if table in tables and name in ("table", "index"):
            database.execute(sql)
    for source in paths:
        database.execute("ATTACH ? AS source", (str(source),))
        for table in tables:
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")][1:]
            names = ", ".join(columns)
            database.execute(
                f"INSERT OR IGNORE INTO main.{table} ({names}) SELECT {names} FROM source.{table}"
            )
        database.execute("DETACH source")
    database.close()


def spent(work: Callable[[], object]) -> float:
    """Return how many seconds of processor time some work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds some work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
