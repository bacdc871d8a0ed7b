"""Writing a dataset in one of the formats, with its card, its losses and its checksums."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotator.datasets.card import CARD, card
from annotator.datasets.choice import Choice
from annotator.datasets.dataset import EVERYTHING, Dataset
from annotator.datasets.folder import check_free, complete_or_absent, files_in, write_sums
from annotator.datasets.format import Format, require
from annotator.datasets.formats import FORMATS
from annotator.display import several
from annotator.errors import DatasetError, UsageError
from annotator.store import Project

LOSSES = "LOSSES.txt"
RARELY = 200_000
"""Objects made and not given back after which cycles are looked for."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export holds, and what it could not."""

    articles: int
    claims: int
    judgements: int
    reviewers: int
    splits: tuple[str, ...]
    """A line for each split: how much is in it, and the shares of languages, outlets, labels."""
    losses: str
    """The loss report in a line."""

    def __str__(self) -> str:
        return (
            f"{several(self.articles, 'article')}, {several(self.claims, 'claim')}, "
            f"{several(self.judgements, 'judgement')} by {several(self.reviewers, 'reviewer')}"
        )


def export(
    project: Project,
    name: str,
    folder: str | Path,
    choice: Choice = EVERYTHING,
    *,
    force: bool = False,
) -> ExportReport:
    """Write what was chosen of a project into a new folder in one of the formats.

    `force` replaces an earlier export, and nothing else. UsageError for an unknown format or a
    choice that it or the project does not allow; DatasetError says why nothing was written.
    """
    chosen = known_format(name)
    try:
        place = Path(folder).resolve()
        check_free(place, force)
        with (
            project.snapshot(),
            complete_or_absent(place) as unfinished,
            project.verifying(),
            _collecting_rarely(),
        ):
            dataset = Dataset(project, choice)
            chosen.write(dataset, unfinished)
            losses = dataset.losses.report(name)
            (unfinished / LOSSES).write_text(f"{losses}\n", encoding="utf-8")
            (unfinished / CARD).write_text(card(dataset, name, chosen), encoding="utf-8")
            write_sums(unfinished, files_in(unfinished))
    except OSError as error:
        raise DatasetError(f"{folder}: {error.strerror or error}") from error
    tally = dataset.tally
    return ExportReport(
        tally.articles.total(),
        tally.claims.total(),
        tally.judgements,
        len(tally.people),
        tuple(tally.split_lines()),
        losses,
    )


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Keep Python from looking for cycles all the time among records that come and go.

    They have none; looking would take a fifth of the time.
    """
    usual = gc.get_threshold()
    gc.set_threshold(RARELY, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def known_format(name: str) -> Format:
    """Return a format that can be written here; UsageError or DatasetError for any other."""
    if name not in FORMATS:
        raise UsageError(f"unknown format {name!r}; known: {', '.join(FORMATS)}")
    found = FORMATS[name]
    if found.needs:
        require(name, found.needs)
    return found
