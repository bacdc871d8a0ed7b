"""Work until killed, telling every act once it is done: python -m tests.robustness.worker ACT DB"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

from annotator.datasets import Choice, export
from annotator.datasets.importing import take_in
from annotator.review.session import Session
from annotator.store import Project, open_project
from tests.robustness.made import LABELS, correct, made, settle


def add(project: Project, path: Path) -> Iterator[str]:
    """Add one article after the other; tell their ids."""
    for number in itertools.count():
        article, tagging = made(f"{path.stem}-{number}", sentences=60)
        project.add([(article, tagging)], "ana")
        yield article.id


def judge(project: Project, path: Path) -> Iterator[str]:
    """Judge one claim after the other; tell the events."""
    session = Session(project, "ana")
    rows = list(project.claims())
    for number, row in enumerate(itertools.cycle(rows)):
        session.answer(row.claim.id, LABELS[number % 4])
        yield last(project, row.claim.id)


def correcting(project: Project, path: Path) -> Iterator[str]:
    """Correct a speaker again and again; tell the events."""
    session = Session(project, "ana")
    for number in itertools.count():
        for article_id in project.article_ids():
            correct(session, article_id, f"Luc Ferran {number}")
            yield list(project.events("ana", "correct"))[-1].id


def deciding(project: Project, path: Path) -> Iterator[str]:
    """Decide one claim after the other; tell the events."""
    rows = list(project.claims())
    for row in itertools.cycle(rows):
        settle(project, row.claim.id)
        yield last(project, row.claim.id)


def merge(project: Project, path: Path) -> Iterator[str]:
    """Merge the files that are beside the project; tell their names."""
    for other in itertools.cycle(sorted(path.parent.glob("from-*.db"))):
        project.colleagues.merge(other)
        yield other.name


def exporting(project: Project, path: Path) -> Iterator[str]:
    """Export into one folder after the other; tell their names."""
    for number in itertools.count():
        export(project, "jsonl", path.parent / f"out-{number}", Choice(names=True))
        yield f"out-{number}"


def importing(project: Project, path: Path) -> Iterator[str]:
    """Import the dataset that is beside the project, again and again; tell what came in."""
    while True:
        yield str(take_in(project, "doccano", path.parent / "labelled.jsonl", "ana"))


def last(project: Project, claim: str) -> str:
    """Return the id of the newest event about a claim."""
    return list(project.events(target=claim))[-1].id


ACTS = {
    "add": add, "judge": judge, "correct": correcting,
    "decide": deciding, "merge": merge, "export": exporting, "import": importing,
}  # fmt: skip


def main(act: str, db: str) -> None:
    """Open a project and do something in it until killed."""
    path = Path(db)
    with open_project(path) as project:
        print("ready", flush=True)
        for done in ACTS[act](project, path):
            print(done, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
