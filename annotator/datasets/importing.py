"""Which datasets can come in, and taking one in."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from annotator.datasets import (
    brat,
    doccano,
    import_huggingface,
    import_spacy,
    import_webannotation,
    label_studio,
    lossless,
    prodigy,
)
from annotator.datasets.card import CARD, LEFT_OUT
from annotator.datasets.foreign import WITHOUT_TEXT
from annotator.datasets.taking import Reader, Taken, take
from annotator.errors import DatasetError, UsageError
from annotator.store import MergeReport, Project

DEEPEST = 4
"""Folders between a file of a dataset of ours and its card, at most."""
NOTHING_EXPLAINED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of dataset that can come in."""

    description: str
    """One line for `--list`."""
    take: Callable[[Project, Path, str, Mapping[str, str]], MergeReport | Taken]
    """Adds what a project lacks; DatasetError, and no change, where the dataset is not sound."""


def _of_others(description: str, reader: Reader) -> Importer:
    """Return how a dataset that another tool wrote comes in."""
    return Importer(
        description,
        lambda project, path, reviewer, explained: take(project, path, reader, explained, reviewer),
    )


IMPORTERS: dict[str, Importer] = {
    "jsonl": Importer(
        "our own JSON Lines, exported whole and with --names: everything as it was",
        lambda project, path, reviewer, explained: lossless.take(project, path, reviewer),
    ),
    "huggingface": _of_others(
        "Hugging Face's Parquet: our own, or texts with labels", import_huggingface.pages
    ),
    "doccano": _of_others("doccano's JSON Lines: spans, relations, labels", doccano.pages),
    "label-studio": _of_others("Label Studio's JSON: regions, choices, texts", label_studio.pages),
    "brat": _of_others(".ann files with .txt beside them, a folder a person", brat.pages),
    "prodigy": _of_others("Prodigy's JSON Lines: spans, relations, choices", prodigy.pages),
    "spacy": _of_others("spaCy's DocBin: spans, entities, cats", import_spacy.pages),
    "webannotation": _of_others(
        "W3C Web Annotation pages, with their texts beside", import_webannotation.pages
    ),
}


def _refuse(path: Path) -> None:
    """Raise DatasetError where nothing is, or a dataset of ours whose text was left out."""
    if not os.path.lexists(path):
        raise DatasetError(f"{path}: no such file or folder")
    for folder in (path, *path.absolute().parents[:DEEPEST]):
        card = folder / CARD
        if card.is_file() and LEFT_OUT in card.read_text(encoding="utf-8", errors="replace"):
            raise DatasetError(f"{path}: {WITHOUT_TEXT}")


def take_in(
    project: Project,
    name: str,
    path: Path,
    reviewer: str,
    explained: Mapping[str, str] = NOTHING_EXPLAINED,
) -> MergeReport | Taken:
    """Add what a dataset has and a project lacks; `reviewer` is who does it.

    `explained` says what labels of other tools are here.
    UsageError for an unknown format; DatasetError says why nothing came in.
    """
    if name not in IMPORTERS:
        raise UsageError(f"unknown format {name!r}; known: {', '.join(IMPORTERS)}")
    _refuse(path)
    try:
        return IMPORTERS[name].take(project, path, reviewer, explained)
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror or error}") from error
