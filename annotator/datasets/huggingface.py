"""Hugging Face: Parquet files by split, claims and articles as two configurations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from annotator.datasets.choice import SPLITS, Split
from annotator.datasets.dataset import Dataset
from annotator.datasets.documents import Document
from annotator.datasets.format import Format
from annotator.datasets.losses import Losses
from annotator.datasets.records import Record
from annotator.datasets.texts import Texts
from annotator.model import Span
from annotator.scheme import Label, Scheme
from annotator.tagging.records import to_record

ROWS = 2000
"""Rows of a row group: so many are in memory for each file."""

Features = dict[str, Any]
"""Column → its type as the library `datasets` writes it; a list of one type is a list of it."""

STRING: Features = {"dtype": "string", "_type": "Value"}
INTEGER: Features = {"dtype": "int64", "_type": "Value"}
BOOLEAN: Features = {"dtype": "bool", "_type": "Value"}
EVIDENCE = [{"kind": STRING, "value": STRING, "as_of": STRING}]
ABOUT = ("id", "title", "outlet", "author", "date", "url", "language", "text")
ATTRIBUTION = ("id", "kind", "cue", "source", "speaker", "speaker_type", "via", "basis")


def write(dataset: Dataset, folder: Path) -> None:
    """Write both configurations, streaming, a file a split."""
    schemas = {
        "claims": _schema(_claim_features(dataset.scheme)),
        "articles": _schema(_article_features()),
    }
    rows = _Rows(dataset.scheme, dataset.losses)
    with ExitStack() as files:
        parts: dict[str, _Part] = {}

        def add(name: str, split: Split, row: Record) -> None:
            # The library cannot open a split without rows, so files come with their first.
            path = _path(name, split)
            if path not in parts:
                parts[path] = files.enter_context(_Part(folder / path, schemas[name]))
            parts[path].add(row)

        for document in dataset.documents():
            for claim in document.claims:
                add("claims", document.split, rows.claim(claim))
            add("articles", document.split, _article(dataset, document))
            dataset.losses.add("earlier taggings", len(document.taggings) - 1)
    dataset.losses.add("log of events")


def _path(name: str, split: str) -> str:
    return f"data/{name}/{split}-00000-of-00001.parquet"


def refill(source: Path, target: Path, texts: Texts) -> None:
    """Copy a file with the text of each article or claim filled in."""
    from pyarrow import parquet

    file = parquet.ParquetFile(source)
    # Read back, a list's type is named otherwise than when it is made.
    features = json.loads(file.schema_arrow.metadata[b"huggingface"])["info"]["features"]
    with _Part(target, _schema(features)) as part:
        for batch in file.iter_batches(ROWS):
            for row in batch.to_pylist():
                part.add(texts.fill(row))


def _schema(features: Features) -> Any:
    """Return the columns of a file as pyarrow and the library `datasets` have them."""
    import pyarrow

    fields = [pyarrow.field(name, _arrow(one)) for name, one in features.items()]
    about = {"huggingface": json.dumps({"info": {"features": features}})}
    return pyarrow.schema(fields, metadata=about)


class _Part:
    """A Parquet file that is written a row group at a time."""

    def __init__(self, path: Path, schema: Any) -> None:
        import pyarrow
        from pyarrow import parquet

        path.parent.mkdir(parents=True, exist_ok=True)
        self._schema = schema
        self._table = pyarrow.Table
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Record] = []

    def __enter__(self) -> _Part:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._writer.close()

    def add(self, row: Record) -> None:
        """Take a row in."""
        self._rows.append(row)
        if len(self._rows) >= ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(self._table.from_pylist(self._rows, schema=self._schema))
            self._rows.clear()


class _Rows:
    """Claims as rows: labels as numbers, spans as a list of structs."""

    def __init__(self, scheme: Scheme, losses: Losses) -> None:
        self._axes = scheme.axes
        self._losses = losses
        self._of_axis = {axis.id: _numbers(axis.labels) for axis in scheme.axes}
        self._of_any = _numbers(scheme.labels)

    def claim(self, claim: Record) -> Record:
        """Return a claim as a row."""
        decision, final = claim["decision"], claim["final"]
        return {
            **claim,
            "judgements": [self._answer(one) for one in claim["judgements"]],
            "decision": decision and self._answer(decision),
            "final": self._labels({axis: one["value"] for axis, one in final.items()}),
            "final_basis": {axis: one["basis"] for axis, one in final.items()},
            "final_spans": self._spans(claim["final_spans"]),
        }

    def _answer(self, answer: Record) -> Record:
        labels, spans = self._labels(answer["labels"]), self._spans(answer["spans"])
        return {**answer, "labels": labels, "spans": spans}

    def _labels(self, labels: Mapping[str, Any]) -> Record:
        row: Record = {}
        for axis in self._axes:
            value = labels[axis.id]
            chosen = value if axis.many else [value] if value else []
            numbers = [*self._known(chosen, self._of_axis[axis.id])]
            row[axis.id] = numbers if axis.many else next(iter(numbers), None)
        return row

    def _spans(self, spans: Mapping[str, Sequence[Span]]) -> list[Record]:
        return [
            {"label": number, "start": start, "end": end}
            for label, some in spans.items()
            for number in self._known([label], self._of_any)
            for start, end in some
        ]

    def _known(self, labels: Iterable[str], numbers: Mapping[str, int]) -> Iterator[int]:
        for label in labels:
            if label in numbers:
                yield numbers[label]
            else:
                self._losses.add("labels that the scheme does not have")


def _article(dataset: Dataset, document: Document) -> Record:
    """Return an article as a row, with its tags as all who corrected them agree."""
    about = dataset.article_record(document)
    tags = to_record(None, document.article.text, document.tagging)
    return {
        **{name: about[name] for name in ABOUT},
        "tagger": document.tagging.tagger,
        "model": document.tagging.model,
        **{name: tags[name] for name in ("segments", "attributions", "claims")},
    }


def _claim_features(scheme: Scheme) -> Features:
    labels = {
        axis.id: [_class(axis.labels)] if axis.many else _class(axis.labels) for axis in scheme.axes
    }
    spans = [{"label": _class(scheme.labels), "start": INTEGER, "end": INTEGER}]
    answer = {"labels": labels, "spans": spans, "framer": STRING, "target": STRING, "note": STRING}
    judgement = {
        "reviewer": STRING, **answer, "unsure": BOOLEAN, "evidence": EVIDENCE,
        "hints_shown": [STRING], "seconds": INTEGER, "scheme": STRING, "at": STRING,
    }  # fmt: skip
    decision = {
        "by": STRING, **answer, "evidence": EVIDENCE, "speaker": STRING, "kind": STRING,
        "reason": STRING, "stale": BOOLEAN, "contested": BOOLEAN, "at": STRING,
    }  # fmt: skip
    roles = {"content": [[INTEGER]], "cue": [[INTEGER]], "source": [[INTEGER]]}
    attribution = {**dict.fromkeys(ATTRIBUTION, STRING), "spans": roles}
    return {
        **dict.fromkeys(("claim_id", "article_id", "title", "outlet", "language"), STRING),
        "start": INTEGER, "end": INTEGER, "text": STRING, "segment_kind": STRING, "voice": STRING,
        "walk": BOOLEAN, "superseded": BOOLEAN, "attribution": attribution,
        "judgements": [judgement], "decision": decision, "final": labels,
        "final_basis": {axis.id: STRING for axis in scheme.axes}, "final_spans": spans,
        "final_evidence": EVIDENCE,
    }  # fmt: skip


def _article_features() -> Features:
    spans = [[INTEGER]]
    segment = {"start": INTEGER, "end": INTEGER, "kind": STRING}
    attribution = {
        "id": STRING, "content": spans, "cue": spans, "source": spans, "speaker": STRING,
        "speaker_type": STRING, "via": STRING, "kind": STRING, "rule": STRING,
    }  # fmt: skip
    claim = {
        "id": STRING, "start": INTEGER, "end": INTEGER, "segment": INTEGER, "voice": STRING,
        "attributions": [INTEGER], "walk": BOOLEAN,
    }  # fmt: skip
    return {
        **dict.fromkeys((*ABOUT, "tagger", "model"), STRING),
        "segments": [segment], "attributions": [attribution], "claims": [claim],
    }  # fmt: skip


def _class(labels: Sequence[Label]) -> Features:
    return {"names": [label.id for label in labels], "_type": "ClassLabel"}


def _numbers(labels: Sequence[Label]) -> dict[str, int]:
    return {label.id: number for number, label in enumerate(labels)}


def _arrow(feature: Any) -> Any:
    """Return the type of a column as pyarrow has it."""
    import pyarrow

    if isinstance(feature, list):
        return pyarrow.list_(_arrow(feature[0]))
    if feature.get("_type") == "ClassLabel":
        return pyarrow.int64()
    if feature.get("_type") == "Value":
        return pyarrow.type_for_alias(feature["dtype"])
    return pyarrow.struct([(name, _arrow(one)) for name, one in feature.items()])


def _header(dataset: Dataset) -> Iterator[str]:
    """Yield what tells the library which files are which: those of splits with anything in them."""
    yield "configs:"
    for name, counts in (("claims", dataset.tally.claims), ("articles", dataset.tally.articles)):
        if counts.total():
            yield f"- config_name: {name}"
            yield "  data_files:"
            for split in SPLITS:
                if counts[split]:
                    yield f"  - split: {split}"
                    yield f"    path: {_path(name, split)}"
            if name == "claims":
                yield "  default: true"


FORMAT = Format(
    "Parquet by split for `datasets.load_dataset`: claims with all answers, articles with tags",
    "the log, earlier taggings",
    write,
    {"*.parquet": refill},
    needs=("pyarrow", "huggingface"),
    header=_header,
)
