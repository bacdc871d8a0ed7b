"""Putting the text of articles back into a dataset that was written without it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.datasets import huggingface, jsonl, tabular, webannotation
from annotator.datasets.card import CARD, LEFT_OUT, PUT_BACK
from annotator.datasets.folder import complete_or_absent, files_in, verify, write_sums
from annotator.datasets.records import Record, words
from annotator.display import display_text
from annotator.errors import DatasetError
from annotator.reading import Refusal, read_paths

Fill = Callable[[Record], Record]

REFILL: dict[str, Callable[[Path, Path, Fill], None]] = {
    ".jsonl": jsonl.refill,
    ".csv": tabular.refill,
    ".parquet": huggingface.refill,
    ".jsonld": webannotation.refill,
}
"""Ending of a file with records → how it is copied with each of them filled in."""


@dataclass(slots=True)
class Texts:
    """The texts that were found, and what came of looking for them."""

    found: Mapping[str, str]
    """Article id → text."""
    used: set[str] = field(default_factory=set)
    missing: dict[str, str] = field(default_factory=dict)
    """Article id → title of those without a text."""

    def fill(self, record: Record) -> Record:
        """Return an article or claim with its text, as it is where that was not found.

        DatasetError where the claim is not of this text.
        """
        identity = record.get("article_id") or record["id"]
        text = self.found.get(identity)
        if text is None:
            self.missing[identity] = record["title"] or ""
            return record
        self.used.add(identity)
        return _filled(record, text) if "article_id" in record else {**record, "text": text}


@dataclass(frozen=True, slots=True)
class Rehydrated:
    """What came of putting text back."""

    articles: int
    """Articles whose text is there now."""
    missing: tuple[str, ...]
    """A line for each article whose text was not found."""
    refusals: tuple[Refusal, ...]
    """What could not be read."""


def rehydrate(folder: str | Path, paths: Iterable[str | Path]) -> Rehydrated:
    """Put the text back from article files, as far as it is found there.

    An article is known by its id, the digest of its text. DatasetError where the dataset was
    changed after it was written, or its offsets do not fit; then nothing has changed.
    """
    place = Path(folder).resolve()
    verify(place)
    if LEFT_OUT not in _read(place / CARD):
        raise DatasetError(f"{folder}: no text was left out here")
    refusals: list[Refusal] = []
    found: dict[str, str] = {}
    for one in read_paths(paths):
        if isinstance(one, Refusal):
            refusals.append(one)
        else:
            found[one.id] = one.text
    texts = Texts(found)
    try:
        with complete_or_absent(place) as unfinished:
            _refill(place, unfinished, texts)
            write_sums(unfinished)
    except OSError as error:
        raise DatasetError(f"{folder}: {error.strerror or error}") from error
    missing = (
        display_text(f"article {identity}: not found{f' ({title})' if title else ''}")
        for identity, title in sorted(texts.missing.items())
    )
    return Rehydrated(len(texts.used), tuple(missing), tuple(refusals))


def _refill(folder: Path, into: Path, texts: Texts) -> None:
    """Copy a dataset with the text put back."""
    for name in files_in(folder):
        source, target = folder / name, into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix in REFILL:
            REFILL[source.suffix](source, target, texts.fill)
        else:
            shutil.copyfile(source, target)
    if not texts.missing:
        card = _read(into / CARD).replace(LEFT_OUT, PUT_BACK)
        (into / CARD).write_text(card, encoding="utf-8", newline="\n")


def _read(card: Path) -> str:
    try:
        return card.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{card}: cannot be read") from error


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
