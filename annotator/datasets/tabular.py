"""CSV: one row per claim and reviewer, harmless in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.datasets.dataset import Dataset
from annotator.datasets.format import Format
from annotator.datasets.records import Record
from annotator.datasets.texts import Texts
from annotator.reading.decoding import LIMIT
from annotator.scheme import Scheme

FILE = "claims.csv"
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula; East Asian versions take the wide forms."""
CUT_STARTS = ("\t", "\r", "\n")
"""What some spreadsheets cut off, so that a formula may come to light behind it."""

CLAIM = (
    "claim_id", "article_id", "title", "outlet", "language", "split", "start", "end", "text",
    "segment_kind", "voice", "walk", "superseded",
)  # fmt: skip
ATTRIBUTION = ("id", "kind", "cue", "source", "spans", "speaker", "speaker_type", "via", "basis")
JUDGEMENT = (
    "spans", "unsure", "framer", "target", "note", "evidence", "hints_shown", "seconds", "scheme",
    "at",
)  # fmt: skip
DECISION = (
    "spans",
    "framer",
    "target",
    "evidence",
    "speaker",
    "kind",
    "reason",
    "note",
    "stale",
    "contested",
    "at",
)

Column = tuple[str, tuple[str, ...]]
"""A column's name, and the keys that lead to its value in the record it is about."""


def write(dataset: Dataset, folder: Path) -> None:
    """Write the table into an existing folder."""
    before, answer, after = _columns(dataset.scheme)
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow([name for name, _ in (*before, *answer, *after)])
        for document in dataset.documents():
            dataset.losses.add("texts of articles")
            for claim in document.claims:
                first, last = _cells(claim, before), _cells(claim, after)
                for judgement in claim["judgements"] or [None]:
                    table.writerow([*first, *_cells(judgement, answer), *last])
    dataset.losses.add("log of events")


def refill(source: Path, target: Path, texts: Texts) -> None:
    """Copy a table with the text of each claim filled in."""
    csv.field_size_limit(LIMIT)
    with (
        source.open(encoding="utf-8", newline="") as lines,
        target.open("w", encoding="utf-8", newline="") as file,
    ):
        rows = csv.DictReader(lines, strict=True)
        table = csv.DictWriter(file, rows.fieldnames or (), lineterminator="\r\n")
        table.writeheader()
        for row in rows:
            placed = _placed(row)
            claim = texts.fill(placed)
            if claim is placed:
                table.writerow(row)
                continue
            told = claim["attribution"] or {"cue": None, "source": None}
            words = {
                "text": claim["text"],
                "attribution_cue": told["cue"],
                "attribution_source": told["source"],
            }
            table.writerow({**row, **{name: _cell(value) for name, value in words.items()}})


def _placed(row: Mapping[str, str]) -> Record:
    """Return as much of a claim's record as says where its words are."""
    spans: dict[str, list[list[int]]] = {"content": [], "cue": [], "source": []}
    for part in filter(None, row["attribution_spans"].split("|")):
        role, _, place = part.partition(":")
        spans[role].append([int(offset) for offset in place.split("-")])
    told = {"spans": spans, "cue": row["attribution_cue"], "source": row["attribution_source"]}
    start, end = int(row["start"]), int(row["end"])
    return {
        "claim_id": row["claim_id"],
        "article_id": row["article_id"],
        "title": row["title"],
        "start": start,
        "end": end,
        "text": _text_in(row["text"], end - start),
        "attribution": told if row["attribution_id"] else None,
    }


def _columns(scheme: Scheme) -> tuple[list[Column], list[Column], list[Column]]:
    """Return the columns about a claim, about one judgement on it, and again about the claim."""
    axes = [axis.id for axis in scheme.axes]
    return (
        [
            *((name, (name,)) for name in CLAIM),
            *((f"attribution_{name}", ("attribution", name)) for name in ATTRIBUTION),
        ],
        [
            ("reviewer", ("reviewer",)),
            *((axis, ("labels", axis)) for axis in axes),
            *((name, (name,)) for name in JUDGEMENT),
        ],
        [
            ("decision_by", ("decision", "by")),
            *((f"decision_{axis}", ("decision", "labels", axis)) for axis in axes),
            *((f"decision_{name}", ("decision", name)) for name in DECISION),
            *((f"final_{axis}", ("final", axis, "value")) for axis in axes),
            *((f"final_{axis}_basis", ("final", axis, "basis")) for axis in axes),
            *((name, (name,)) for name in ("final_spans", "final_evidence")),
        ],
    )


def _cells(record: Record | None, columns: Sequence[Column]) -> list[str]:
    return [_cell(_value(record, keys)) for _, keys in columns]


def _value(record: Record | None, keys: tuple[str, ...]) -> Any:
    value: Any = record
    for key in keys:
        if value is None:
            return None
        value = value[key]
    return value


def _cell(value: Any) -> str:
    """Return a value as the text of a cell that no spreadsheet runs."""
    if value is None:
        return ""
    text = _text(value)
    return f"'{text}" if _is_risky(text) else text


def _text_in(cell: str, length: int) -> str | None:
    """Return the text of so many characters in a cell, else as much as is there.

    None where the beginning of it may be ours or the text's own.
    """
    whole = next((one for one in (cell, cell[1:]) if len(one) == length), None)
    return None if whole is None and cell.startswith("'") else whole or cell


def _is_risky(text: str) -> bool:
    return text.startswith(CUT_STARTS) or text.lstrip().startswith(FORMULA_STARTS)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "|".join(map(_item, value))
    if isinstance(value, dict):
        return "|".join(f"{label}:{s}-{e}" for label, spans in value.items() for s, e in spans)
    return str(value)


def _item(value: Any) -> str:
    """Return a label or hint as it is, a piece of evidence as "url:https://… (2031-02-03)"."""
    if not isinstance(value, dict):
        return str(value)
    as_of = f" ({value['as_of']})" if value["as_of"] else ""
    return f"{value['kind']}:{value['value']}{as_of}"


FORMAT = Format(
    "one table, a row per claim and reviewer; opens in a spreadsheet",
    "the articles' full text, tags beside the claims', the log",
    write,
    {FILE: refill},
)
