"""JSON Lines: articles, the log and the claims with all that people said of them."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from annotator.datasets.dataset import Dataset
from annotator.datasets.format import Format
from annotator.datasets.lines import refilled
from annotator.datasets.records import Record
from annotator.datasets.texts import Texts
from annotator.display import json_text

ARTICLES, EVENTS, CLAIMS = "articles.jsonl", "events.jsonl", "claims.jsonl"


def write(dataset: Dataset, folder: Path) -> None:
    """Write the articles and claims, and the log where nothing was left out of the dataset."""
    with _opened(folder / ARTICLES) as articles, _opened(folder / CLAIMS) as claims:
        for document in dataset.documents():
            _write_line(articles, dataset.article_record(document))
            for claim in document.claims:
                _write_line(claims, claim)
    if not dataset.choice.whole:
        dataset.losses.add("log of events (it holds what was not chosen)")
        return
    with _opened(folder / EVENTS) as events:
        events.writelines(f"{line}\n" for line in dataset.event_lines())


def refill(source: Path, target: Path, texts: Texts) -> None:
    """Copy a file with the text of each article or claim filled in."""
    refilled(source, target, texts.fill)


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="\n")


def _write_line(file: TextIO, record: Record) -> None:
    file.write(json_text(record) + "\n")


FORMAT = Format(
    "articles, the log, claims with all answers: an object a line; complete with --names",
    "",
    write,
    {ARTICLES: refill, CLAIMS: refill},
)
