"""What is looked for among the claims, and how people write it: words and `key:value` pairs.

`barrage label:disputed speaker:"Ana Brovic" is:unsure` — all of it must hold. Keys and fixed values
are in English as the labels are; a value with spaces stands in double quotation marks, and so does
a word with a colon that is no key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from annotator.errors import UsageError
from annotator.model import VOICES, Voice

PART = re.compile(
    r'(?P<key>[^\W\d_]+):(?P<value>"[^"]*"?|[^\s"]\S*)|(?P<words>"[^"]*"?|\S+)'
)  # fmt: skip
TEXTS = ("speaker", "language", "outlet", "reviewer")
SHORT = {"lang": "language", "by": "reviewer"}
IS = ("unseen", "unsure", "flagged", "skipped", "begun")
MISSING = {"evidence": "missing_evidence", "words": "missing_words"}
KEYS = ("label", "voice", *TEXTS, "is", "missing")
KNOWN = ", ".join(f"{key}:" for key in KEYS)


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted: those for which all that is given holds."""

    words: str = ""
    """Words, as one searches for them, of the sentence; in the list of articles, of the title."""
    labels: tuple[str, ...] = ()
    """Ids of labels that the judgement has."""
    voice: Voice | None = None
    speaker: str | None = None
    """Beginnings of words of the speaker's name that follow on each other; case does not matter."""
    language: str | None = None
    outlet: str | None = None
    """A part of the outlet's name; case and accents do not matter."""
    reviewer: str | None = None
    """Whose judgements and marks are meant, if not one's own: only what one may see of them."""
    unseen: bool = False
    """Whether there is no judgement."""
    unsure: bool = False
    flagged: bool = False
    skipped: bool = False
    begun: bool = False
    """Whether the judgement lacks an answer that it needs."""
    missing_evidence: bool = False
    """Whether it has a label that rests on evidence, and names none."""
    missing_words: bool = False
    """Whether it has a label that rests on words, and none are marked for it."""

    @property
    def about_judgements(self) -> bool:
        """Whether it asks for a property of somebody's judgement."""
        asked = (self.unsure, self.begun, self.missing_evidence, self.missing_words)
        return bool(self.labels) or any(asked) or (self.reviewer is not None and not self._marks)

    @property
    def about_answers(self) -> bool:
        """Whether it asks for anything that people do, so that what it finds changes with that."""
        return self.about_judgements or self._marks

    @property
    def about_claims(self) -> bool:
        """Whether it asks for more than words, language and outlet, which an article has too."""
        asked = replace(self, words="", language=None, outlet=None)
        return asked != NOTHING_ASKED

    def refuse_outlet(self, hidden: bool) -> None:
        """Raise UsageError if it asks for an outlet while outlets are hidden."""
        if hidden and self.outlet is not None:
            raise UsageError("the outlet is hidden (hide_outlet in the settings): no outlet:")

    @property
    def _marks(self) -> bool:
        return self.unseen or self.flagged or self.skipped


NOTHING_ASKED = ClaimFilter()


def parse_filter(text: str) -> ClaimFilter:
    """Read a filter as people write it; UsageError names a key or value that is none."""
    words: list[str] = []
    wanted = NOTHING_ASKED
    for part in PART.finditer(text):
        if part["key"] is None:
            _refuse_empty(part["words"])
            words.append(part["words"])
        else:
            key = part["key"].casefold()
            change = _change(SHORT.get(key, key), part["value"].strip('"'), wanted)
            wanted = replace(wanted, **change)
    return replace(wanted, words=" ".join(words))


def has_keys(text: str) -> bool:
    """Whether a filter as people write it is more than words; UsageError as in `parse_filter`."""
    wanted = parse_filter(text)
    return any(getattr(wanted, one.name) != one.default for one in fields(wanted)[1:])


def _change(key: str, value: str, wanted: ClaimFilter) -> dict[str, Any]:
    if key in TEXTS:
        return {key: value}
    if key == "label":
        return {"labels": (*wanted.labels, value)}
    if key == "voice":
        return {"voice": _one_of(key, value, {voice: voice for voice in VOICES})}
    if key == "is":
        return {_one_of(key, value, {name: name for name in IS}): True}
    if key == "missing":
        return {_one_of(key, value, MISSING): True}
    raise UsageError(f"unknown filter {key}: (known: {KNOWN}; quotation marks make it a word)")


def _one_of(key: str, value: str, known: Mapping[str, str]) -> str:
    found = known.get(value.casefold())
    if found is None:
        raise UsageError(f"{key}: is one of {', '.join(known)}, not {' '.join(value.split())}")
    return found


def _refuse_empty(word: str) -> None:
    key = word.removesuffix(":").casefold()
    if word.endswith(":") and SHORT.get(key, key) in KEYS:
        raise UsageError(f"{word} wants a value right after it")
