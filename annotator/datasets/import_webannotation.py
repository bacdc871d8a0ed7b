"""W3C Web Annotation coming in: pages of annotations with their texts beside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from annotator.datasets.foreign import (
    UNSOUND,
    Link,
    Mark,
    Page,
    files,
    is_attributed,
    kind_among,
    parsed,
    read,
    text_beside,
)
from annotator.datasets.records import Record
from annotator.datasets.webannotation import BEGINS
from annotator.errors import DatasetError
from annotator.model import About

PURPOSES = ("tagging", "classifying", "describing", "commenting")
KNOWN = ("voice: ", "segment: ", "speaker: ", "speaker type: ", "target: ", f"{BEGINS}: ")
"""Descriptions that come back, or follow from the tags."""


def pages(path: Path) -> Iterator[Page]:
    """Yield what each creator says in annotation pages: a file, or a folder with them.

    The text is in a .txt file beside, or in texts/ as in our own exports.
    """
    for file in files(path, "*.jsonld"):
        data = parsed(read(file), str(file))
        if not isinstance(data, dict) or data.get("type") == "AnnotationCollection":
            continue
        text = _text_of(file)
        try:
            items = data.get("items", [data])
            shared = [one for one in items if "creator" not in one]
            creators = {one["creator"]["name"]: None for one in items if "creator" in one}
            for who in creators or ["somebody"]:
                own = [one for one in items if one.get("creator", {}).get("name") == who]
                marks, links = _marks(shared, own)
                left = tuple(line for one in [*shared, *own] for line in _unplaced(one))
                yield Page(str(file), text, About(), who, marks, links, left)
        except UNSOUND as error:
            raise DatasetError(f"{file}: not a page of annotations as we read them") from error


def _text_of(file: Path) -> str:
    """Return the text that a page is about."""
    beside = file.with_suffix(".txt")
    if os.path.lexists(beside):
        return text_beside(beside, file.parent)
    folder = file.parent.parent
    return text_beside(folder / "texts" / beside.name, folder)


def _marks(shared: list[Record], own: list[Record]) -> tuple[tuple[Mark, ...], frozenset[Link]]:
    """Return the marks of a page, answers on a claim told of its mark, and what is linked."""
    marks = {one["id"]: _mark(one) for one in shared}
    stands_for: dict[str, str] = {}
    for one in own:
        mark = _mark(one)
        claims = [body for body in one["body"] if isinstance(body, str) and body in marks]
        if one["motivation"] == "assessing" and claims:
            claim = marks[claims[0]]
            marks[claim.id] = replace(
                mark, id=claim.id, attributed=claim.attributed, speaker=claim.speaker
            )
            stands_for[mark.id] = claim.id
        else:
            marks[mark.id] = mark
    links = {
        Link(one["id"], stands_for.get(body, body))
        for one in [*shared, *own]
        for body in one["body"]
        if isinstance(body, str) and one["id"] in marks
    }
    return tuple(marks.values()), frozenset(links)


def _mark(item: Record) -> Mark:
    """Return an annotation: its tag is its label, what classifies it the further labels."""
    values: dict[str, list[str]] = {purpose: [] for purpose in PURPOSES}
    for body in item["body"]:
        if isinstance(body, dict) and body.get("purpose") in values:
            values[body["purpose"]].append(body["value"])
    told = dict(one.split(": ", 1) for one in values["describing"] if ": " in one)
    selectors = [_selectors(target) for target in item["target"]]
    assesses = item["motivation"] == "assessing"
    label = "claim" if assesses else (values["tagging"] or values["classifying"])[0]
    return Mark(
        item["id"],
        label,
        tuple((one["start"], one["end"]) for one, _ in selectors),
        " ".join(quotation["exact"] for _, quotation in selectors),
        tuple(values["classifying"]) if assesses else (),
        kind_among(values["classifying"]),
        is_attributed(told["voice"]) if "voice" in told else None,
        told.get("speaker"),
        told.get("target"),
        " ".join(values["commenting"]) or None,
        "unsure" in values["tagging"],
    )


def _unplaced(item: Record) -> Iterator[str]:
    """Yield what an annotation says that has no place here."""
    for body in item["body"]:
        if not isinstance(body, dict):
            continue
        value = body.get("value", "")
        known = body.get("purpose") != "describing" or value.startswith(KNOWN)
        if not known or body.get("purpose") not in PURPOSES:
            yield f"{value or body.get('source')} on {item['id']} has no place"


def _selectors(target: Record) -> tuple[Record, Record]:
    """Return the position and the quotation of a target; KeyError where one is missing."""
    by_type = {one["type"]: one for one in target["selector"]}
    return by_type["TextPositionSelector"], by_type["TextQuoteSelector"]
