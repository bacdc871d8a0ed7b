"""JSON Lines: articles, the log and the claims with all that people said of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.datasets.dataset import Dataset
from annotator.datasets.records import Record
from annotator.display import json_text

FILES = ("articles.jsonl", "events.jsonl", "claims.jsonl")


def write(dataset: Dataset, folder: Path) -> None:
    """Write the three files into an existing folder."""
    streams = (dataset.articles(), dataset.events(), dataset.claims())
    for name, records in zip(FILES, streams, strict=True):
        _write_lines(folder / name, records)


def _write_lines(path: Path, records: Iterable[Record]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json_text(record) + "\n" for record in records)
