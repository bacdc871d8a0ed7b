"""The sample dataset, made anew from itself: python -m tests.sample."""

from __future__ import annotations

import tempfile
from pathlib import Path

from annotator.datasets import Choice, export
from annotator.datasets.importing import take_in
from annotator.store import open_project

FOLDER = Path(__file__).parent.parent / "exports" / "sample"
CHOICE = Choice(names=True, seed=3)


def renew(folder: Path, force: bool = False) -> None:
    """Take the sample into an empty project and export it from there, as it is to lie here."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        open_project(Path(scratch) / "sample.db") as project,
    ):
        take_in(project, "jsonl", FOLDER, "Ada Morel")
        export(project, "jsonl", folder, CHOICE, force=force)


if __name__ == "__main__":
    renew(FOLDER, force=True)
