"""Writing a dataset: which formats there are, and a folder that is complete or absent."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotator.datasets import jsonl, tabular
from annotator.datasets.dataset import Dataset
from annotator.errors import DatasetError, UsageError
from annotator.store import Project


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of dataset: what it is good for in a line, its files, and how they are written."""

    description: str
    files: tuple[str, ...]
    write: Callable[[Dataset, Path], None]


FORMATS = {
    "jsonl": Format(
        "articles, the log, claims with all answers: an object a line; complete with --names",
        jsonl.FILES,
        jsonl.write,
    ),
    "csv": Format(
        "one table, a row per claim and reviewer; without the articles' full text and the log",
        tabular.FILES,
        tabular.write,
    ),
}


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export holds."""

    articles: int
    claims: int
    judgements: int
    reviewers: int

    def __str__(self) -> str:
        return (
            f"{_several(self.articles, 'article')}, {_several(self.claims, 'claim')}, "
            f"{_several(self.judgements, 'judgement')} by {_several(self.reviewers, 'reviewer')}"
        )


def formats() -> dict[str, str]:
    """Return name → one-line description of every format."""
    return {name: one.description for name, one in FORMATS.items()}


def export(
    project: Project, name: str, folder: str | Path, *, names: bool = False, force: bool = False
) -> ExportReport:
    """Write a project into a new folder in one of the formats.

    `names` keeps people's names instead of pseudonyms. `force` replaces an earlier export of the
    same format, and nothing else. UsageError for an unknown format; DatasetError says why nothing
    was written.
    """
    if name not in FORMATS:
        raise UsageError(f"unknown format {name!r}; known: {', '.join(FORMATS)}")
    chosen = FORMATS[name]
    try:
        place = Path(folder).resolve()
        _check_free(place, chosen.files, force)
        with project.snapshot(), _complete_or_absent(place) as unfinished:
            project.refuse_damaged()
            dataset = Dataset(project, names)
            chosen.write(dataset, unfinished)
    except OSError as error:
        raise DatasetError(f"{folder}: {error.strerror or error}") from error
    counts = dataset.counts
    return ExportReport(
        counts["articles"], counts["claims"], counts["judgements"], len(dataset.reviewers)
    )


def _check_free(folder: Path, files: tuple[str, ...], force: bool) -> None:
    """Refuse a place where something is that an export may not replace."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise DatasetError(f"{folder}: not a folder")
    there = sorted(path.name for path in folder.iterdir())
    foreign = [name for name in there if name not in files]
    if foreign:
        raise DatasetError(f"{folder}: holds other files ({foreign[0]}); name another folder")
    if there and not force:
        raise DatasetError(f"{folder}: there is an export already; --force replaces it")


@contextmanager
def _complete_or_absent(folder: Path) -> Iterator[Path]:
    """Give a folder beside the wanted one, and move it there once it is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    unfinished.mkdir()
    try:
        yield unfinished
        if folder.exists():
            _swap(unfinished, folder)
        else:
            unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _swap(new: Path, folder: Path) -> None:
    """Put a new folder in the place of an old one, which stays if that fails."""
    old = new.with_name(f"{new.name}-old")
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old)


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
