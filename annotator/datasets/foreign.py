"""What other tools say of a text, in one shape: marked stretches, their labels, and who says so."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from annotator.datasets.folder import refuse_special
from annotator.datasets.layers import one_line
from annotator.datasets.masking import is_left_out
from annotator.errors import DatasetError
from annotator.model import ATTRIBUTION_KINDS, About, AttributionKind, Span
from annotator.reading.decoding import LIMIT, TOO_LONG

UNITS: tuple[Callable[[str], int], ...] = (
    lambda character: 1,
    lambda character: 1 + (ord(character) > 0xFFFF),
    lambda character: len(character.encode()),
)
"""How much a character counts for: in characters, in UTF-16 code units, in bytes of UTF-8."""

WITHOUT_TEXT = "the text was left out; 'annotator rehydrate' puts it back"
UNSOUND = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What is raised where a file holds other data than its format has there."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that somebody marked."""

    id: str
    label: str
    spans: tuple[Span, ...]
    words: str | None = None
    """What the file says stands there, pieces joined by a space; None where it does not say."""
    said: tuple[str, ...] = ()
    """Further labels, as answers about it."""
    kind: AttributionKind | None = None
    attributed: bool | None = None
    """Of a claim: whether it is somebody's words, not the narrator's; None where nobody says."""
    speaker: str | None = None
    target: str | None = None
    note: str | None = None
    unsure: bool = False


class Link(NamedTuple):
    """Two marks that belong together, by their ids; which way does not matter."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Page:
    """An article as one person marked it."""

    where: str
    """File and line, for messages."""
    text: str
    about: About
    who: str
    marks: tuple[Mark, ...]
    links: frozenset[Link] = frozenset()
    left_out: tuple[str, ...] = ()
    """What the file says beside that has no place here, each in a line."""


def placed(page: Page) -> Page:
    """Return a page with offsets in characters, whatever they count in the file.

    They count what makes all words that the file quotes stand where it says. DatasetError where
    nothing does, or where a page holds something else than text and whole numbers.
    """
    if not _is_sound(page):
        raise DatasetError(f"{page.where}: holds what no annotation holds")
    if is_left_out(page.text):
        raise DatasetError(f"{page.where}: {WITHOUT_TEXT}")
    if len(page.text) > LIMIT:
        raise DatasetError(f"{page.where}: {TOO_LONG}")
    for unit in UNITS:
        found = _in_characters(page, unit)
        if found is not None:
            return found
    raise DatasetError(f"{page.where}: what is marked does not stand where the file says")


def _is_sound(page: Page) -> bool:
    """Whether everything read from a file is of the type that it should be."""
    texts: list[object] = [page.text, page.who]
    offsets: list[object] = []
    for mark in page.marks:
        texts += [mark.id, mark.label, *mark.said]
        maybe = (mark.words, mark.speaker, mark.target, mark.note)
        texts += [one for one in maybe if one is not None]
        offsets += [offset for span in mark.spans for offset in span]
    return all(map(_is_text, texts)) and all(type(one) is int for one in offsets)


def _is_text(value: object) -> bool:
    """Whether something is text that can be written as UTF-8, which lone surrogates cannot."""
    return isinstance(value, str) and not any("\ud800" <= one <= "\udfff" for one in value)


def _in_characters(page: Page, unit: Callable[[str], int]) -> Page | None:
    """Return a page with offsets in characters if they are in a unit and the words fit."""
    wanted = {offset for mark in page.marks for span in mark.spans for offset in span}
    at, place = {0: 0}, 0
    for number, character in enumerate(page.text, 1):
        place += unit(character)
        if place in wanted:
            at[place] = number
    marks = []
    for mark in page.marks:
        spans = tuple((at.get(start, -1), at.get(end, -1)) for start, end in mark.spans)
        if not spans or any(not 0 <= start < end for start, end in spans):
            return None
        words = " ".join(page.text[start:end] for start, end in sorted(spans))
        if mark.words is not None and one_line(words) != one_line(mark.words):
            return None
        marks.append(replace(mark, spans=spans))
    return replace(page, marks=tuple(marks))


def joined(marks: Sequence[Mark], continued: Mapping[str, str]) -> tuple[Mark, ...]:
    """Return marks with the pieces of one stretch put together: piece → the first of them."""
    whole: dict[str, Mark] = {}
    for mark in marks:
        first = whole.get(continued.get(mark.id, ""))
        if first is None:
            whole[mark.id] = mark
            continue
        words = None if None in (first.words, mark.words) else f"{first.words} {mark.words}"
        whole[first.id] = replace(first, spans=(*first.spans, *mark.spans), words=words)
    return tuple(whole.values())


def told(mark: Mark, name: str, text: str) -> Mark:
    """Return a mark with its "speaker", "target" or "note"; KeyError for another name."""
    if name == "speaker":
        return replace(mark, speaker=text)
    if name == "target":
        return replace(mark, target=text)
    if name == "note":
        return replace(mark, note=text)
    raise KeyError(name)


def is_attributed(voice: str) -> bool | None:
    """Return whether a claim in a voice is somebody's words; posts may be either."""
    return None if voice == "post" else voice != "narrator"


def kind_among(values: Sequence[str]) -> AttributionKind | None:
    """Return the kind of attribution among some values, if one is there."""
    return next((kind for kind in ATTRIBUTION_KINDS if kind in values), None)


def about_of(data: Mapping[str, Any]) -> About:
    """Return what a record says about its article, in fields of our names."""
    names = ("title", "outlet", "author", "date", "url", "language")
    known = {name: data.get(name) for name in names}
    return About(**{name: value for name, value in known.items() if isinstance(value, str)})


def json_lines(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield (where, value) of each line of a JSON Lines file; DatasetError names a bad one."""
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                where = f"{path}, line {number}"
                if line.strip():
                    yield where, parsed(line, where)
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror or error}") from error


def parsed(data: bytes, where: str) -> Any:
    """Return what is in a text of JSON; DatasetError where it is none."""
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DatasetError(f"{where}: not JSON in UTF-8") from error


def read(path: Path) -> bytes:
    """Return what is in a file; DatasetError where it cannot be read."""
    refuse_special(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror or error}") from error


def text_beside(path: Path, folder: Path) -> str:
    """Return the text that annotations in a folder are about; DatasetError where it is not there.

    A link out of the folder could take in any file of whoever imports what somebody else made.
    """
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise DatasetError(f"{path}: leads out of {folder}")
    try:
        return read(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path}: not UTF-8") from error


def files(path: Path, pattern: str) -> list[Path]:
    """Return a file itself, or the files below a folder that fit a pattern; at least one."""
    found = sorted(path.rglob(pattern)) if path.is_dir() else [path]
    if not found:
        raise DatasetError(f"{path}: no {pattern} there")
    for one in found:
        refuse_special(one)
    return found
