"""Names of people in a dataset: pseudonyms unless asked otherwise."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from annotator.model import EventKind, canonical_json
from annotator.store import Project

SHORTEST = 6
NAMING_KINDS: tuple[EventKind, ...] = ("assign", "person", "send_back")
"""Kinds of events whose target and body name people: under pseudonyms both are left out."""
FACTUAL_KINDS: tuple[EventKind, ...] = ("correct", "meta", "retag")
"""Kinds of events that say what stands in an article or beside it, as the article itself does."""


class People:
    """What everybody is called in a dataset."""

    def __init__(self, project: Project, names: bool) -> None:
        """Take all who are named in a project's log; with `names` they stay as they are.

        The pseudonym is the beginning of the id of the first event by them or, of those who did
        nothing yet, that names them: the same in every export by anybody, and not to be found out
        by trying names, because the random id of a device went into it.
        """
        self.hidden = not names
        known = {**project.named(), **project.actors()}
        first = {name: event for name, event in known.items() if name.strip()}
        size = SHORTEST
        while len({event[:size] for event in first.values()}) < len(set(first.values())):
            size += 1
        self._called = {
            name: f"reviewer-{event[:size]}" if self.hidden else name
            for name, event in first.items()
        }
        self._anywhere = {
            normalize(form, name).casefold(): called
            for name, called in self._called.items()
            for form in ("NFC", "NFD")
        }
        longest_first = sorted(self._anywhere, key=len, reverse=True)
        words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first) or "(?!)"
        self._names = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
        # Plain answers are so much alike that most bodies were seen before.
        self._in_plain_body = lru_cache(4096)(
            lambda body: canonical_json(self._in_value(json.loads(body)))
        )

    def called(self, name: str) -> str:
        """Return what somebody is called."""
        return self._called[name]

    def in_text(self, text: str | None) -> str | None:
        """Return a person's free text with everybody's name replaced by what they are called."""
        if text is None or not self.hidden:
            return text
        return self._names.sub(self._replaced, text)

    def in_body(self, kind: EventKind, body: str) -> str:
        """Return the stored body of an event with all texts that people wrote in it treated so."""
        return body if not self.hidden or kind in FACTUAL_KINDS else self._in_plain_body(body)

    def _in_value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.in_text(value)
        if isinstance(value, list):
            return [self._in_value(one) for one in value]
        if isinstance(value, dict):
            return {key: self._in_value(one) for key, one in value.items()}
        return value

    def _replaced(self, match: re.Match[str]) -> str:
        return self._anywhere.get(" ".join(match[0].casefold().split()), "a reviewer")
