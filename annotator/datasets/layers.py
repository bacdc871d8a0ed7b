"""A document as other tools see it: marked stretches of text, and one person's answers on top."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from annotator.datasets.choice import FINAL
from annotator.datasets.dataset import Dataset
from annotator.datasets.documents import Document
from annotator.datasets.losses import Losses
from annotator.datasets.records import Record
from annotator.model import Attribution, Span, Tagging, digest
from annotator.scheme import Axis, Label, Scheme

Role = Literal["content", "cue", "source"]

DETAILS = {
    "unsure": "answers marked unsure",
    "framer": "answers on whose framing it is",
    "target": "targets",
    "note": "notes",
    "evidence": "pieces of evidence",
    "hints_shown": "hints shown",
    "seconds": "answers' working times",
    "at": "answers' dates",
    "scheme": "answers' scheme versions",
}
"""Field of an answer → what is lost where a format has no place for it."""


class Part(NamedTuple):
    """The content, cue or source of an attribution; its spans may be several."""

    role: Role
    spans: tuple[Span, ...]
    attribution: Attribution


class Sheet(NamedTuple):
    """What one person says of a document."""

    who: str
    """A name or pseudonym, or "final"."""
    answers: dict[str, Record]
    """Claim id → answer in the form of a judgement; claims without one are left out."""


def parts(tagging: Tagging) -> Iterator[Part]:
    """Yield the parts of all attributions: of each first its content, then cue and source."""
    for one in tagging.attributions:
        yield Part("content", one.content, one)
        if one.cue:
            yield Part("cue", one.cue, one)
        if one.source:
            yield Part("source", one.source, one)


def sheets(dataset: Dataset, document: Document) -> list[Sheet]:
    """Return what was answered on a document by each person, sorted by name.

    Where final answers are wanted there is always one sheet, else one for each who gave an answer.
    """
    found: dict[str, dict[str, Record]] = {FINAL: {}} if dataset.choice.who == FINAL else {}
    known = frozenset(label.id for label in dataset.scheme.labels)
    for claim in document.claims:
        for answer in dataset.answers(claim):
            if not _is_of(known, answer):
                answer = _narrowed(known, answer, dataset.losses)
            found.setdefault(answer["reviewer"], {})[claim["claim_id"]] = answer
    return [Sheet(who, answers) for who, answers in sorted(found.items())]


def word_labels(scheme: Scheme) -> list[Label]:
    """Return the labels that rest on words people mark."""
    return [label for label in scheme.labels if label.spans]


def about(document: Document) -> Record:
    """Return what is known about an article, with its id, language and split."""
    article = document.article
    return {
        "article_id": document.id,
        "title": article.about.title,
        "outlet": article.about.outlet,
        "author": article.about.author,
        "date": article.about.date,
        "url": article.about.url,
        "language": document.language,
        "split": document.split,
    }


def evidence_text(one: Record) -> str:
    """Return a piece of evidence in a line ("url: https://… (2031-02-03)")."""
    as_of = f" ({one['as_of']})" if one["as_of"] else ""
    return one_line(f"{one['kind']}: {one['value']}{as_of}")


def answered(answer: Record, axis: Axis, scheme: Scheme) -> bool:
    """Whether an answer says something on an axis: "none of these" counts once it is finished."""
    if chosen(answer, axis.id):
        return True
    return axis.many and all(one.many or chosen(answer, one.id) for one in scheme.axes)


def examples(
    dataset: Dataset, document: Document, sheet: Sheet
) -> Iterator[tuple[Axis, Record, Record]]:
    """Yield (axis, claim, answer) of all that one person answered, axis by axis."""
    for axis in dataset.scheme.axes:
        for claim in document.claims:
            answer = sheet.answers.get(claim["claim_id"])
            if answer is not None and answered(answer, axis, dataset.scheme):
                yield axis, claim, answer


def chosen(answer: Record, axis: str) -> list[str]:
    """Return the labels of an answer on an axis."""
    value = answer["labels"][axis]
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def marks(answer: Record) -> Iterator[tuple[str, Span]]:
    """Yield the words that carry a label, with the label."""
    for label, spans in answer["spans"].items():
        for start, end in spans:
            yield label, (start, end)


def count_dropped(losses: Losses, answer: Record, fields: Iterable[str]) -> None:
    """Count what an answer has in fields that a format has no place for."""
    for field in fields:
        value = answer[field]
        if value:
            losses.add(DETAILS[field], len(value) if isinstance(value, list) else 1)


def count_left_out(dataset: Dataset, document: Document) -> None:
    """Count what formats drop of a document that have answers and the current tagging only."""
    if dataset.choice.who != FINAL:
        dataset.losses.add("decisions", sum(bool(one["decision"]) for one in document.claims))
    known = attribution_ids(document)
    claims = [one for one in document.claims if one["attribution"]]
    lost = sum(one["attribution"]["id"] not in known for one in claims)
    dataset.losses.add("links to attributions of earlier taggings", lost)


def attribution_ids(document: Document) -> frozenset[str]:
    """Return the ids of the attributions in the tagging of a document."""
    return frozenset(one.id(document.id) for one in document.tagging.attributions)


def _is_of(known: frozenset[str], answer: Record) -> bool:
    """Whether an answer has known labels only."""
    for value in answer["labels"].values():
        if value and not (known.issuperset(value) if isinstance(value, list) else value in known):
            return False
    return known.issuperset(answer["spans"])


def _narrowed(known: AbstractSet[str], answer: Record, losses: Losses) -> Record:
    """Return an answer without the labels that the scheme lacks, which are counted as lost.

    Other tools refuse a label that they were not told of.
    """
    labels = {axis: _among(known, value) for axis, value in answer["labels"].items()}
    spans = {label: spans for label, spans in answer["spans"].items() if label in known}
    lost = sum(len(chosen(answer, axis)) - len(chosen({"labels": labels}, axis)) for axis in labels)
    losses.add("labels that the scheme no longer has", lost)
    return {**answer, "labels": labels, "spans": spans}


def _among(known: AbstractSet[str], value: Any) -> Any:
    if isinstance(value, list):
        return [label for label in value if label in known]
    return value if value in known else None


@lru_cache(maxsize=4096)
def identifier(name: str) -> str:
    """Return a name as letters, digits, `_` and `-` of ASCII, begun by a letter.

    Names that are so already stay; others get an end of their own, so that none become the same.
    """
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name):
        return name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")
    return f"{stem if stem[:1].isalpha() else f'x{stem}'}-{digest(name)[:6]}"


def one_line(text: str) -> str:
    """Return text of the same length without anything that some reader takes for a line's end."""
    return _BREAKS.sub(" ", text)


_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
