"""Names of people in a dataset: pseudonyms unless asked otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

SHORTEST = 6
NAMING_KINDS = ("assign", "person", "send_back")
"""Kinds of events whose target and body name people: under pseudonyms both are left out."""
FREE_TEXTS = ("note", "reason")


class People:
    """What everybody is called in a dataset."""

    def __init__(self, first_events: Mapping[str, str], names: bool) -> None:
        """Take everybody's name → id of their first event; with `names` all stay as they are.

        The pseudonym is the beginning of that id: the same in every export by anybody, and not
        to be found out by trying names, because the random id of a device went into it.
        """
        self.hidden = not names
        size = SHORTEST
        while len({event[:size] for event in first_events.values()}) < len(first_events):
            size += 1
        self._called = {
            name: f"reviewer-{event[:size]}" if self.hidden else name
            for name, event in first_events.items()
        }
        longest_first = sorted(first_events, key=len, reverse=True)
        self._names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def called(self, name: str) -> str:
        """Return what somebody is called."""
        return self._called[name]

    def in_text(self, text: str | None) -> str | None:
        """Return a person's free text with everybody's name replaced by what they are called."""
        if text is None or not self.hidden:
            return text
        return self._names.sub(lambda match: self._called[match[0]], text)

    def in_body(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return the body of an event with the free texts in it treated so."""
        texts = {key: self.in_text(body[key]) for key in FREE_TEXTS if key in body}
        return {**body, **texts}
