"""Parquet files of others, read a few rows at a time, and never more than fits into memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotator.datasets.records import Record
from annotator.errors import DatasetError

LARGEST_GROUP = 2**28
"""Bytes that a row group may say it has once it is decompressed."""
MOST_VALUES = 20_000_000
"""Values that a column may say it has in a row group."""
LARGEST_BATCH = 2**27
"""Bytes that are to be in memory at a time: rows may repeat a value that is there only once."""
LARGEST_FILE = 2**29
"""Bytes that may come out of a file."""
MOST_ROWS = 1000
"""Rows read at a time where they are small."""
LISTS = ("List", "LargeList", "Sequence")


class Parquet:
    """A Parquet file of a dataset; DatasetError wherever it is not sound."""

    def __init__(self, path: Path) -> None:
        from pyarrow import parquet

        self.path = path
        with _telling(path):
            self._file = parquet.ParquetFile(path)
            schema = self._file.schema_arrow
            self.columns: Sequence[str] = schema.names
            self._features = _features((schema.metadata or {}).get(b"huggingface"))

    def __enter__(self) -> Parquet:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def rows(self, columns: Sequence[str]) -> Iterator[tuple[str, Record]]:
        """Yield (where, row) of all rows, with some columns and classes by their names."""
        number, size = 0, 0
        with _telling(self.path):
            for group in range(self._file.num_row_groups):
                few = self._at_a_time(group)
                for batch in self._file.iter_batches(few, [group], columns, use_threads=False):
                    size += batch.nbytes
                    if size > LARGEST_FILE:
                        raise DatasetError(f"{self.path}: more than {LARGEST_FILE >> 20} MB in it")
                    for row in batch.to_pylist():
                        number += 1
                        yield f"{self.path}, row {number}", self._named(row)

    def _at_a_time(self, group: int) -> int:
        """Return how many rows of a group to read at a time; DatasetError for a group too large."""
        told = self._file.metadata.row_group(group)
        columns = [told.column(number) for number in range(told.num_columns)]
        size: int = max(told.total_byte_size, sum(one.total_uncompressed_size for one in columns))
        most = max((one.num_values for one in columns), default=0)
        if size > LARGEST_GROUP or most > MOST_VALUES or min(size, most) < 0:
            raise DatasetError(
                f"{self.path}: row group {group + 1} says it has {size >> 20} MB in {most} values; "
                f"at most {LARGEST_GROUP >> 20} MB in {MOST_VALUES} are read"
            )
        return max(1, min(MOST_ROWS, LARGEST_BATCH // max(1, size)))

    def _named(self, row: Record) -> Record:
        return {name: _by_name(value, self._features.get(name)) for name, value in row.items()}


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Say in a line what is wrong with a file where its reader fails."""
    from pyarrow import ArrowException

    try:
        yield
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror or 'not sound Parquet'}") from error
    except MemoryError as error:
        raise DatasetError(f"{path}: more in it than fits into memory") from error
    except (ArrowException, IndexError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise DatasetError(f"{path}: not sound Parquet") from error


def _features(told: bytes | None) -> Mapping[str, Any]:
    """Return column → its type, as the library `datasets` writes it into a file."""
    try:
        found = json.loads(told)["info"]["features"] if told else {}
    except (KeyError, TypeError, ValueError, RecursionError):
        found = {}
    return found if isinstance(found, dict) else {}


def _by_name(value: Any, feature: Any) -> Any:
    """Return a value with the names of classes instead of their numbers; -1 stands for none."""
    if isinstance(feature, list) and len(feature) == 1:
        feature = {"_type": "List", "feature": feature[0]}
    if not isinstance(feature, dict):
        return value
    if feature.get("_type") == "ClassLabel" and isinstance(value, int):
        return feature["names"][value] if value >= 0 else None
    if feature.get("_type") in LISTS and isinstance(value, list):
        return [_by_name(one, feature.get("feature")) for one in value]
    if isinstance(value, dict):
        return {name: _by_name(one, feature.get(name)) for name, one in value.items()}
    return value
