"""The codebook: what the labels mean and how hard cases are settled, read from Markdown.

A line "Defines: label" right below a heading makes its section the definition of a label of the
scheme; "Concerns: label, label" tags a ruling with the labels it bears on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from annotator.errors import CodebookError
from annotator.model import digest
from annotator.scheme import Scheme, default_scheme

HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
TAG = re.compile(r"(Defines|Concerns):[ \t]*(.*)")
FENCE = re.compile(r" {0,3}(```|~~~)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it, up to the next heading."""

    title: str
    level: int
    """1 for the codebook's own title, 6 at most."""
    line: int
    """Number of the heading's line in the file, from 1."""
    text: str
    """Markdown, without the heading and the tags."""
    defines: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook in its sections; `version` identifies its exact text."""

    sections: tuple[Section, ...]
    version: str

    def section_for(self, label_id: str) -> Section:
        """Return the section that defines a label; KeyError if none does."""
        for section in self.sections:
            if label_id in section.defines:
                return section
        raise KeyError(label_id)

    def rulings_for(self, label_id: str) -> tuple[Section, ...]:
        """Return the rulings that concern a label, in order."""
        return tuple(section for section in self.sections if label_id in section.concerns)


def parse_codebook(text: str, where: str, scheme: Scheme) -> Codebook:
    """Read a codebook for a scheme; `where` names it in the CodebookError a broken one raises.

    Each label of the scheme has one section that defines it, and no tag names any other label.
    """
    known = [label.id for label in scheme.labels]
    lines = text.replace("\r\n", "\n").split("\n")
    sections = tuple(_sections(lines, where, known))
    if not sections:
        raise CodebookError(f"{where}: no heading in it")
    defined: dict[str, int] = {}
    for section in sections:
        for label in section.defines:
            if label in defined:
                problem = f"{label!r} is defined at line {defined[label]} already"
                raise CodebookError(f"{where}, line {section.line}: {problem}")
            defined[label] = section.line
    if missing := [label for label in known if label not in defined]:
        raise CodebookError(f"{where}: no section says 'Defines: {missing[0]}'")
    return Codebook(sections, digest(text))


def read_codebook(path: Path, scheme: Scheme) -> Codebook:
    """Read a project's own codebook; raises CodebookError where it is missing or broken."""
    try:
        return parse_codebook(path.read_text(encoding="utf-8"), str(path), scheme)
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise CodebookError(f"{path}: not UTF-8 text") from None


@cache
def default_codebook() -> Codebook:
    """Return the codebook that ships with the program, for the default scheme."""
    path = Path(__file__).with_name("codebook.md")
    return parse_codebook(path.read_text(encoding="utf-8"), path.name, default_scheme())


def definitions(scheme: Scheme) -> Codebook:
    """Return the definitions in a scheme as a codebook, for a scheme that comes without one."""
    labels = (
        Section(label.name, 2, number, label.definition, (label.id,))
        for number, label in enumerate(scheme.labels, 2)
    )
    return Codebook((Section(scheme.name, 1, 1, ""), *labels), scheme.version)


def _sections(lines: Sequence[str], where: str, known: Sequence[str]) -> Iterator[Section]:
    """Yield the sections in order; what stands before the first heading belongs to none."""
    headings = [*_headings(lines), (len(lines), 0, "")]
    for (at, level, title), (following, _, _) in pairwise(headings):
        if not title:
            raise CodebookError(f"{where}, line {at + 1}: a heading without words")
        tags, below = _tags(lines[:following], at + 1, where, known)
        yield Section(
            title=title,
            level=level,
            line=at + 1,
            text="\n".join(lines[below:following]).strip("\n"),
            defines=tags.get("Defines", ()),
            concerns=tags.get("Concerns", ()),
        )


def _headings(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield line index, level and title of the headings outside fenced blocks."""
    fence: str | None = None
    for index, line in enumerate(lines):
        if mark := FENCE.match(line):
            fence = mark[1] if fence is None else None if fence == mark[1] else fence
        elif fence is None and (heading := HEADING.fullmatch(line)):
            yield index, len(heading[1]), heading[2]


def _tags(
    lines: Sequence[str], start: int, where: str, known: Sequence[str]
) -> tuple[dict[str, tuple[str, ...]], int]:
    """Return the tags right below a heading and the index of the line where its text starts."""
    tags: dict[str, tuple[str, ...]] = {}
    at = start
    while at < len(lines):
        tag = TAG.fullmatch(lines[at].strip())
        if tag is None and lines[at].strip():
            break
        if tag:
            if tag[1] in tags:
                raise CodebookError(f"{where}, line {at + 1}: {tag[1]!r} is given twice")
            tags[tag[1]] = _labels(tag[2], f"{where}, line {at + 1}", known)
        at += 1
    return tags, at


def _labels(names: str, where: str, known: Sequence[str]) -> tuple[str, ...]:
    labels = tuple(name.strip(" `") for name in names.split(","))
    for label in labels:
        if label not in known:
            raise CodebookError(f"{where}: unknown label {label!r}; known: {', '.join(known)}")
    return labels
