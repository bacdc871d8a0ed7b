"""Putting the text of articles back into a dataset that was written without it."""

from __future__ import annotations

import csv
import re
import shutil
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from annotator.datasets.card import CARD, LEFT_OUT, PUT_BACK
from annotator.datasets.folder import (
    SUMS,
    complete_or_absent,
    files_in,
    listed,
    verify,
    write_sums,
)
from annotator.datasets.foreign import UNSOUND
from annotator.datasets.format import Format
from annotator.datasets.texts import Texts
from annotator.datasets.writing import LOSSES, known_format
from annotator.display import display_text
from annotator.errors import DatasetError
from annotator.reading import Refusal, read_paths

BESIDE = (CARD, LOSSES, SUMS)
"""What stands beside the data of any format."""
UNREADABLE = (*UNSOUND, SyntaxError, csv.Error, zlib.error)
"""What readers of the formats raise for what is none of theirs."""
NAMED = re.compile("^`([a-z-]+)`: ", re.MULTILINE)
"""Where a card says which format it is about."""


@dataclass(frozen=True, slots=True)
class Rehydrated:
    """What came of putting text back."""

    articles: int
    """Articles whose text is there now."""
    missing: tuple[str, ...]
    """A line for each article whose text was not found."""
    refusals: tuple[Refusal, ...]
    """What could not be read."""


def rehydrate(folder: str | Path, paths: Iterable[str | Path]) -> Rehydrated:
    """Put the text back from article files, as far as it is found there.

    An article is known by its id, the digest of its text. DatasetError where the dataset was
    changed after it was written, or its offsets do not fit; then nothing has changed.
    """
    place = Path(folder).resolve()
    if not (place / SUMS).is_file():
        raise DatasetError(f"{folder}: no dataset that annotator exported")
    verify(place)
    card = _read(place / CARD)
    named = NAMED.search(card)
    if LEFT_OUT not in card or named is None:
        raise DatasetError(f"{folder}: no text was left out here")
    format = known_format(named[1])
    refusals: list[Refusal] = []
    found: dict[str, str] = {}
    for one in read_paths(paths):
        if isinstance(one, Refusal):
            refusals.append(one)
        else:
            found[one.id] = one.text
    texts = Texts(found)
    try:
        with complete_or_absent(place) as unfinished:
            _refill(place, unfinished, format, texts)
    except OSError as error:
        raise DatasetError(f"{folder}: {error.strerror or error}") from error
    missing = (
        display_text(f"article {identity}: not found{f' ({title})' if title else ''}")
        for identity, title in sorted(texts.missing.items())
    )
    return Rehydrated(len(texts.used), tuple(missing), tuple(refusals))


def _refill(folder: Path, into: Path, format: Format, texts: Texts) -> None:
    """Copy a dataset with the text put back."""
    shutil.copytree(folder, into, symlinks=True, dirs_exist_ok=True)
    there, ours = files_in(folder), listed(folder)
    for name in ours:
        source = folder / name
        patterns = (one for one in format.refill if name not in BESIDE and source.match(one))
        pattern = next(patterns, None)
        if pattern is not None:
            try:
                format.refill[pattern](source, into / name, texts)
            except UNREADABLE as error:
                raise DatasetError(f"{source}: not a file that annotator wrote") from error
    if not texts.missing:
        card = re.sub(f"{re.escape(LEFT_OUT)}.*", PUT_BACK, _read(into / CARD))
        (into / CARD).write_text(card, encoding="utf-8", newline="\n")
    # Files that somebody put there are theirs.
    write_sums(into, [one for one in files_in(into) if one in ours or one not in there])


def _read(card: Path) -> str:
    try:
        return card.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{card}: cannot be read") from error
