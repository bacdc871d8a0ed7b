"""The JSON that a project file keeps of judgements, metadata and taggings."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from typing import Any, NamedTuple

from annotator.errors import StoreError
from annotator.model import (
    About,
    Attribution,
    Claim,
    Evidence,
    Judgement,
    Segment,
    Span,
    Tagging,
    canonical_json,
    claim_id,
    digest,
)

ABOUT_FIELDS = ("title", "outlet", "author", "date", "url", "language")


class TaggingRow(NamedTuple):
    """A tagging as the columns of its table, `number` left out."""

    id: str
    article: str
    language: str
    model: str | None
    tagger: str
    segments: str
    attributions: str
    claims: str


def judgement_to_body(judgement: Judgement) -> dict[str, Any]:
    """Return a judgement as the body of a `judge` event; what is empty is left out."""
    spans: dict[str, list[list[int]]] = {}
    for label, span in sorted(judgement.spans):
        spans.setdefault(label, []).append(list(span))
    body: dict[str, Any] = {
        "labels": {axis: sorted(chosen) for axis, chosen in judgement.labels.items() if chosen},
        "spans": spans,
        "unsure": judgement.unsure,
        "framer": judgement.framer,
        "target": judgement.target,
        "note": judgement.note,
        "evidence": [_without_empty(asdict(one)) for one in judgement.evidence],
        "hints_shown": list(judgement.hints_shown),
        "seconds": judgement.seconds,
        "scheme": judgement.scheme,
    }
    return _without_empty(body)


def read_body(text: str) -> dict[str, Any]:
    """Return the stored body of an event; StoreError if it is not a JSON object."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StoreError(f"a stored event cannot be read ({error})") from error
    if not isinstance(body, dict):
        raise StoreError("a stored event cannot be read (not a JSON object)")
    return body


@lru_cache(maxsize=4096)
def read_judgement(text: str) -> Judgement:
    """Return the judgement in the stored body of an event; StoreError if it is not one.

    Plain answers are so much alike that most need no second look.
    """
    return judgement_from_body(read_body(text))


def judgement_from_body(body: Mapping[str, Any]) -> Judgement:
    """Return the judgement in the body of a `judge` event; StoreError if it is not one."""
    try:
        spans = body.get("spans")
        return Judgement(
            labels={axis: tuple(chosen) for axis, chosen in body.get("labels", {}).items()},
            spans=_label_spans(spans) if spans else (),
            unsure=body.get("unsure", False),
            framer=body.get("framer"),
            target=body.get("target"),
            note=body.get("note"),
            evidence=tuple([Evidence(**one) for one in body.get("evidence", ())]),
            hints_shown=tuple(body.get("hints_shown", ())),
            seconds=body.get("seconds", 0),
            scheme=body.get("scheme", ""),
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise StoreError(f"a stored judgement cannot be read ({error})") from error


def _label_spans(body: Mapping[str, Any]) -> tuple[tuple[str, Span], ...]:
    return tuple(
        sorted((label, (start, end)) for label, spans in body.items() for start, end in spans)
    )


def about_to_body(about: About) -> dict[str, str]:
    """Return what is known about an article as the body of a `meta` event."""
    known = {name: getattr(about, name) for name in ABOUT_FIELDS}
    return {name: value for name, value in known.items() if value is not None}


def about_from_body(body: Mapping[str, Any]) -> About:
    """Return what the body of a `meta` event says about an article; what is not text is no news."""
    return About(**{name: body[name] for name in ABOUT_FIELDS if isinstance(body.get(name), str)})


def tagging_to_row(tagging: Tagging) -> TaggingRow:
    """Return a tagging as table columns, its id the digest of the others."""
    claims = [
        {
            "start": one.start,
            "end": one.end,
            "segment": one.segment,
            "voice": one.voice,
            "attributions": one.attributions,
            "walk": one.walk,
        }
        for one in tagging.claims
    ]
    columns = (
        tagging.article_id,
        tagging.language,
        tagging.model,
        tagging.tagger,
        canonical_json(
            [{"start": one.start, "end": one.end, "kind": one.kind} for one in tagging.segments]
        ),
        canonical_json([asdict(one) for one in tagging.attributions]),
        canonical_json(claims),
    )
    return TaggingRow(tagging_id(columns), *columns)


def tagging_id(columns: Iterable[str | None]) -> str:
    """Return the identity of a tagging from its other columns in their order."""
    return digest(canonical_json(list(columns)))


def tagging_from_row(row: TaggingRow) -> Tagging:
    """Return the tagging in a row; StoreError if it was damaged or is not a tagging."""
    if tagging_id(row[1:]) != row.id:
        raise StoreError(f"the stored tagging {row.id} is damaged")
    try:
        with _without_collecting():
            return Tagging(
                row.article,
                row.language,
                row.model,
                row.tagger,
                tuple([_segment(one) for one in json.loads(row.segments)]),
                tuple([_attribution(one) for one in json.loads(row.attributions)]),
                tuple([_claim(row.article, one) for one in json.loads(row.claims)]),
            )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise StoreError(f"the stored tagging {row.id} cannot be read ({error})") from error


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep Python from looking for garbage, of which there is none, among all that is being read.

    In a long article that would take a third of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _segment(data: dict[str, Any]) -> Segment:
    return Segment(data["start"], data["end"], data["kind"])


def _attribution(data: dict[str, Any]) -> Attribution:
    return Attribution(
        _spans(data["content"]),
        data["kind"],
        _spans(data["cue"]),
        _spans(data["source"]),
        data["speaker"],
        data["speaker_type"],
        data["via"],
        data["rule"],
    )


def _spans(data: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    return tuple([(start, end) for start, end in data])


def _claim(article_id: str, data: dict[str, Any]) -> Claim:
    start, end, attributions = data["start"], data["end"], tuple(data["attributions"])
    identity = claim_id(article_id, start, end, bool(attributions))
    return Claim(identity, start, end, data["segment"], data["voice"], attributions, data["walk"])


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [], {}, 0)}
