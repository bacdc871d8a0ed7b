"""Which datasets can come in, and taking one in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from annotator.datasets import lossless
from annotator.errors import UsageError
from annotator.store import MergeReport, Project


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of dataset that can come in."""

    description: str
    """One line for `--list`."""
    take: Callable[[Project, Path, str], MergeReport]
    """Adds what a project lacks; DatasetError, and no change, where the dataset is not sound."""


IMPORTERS: dict[str, Importer] = {
    "jsonl": Importer(
        "our own JSON Lines, exported whole and with --names: everything as it was",
        lossless.take,
    ),
}


def take_in(project: Project, name: str, path: Path, reviewer: str) -> MergeReport:
    """Add what a dataset has and a project lacks; `reviewer` is who does it.

    UsageError for an unknown format; DatasetError says why nothing came in.
    """
    if name not in IMPORTERS:
        raise UsageError(f"unknown format {name!r}; known: {', '.join(IMPORTERS)}")
    return IMPORTERS[name].take(project, path, reviewer)
