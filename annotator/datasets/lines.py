"""JSON Lines files, several at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from annotator.datasets.records import Record
from annotator.display import json_text


def refilled(
    source: Path,
    target: Path,
    fill: Callable[[Record], Record],
    written: Callable[[Record], str] = json_text,
) -> None:
    """Copy a JSON Lines file with each record filled in, and written as it was."""
    with (
        source.open(encoding="utf-8", newline="\n") as lines,
        target.open("w", encoding="utf-8", newline="\n") as file,
    ):
        file.writelines(written(fill(json.loads(line))) + "\n" for line in lines)


class LineFiles:
    """JSON Lines files below a folder, each opened when it is first written to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._open: dict[str, TextIO] = {}

    def write(self, name: str, record: Record) -> None:
        """Add a record to a file, named by its path in the folder."""
        if name not in self._open:
            path = self._folder / name
            path.parent.mkdir(exist_ok=True)
            file = path.open("w", encoding="utf-8", newline="\n")
            self._open[name] = self._stack.enter_context(file)
        self._open[name].write(json_text(record) + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()
