"""What could not be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or a row that did not become an article."""

    name: str
    """Its path as it is, with the row's or line's number: to be shown through `display_text`."""
    reason: str
    """One line of our own words; it holds nothing from the file."""
