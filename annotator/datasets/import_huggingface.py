"""Hugging Face datasets in Parquet: ours with articles and claims, others with texts and labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.datasets.choice import FINAL
from annotator.datasets.foreign import UNSOUND, Mark, Page, about_of, files
from annotator.datasets.format import require
from annotator.datasets.huggingface import ABOUT, FORMAT
from annotator.datasets.own import own_page
from annotator.datasets.parquet import Parquet
from annotator.datasets.records import Record
from annotator.errors import DatasetError

ARTICLES = (*ABOUT, "attributions")
CLAIMS = (
    "claim_id", "article_id", "start", "end", "text", "attribution", "judgements", "decision",
    "final", "final_spans",
)  # fmt: skip
TEXTS = ("text", "sentence", "claim", "statement", "content")
LABELS = ("label", "labels", "veracity", "class")
SOMEBODY = "huggingface"
"""Who gave the labels of others' datasets, which do not say it."""


def pages(path: Path) -> Iterator[Page]:
    """Yield what each person says of each article: a file, or a folder with Parquet files.

    Of others' datasets a row is a text that as a whole is a claim, with one label or several.
    """
    if FORMAT.needs:
        require("huggingface", FORMAT.needs)
    found = files(path, "*.parquet")
    ours: dict[str, list[Record]] = {}
    for file in found:
        for _, row in _rows(file, CLAIMS):
            ours.setdefault(str(row["article_id"]), []).append(row)
    for file in found:
        yield from _pages(file, ours)
    if ours:
        raise DatasetError(f"{path}: has claims of {len(ours)} articles without these articles")


def _rows(file: Path, columns: Sequence[str]) -> Iterator[tuple[str, Record]]:
    """Yield the rows of a file if it has all of some columns."""
    with Parquet(file) as parquet:
        if set(columns) <= set(parquet.columns):
            yield from parquet.rows(columns)


def _pages(file: Path, claims: dict[str, list[Record]]) -> Iterator[Page]:
    """Yield the pages of a file; claims of articles of ours are taken out."""
    with Parquet(file) as parquet:
        names = set(parquet.columns)
        if set(CLAIMS) <= names:
            return
        ours = set(ARTICLES) <= names
        for where, row in parquet.rows(ARTICLES if ours else _columns(parquet)):
            try:
                if ours:
                    yield from _of_ours(where, row, claims.pop(row["id"], []))
                else:
                    yield _of_others(where, row)
            except UNSOUND as error:
                raise DatasetError(f"{where}: not a row of an annotated dataset") from error


def _of_ours(where: str, article: Record, claims: list[Record]) -> Iterator[Page]:
    """Yield what each person says of an article of an export of ours."""
    if article["text"] is None:
        raise DatasetError(f"{where}: without its text; 'annotator rehydrate' puts it back")
    said = [{one["reviewer"]: one for one in _answers(claim)} for claim in claims]
    people = sorted({who for answers in said for who in answers}) or [SOMEBODY]
    left: tuple[str, ...] = tuple(
        f"decision on {one['claim_id']} has no place" for one in claims if one["decision"]
    )
    for who in people:
        answered = [
            {**claim, "answer": answers.get(who)}
            for claim, answers in zip(claims, said, strict=True)
        ]
        told = {"article": article, "attributions": article["attributions"], "reviewer": who}
        page = own_page(where, article["text"], {**told, "claims": answered})
        yield replace(page, left_out=(*page.left_out, *left))
        left = ()


def _answers(claim: Record) -> Iterator[Record]:
    """Yield the answers on a claim, or what they amount to where only that was exported."""
    final = {"reviewer": FINAL, "labels": claim["final"], "spans": claim["final_spans"]}
    for one in claim["judgements"] or ([final] if any(claim["final"].values()) else ()):
        spans: dict[str, list[tuple[int, int]]] = {}
        for span in one["spans"]:
            spans.setdefault(span["label"], []).append((span["start"], span["end"]))
        yield {**one, "spans": spans}


def _columns(parquet: Parquet) -> list[str]:
    """Return the columns of others' dataset that say something here, text and labels first."""
    found = [
        next((name for name in names if name in parquet.columns), "") for names in (TEXTS, LABELS)
    ]
    if "" in found:
        raise DatasetError(
            f"{parquet.path}: has no column of texts ({', '.join(TEXTS)}) "
            f"or none of labels ({', '.join(LABELS)})"
        )
    known = [name for name in ABOUT if name in parquet.columns and name not in (*found, "id")]
    return [*found, *known]


def _of_others(where: str, row: Record) -> Page:
    """Return a row of others' dataset, of which the first columns are text and labels."""
    text, label, *_ = row.values()
    labels = [one for one in (label if isinstance(label, list) else [label]) if one is not None]
    whole = Mark("row", "claim", ((0, len(text)),), said=tuple(map(str, labels)))
    return Page(where, text, about_of(row), SOMEBODY, (whole,) if labels and text else ())
