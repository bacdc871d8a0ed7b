"""Hints for the article on the screen, found beside the keys in a thread."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.model import Tagging

if TYPE_CHECKING:
    from annotator.tagging.hints import Hint, Lists

HintsByClaim = dict[str, tuple["Hint", ...]]


def find_hints(
    text: str, tagging: Tagging, project: Path, off: AbstractSet[str]
) -> tuple[tuple[Hint, ...], HintsByClaim]:
    """Return an article's hints, all of them and by claim; HintListError for a broken own list."""
    from annotator.tagging.hints import by_claim, hints

    found = hints(text, tagging, _lists(project), off)
    return found, by_claim(found)


def own_lists(project: Path) -> list[Path]:
    """Return the lists that a project brings: NAME.hints.toml and NAME.hints.*.toml beside it."""
    stem = project.stem
    beside = project.parent.glob("*.toml")
    return sorted(one for one in beside if f"{one.name}".startswith(f"{stem}.hints."))


@cache
def _lists(project: Path) -> Lists:
    from annotator.tagging.hints import read_lists

    return read_lists(own_lists(project))
