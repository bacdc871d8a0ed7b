"""What a format of datasets is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from annotator.datasets.dataset import Dataset
from annotator.datasets.texts import Refill
from annotator.errors import DatasetError


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of dataset: what it is good for, and how it is written."""

    description: str
    """One line for `--list`."""
    cannot_carry: str
    """One line for `--list`; empty where nothing is lost."""
    write: Callable[[Dataset, Path], None]
    """Writes files into an empty folder; README.md and what is beside it comes later."""
    refill: Mapping[str, Refill]
    """Pattern of the paths of files → how text comes back into them that was left out."""
    needs: tuple[str, str] | None = None
    """(module, extra of ours it comes with), where the format needs a package of its own."""
    header: Callable[[Dataset], Iterable[str]] | None = None
    """Lines of its own for the YAML header of the card."""


def require(name: str, needs: tuple[str, str]) -> None:
    """Raise a DatasetError that says what to install where what a format needs is missing."""
    module, extra = needs
    if find_spec(module) is None:
        raise DatasetError(
            f"{name} needs {module}, which is missing: pip install 'annotator[{extra}]'"
        )
