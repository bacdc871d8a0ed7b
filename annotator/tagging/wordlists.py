"""The word lists of `lexicon/layout.toml`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def layout_words(section: str, name: str) -> frozenset[str]:
    """Return one list of the layout lexicon; empty where it has none (a language without data)."""
    words: list[str] = _layout().get(section, {}).get(name, [])
    return frozenset(words)


@cache
def abbreviations(language: str, strength: str) -> frozenset[str]:
    """Return a language's abbreviations of one strength, in all spellings they may have.

    Each is without its last full stop. Single letters and words with a capital have one spelling:
    a single capital is an initial.
    """
    tables = _layout()["abbreviations"]
    words: list[str] = tables.get(language, tables["any"])[strength]
    fixed = {word for word in words if len(word) == 1 or not word.islower()}
    return frozenset(words).union(
        spelling for word in words if word not in fixed for spelling in (word.title(), word.upper())
    )


@cache
def _layout() -> dict[str, Any]:
    path = Path(__file__).parent / "lexicon" / "layout.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
