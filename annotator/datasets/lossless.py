"""Our own JSON Lines back into a project: every article, tagging and event with its id."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from annotator.datasets.folder import SUMS, refuse_special, verify
from annotator.datasets.jsonl import ARTICLES, EVENTS
from annotator.errors import DatasetError, StoreError
from annotator.model import canonical_json
from annotator.store import ArticleRows, EventRow, MergeReport, Project, TaggingRow, assemble

LARGEST = 2**63
TEXT, NUMBER, MAYBE, LIST = (str,), (int,), (str, type(None)), (list,)
TAGGING = {
    "id": TEXT, "language": TEXT, "model": MAYBE, "tagger": TEXT, "segments": LIST,
    "attributions": LIST, "claims": LIST,
}  # fmt: skip
EVENT = {
    "id": TEXT, "seq": NUMBER, "actor": TEXT, "device": TEXT, "prev": MAYBE, "at": TEXT,
    "kind": TEXT, "target": TEXT, "body": (dict,),
}  # fmt: skip

Types = Mapping[str, tuple[type, ...]]


def take(project: Project, folder: str | Path, reviewer: str | None = None) -> MergeReport:
    """Add all that a dataset has and a project lacks, as merging a colleague's file does.

    The whole of it is verified first, as strictly: DatasetError names what is wrong, and nothing
    has changed.
    """
    place = Path(folder)
    if (place / SUMS).exists():
        verify(place)
    with TemporaryDirectory(prefix="annotator-") as scratch:
        path = Path(scratch) / "dataset.db"
        try:
            assemble(path, _records(place / ARTICLES, _article), _records(place / EVENTS, _event))
            return replace(project.colleagues.merge(path, reviewer), path=place)
        except StoreError as error:
            raise DatasetError(str(error).replace(str(path), str(folder))) from error


def _records(path: Path, made: Callable[[Any, str], Any]) -> Iterator[Any]:
    """Yield what is made of each line of a file; DatasetError names the line that is none."""
    if not path.exists():
        raise DatasetError(f"{path}: missing; a dataset comes back if it was exported whole")
    refuse_special(path)
    number = 0
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                yield made(json.loads(line.decode("utf-8")), f"{path}, line {number}")
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise DatasetError(f"{path}, line {number}: not a line of JSON") from error


def _article(data: Any, where: str) -> ArticleRows:
    record = _checked(data, {"id": TEXT, "text": MAYBE, "taggings": LIST}, where)
    if record["text"] is None:
        raise DatasetError(f"{where}: without its text; 'annotator rehydrate' puts it back")
    taggings = tuple(_tagging(record["id"], one, where) for one in record["taggings"])
    return ArticleRows(record["id"], record["text"], taggings)


def _tagging(article_id: str, data: Any, where: str) -> TaggingRow:
    record = _checked(data, TAGGING, f"{where}, tagging")
    return TaggingRow(
        record["id"],
        article_id,
        record["language"],
        record["model"],
        record["tagger"],
        canonical_json(record["segments"]),
        canonical_json([_without_id(one) for one in record["attributions"]]),
        canonical_json([_without_id(one) for one in record["claims"]]),
    )


def _event(data: Any, where: str) -> EventRow:
    if isinstance(data, dict) and data.get("device") is None:
        raise DatasetError(f"{where}: without names; only an export with --names comes back")
    record = _checked(data, EVENT, where)
    if not 0 < record["seq"] < LARGEST:
        raise DatasetError(f"{where}: 'seq' is too large or too small")
    return EventRow(**{**record, "body": canonical_json(record["body"])})


def _checked(data: Any, types: Types, where: str) -> dict[str, Any]:
    """Return the fields of an object, each of its type."""
    if not isinstance(data, dict):
        raise DatasetError(f"{where}: not an object")
    for name, allowed in types.items():
        # JSON's true is an int to Python, but no number.
        if name not in data or type(data[name]) not in allowed:
            raise DatasetError(f"{where}: {name!r} is missing or not what it must be")
    return {name: data[name] for name in types}


def _without_id(data: Any) -> Any:
    """Return an attribution or claim without its id, which follows from the rest."""
    if not isinstance(data, dict):
        return data
    return {name: value for name, value in data.items() if name != "id"}
