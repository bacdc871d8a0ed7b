"""The texts of articles as they go back into a dataset that was written without them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.datasets.masking import fits, is_masked
from annotator.datasets.records import Record, words
from annotator.errors import DatasetError
from annotator.model import digest


@dataclass(slots=True)
class Texts:
    """The texts that were found, and what came of looking for them."""

    found: Mapping[str, str]
    """Article id → text."""
    used: set[str] = field(default_factory=set)
    missing: dict[str, str] = field(default_factory=dict)
    """Article id → title of those without a text, "" where it is not known."""

    def of(self, identity: str, title: str | None = None) -> str | None:
        """Return the text of an article, None where it was not found, which is kept in mind."""
        text = self.found.get(identity)
        if text is None:
            self.missing[identity] = title or self.missing.get(identity, "")
        else:
            self.used.add(identity)
        return text

    def fill(self, record: Record) -> Record:
        """Return an article or claim with its text, as it is where that was not found.

        DatasetError where the claim is not of this text.
        """
        identity = record.get("article_id") or record["id"]
        if identity not in self.found and _is_filled(record):
            return record
        text = self.of(identity, record["title"])
        if text is None:
            return record
        return _filled(record, text) if "article_id" in record else {**record, "text": text}

    def unmask(
        self,
        shown: str,
        identity: str,
        start: int = 0,
        *,
        title: str | None = None,
        form: Callable[[str], str] = str,
        part: bool = False,
    ) -> str:
        """Return words that a file shows masked, from where they start in an article.

        `form` is what the format does to any text. As they are where the article was not found,
        which is kept in mind unless they are `part` of what the dataset has elsewhere as a whole;
        DatasetError where they are not of its text.
        """
        if identity not in self.found:
            # An article may have such characters of its own.
            if not part and is_masked(shown) and digest(shown) != identity:
                self.of(identity, title)
            return shown
        self.used.add(identity)
        text = self.found[identity]
        words = form(text[start : start + len(shown)])
        if not fits(shown, words):
            raise DatasetError(f"article {identity}: what is at {start} is not what is here")
        return words


Refill = Callable[[Path, Path, Texts], None]
"""Copies a file of a dataset with the words of articles in it put back."""


def _is_filled(record: Record) -> bool:
    """Whether an article or claim has its text, all of it."""
    text = record["text"] or ""
    return len(text) == record["end"] - record["start"] if "end" in record else bool(text)


def _filled(claim: Record, text: str) -> Record:
    told = claim["attribution"]
    if told is not None:
        spans = told["spans"]
        told = {**told, **{role: words(text, spans[role]) for role in ("cue", "source")}}
    whole = text[claim["start"] : claim["end"]]
    quoted = (claim["text"] or "").split()
    if not whole or whole.split()[: len(quoted)] != quoted:
        raise DatasetError(f"claim {claim['claim_id']}: its words are not those of its article")
    return {**claim, "text": whole, "attribution": told}
