"""What there is to tell as lines, for a screen or a pipe, some of which lead to claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line."""

    text: str
    heading: bool = False
    claims: tuple[str, ...] = ()
    """Ids of the claims behind it."""
    title: str = ""
    """What these claims have in common."""
    article_id: str | None = None
    """The article it is about."""
    label: str | None = None
    """The label whose rules it tells."""

    @property
    def opens(self) -> bool:
        """Whether it leads anywhere."""
        return bool(self.claims or self.article_id or self.label)


def section(heading: str, found: Iterable[Row]) -> list[Row]:
    """Return rows below an empty line and their heading; nothing where there are none."""
    some = list(found)
    return [Row(""), Row(heading, True), *some] if some else []


def counted(count: int, one: str) -> str:
    """Return a number with its noun: "1 claim", "3 claims"."""
    return f"{count} {one}{'s' * (count != 1)}"


def share(part: int, whole: int) -> str:
    """Return a part of a whole as a rounded percentage."""
    return f"{round(100 * part / whole)} %" if whole else "–"


def short(text: str, most: int) -> str:
    """Return a text on one line, cut at so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
