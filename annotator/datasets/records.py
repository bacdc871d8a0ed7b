"""The records of a dataset as plain JSON data, each made from the program's own nouns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from annotator.datasets.attributed import Attributed
from annotator.datasets.final import final
from annotator.datasets.people import NAMING_KINDS, People
from annotator.model import Article, Event, Judgement, Span, Tagging
from annotator.scheme import Scheme
from annotator.store import DecisionRow, JudgementRow
from annotator.store.codec import tagging_to_row
from annotator.store.work import WORK
from annotator.tagging.records import to_record

Record = dict[str, Any]


def article_record(article: Article, taggings: Sequence[Tagging]) -> Record:
    """Return an article with all its taggings, of which the last is the current one."""
    current = taggings[-1]
    records = [_tagging(article, one, one is current) for one in taggings]
    return {
        "id": article.id,
        "title": article.about.title,
        "outlet": article.about.outlet,
        "author": article.about.author,
        "date": article.about.date,
        "url": article.about.url,
        "language": current.language,
        "text": article.text,
        "taggings": sorted(records, key=lambda record: str(record["id"])),
    }


def event_record(event: Event, people: People) -> Record:
    """Return an event of the log; under pseudonyms without the device and what would name people.

    Its id is that of the event as it was, with the real name.
    """
    naming = people.hidden and event.kind in NAMING_KINDS and event.target != WORK
    return {
        "id": event.id,
        "seq": event.seq,
        "actor": people.called(event.actor),
        "device": None if people.hidden else event.device,
        "prev": event.prev,
        "at": event.at,
        "kind": event.kind,
        "target": None if naming else event.target,
        "body": {} if naming else people.in_body(json.loads(event.body)),
    }


def claim_record(article: Article, language: str, told: Attributed) -> Record:
    """Return what is known of a claim before anybody judged it."""
    claim = told.claim
    return {
        "claim_id": claim.id,
        "article_id": article.id,
        "title": article.about.title,
        "outlet": article.about.outlet,
        "language": language,
        "start": claim.start,
        "end": claim.end,
        "text": article.text[claim.start : claim.end],
        "segment_kind": told.tagging.segments[claim.segment].kind,
        "voice": claim.voice,
        "walk": claim.walk,
        "superseded": told.superseded,
    }


def attribution_record(article: Article, told: Attributed) -> Record | None:
    """Return who is said to have said a claim, None in the narrator's voice."""
    found = told.attribution
    if found is None:
        return None
    return {
        "id": found.id(article.id),
        "kind": found.kind,
        "cue": _words(article.text, found.cue),
        "source": _words(article.text, found.source),
        "speaker": found.speaker,
        "speaker_type": found.speaker_type,
        "via": found.via,
        "basis": told.basis,
    }


def judgement_record(row: JudgementRow, scheme: Scheme, people: People) -> Record:
    """Return one person's answer on a claim."""
    judgement = row.judgement
    return {
        "reviewer": people.called(row.reviewer),
        "labels": labels_record(scheme, judgement),
        "spans": spans_record(judgement),
        "unsure": judgement.unsure,
        "framer": judgement.framer,
        "target": judgement.target,
        "note": people.in_text(judgement.note),
        "evidence": [asdict(one) for one in judgement.evidence],
        "hints_shown": list(judgement.hints_shown),
        "seconds": judgement.seconds,
        "scheme": judgement.scheme,
        "at": row.at,
    }


def decision_record(row: DecisionRow, stale: bool, scheme: Scheme, people: People) -> Record:
    """Return the settled answer on a claim."""
    return {
        "by": people.called(row.by),
        "labels": labels_record(scheme, row.answer),
        "spans": spans_record(row.answer),
        "speaker": row.speaker,
        "kind": row.kind,
        "reason": people.in_text(row.reason),
        "note": people.in_text(row.answer.note),
        "stale": stale,
        "contested": row.contested,
        "at": row.at,
    }


def final_record(
    scheme: Scheme,
    judgements: Sequence[Judgement],
    decision: Judgement | None = None,
    stale: bool = False,
) -> Record:
    """Return what the answers amount to, axis by axis."""
    record = {}
    for axis in scheme.axes:
        labels, basis = final(scheme, axis, judgements, decision, stale)
        record[axis.id] = {"value": _value(axis.many, labels), "basis": basis}
    return record


def labels_record(scheme: Scheme, judgement: Judgement) -> Record:
    """Return the labels of an answer, with a key for every axis of the project's scheme."""
    return {axis.id: _value(axis.many, judgement.labels.get(axis.id, ())) for axis in scheme.axes}


def spans_record(judgement: Judgement) -> Record:
    """Return label → the words that carry it."""
    spans: dict[str, list[list[int]]] = {}
    for label, span in sorted(judgement.spans):
        spans.setdefault(label, []).append(list(span))
    return spans


def _value(many: bool, labels: Sequence[str]) -> list[str] | str | None:
    return sorted(labels) if many else next(iter(labels), None)


def _words(text: str, spans: Iterable[Span]) -> str:
    return " ".join(text[start:end] for start, end in spans)


def _tagging(article: Article, tagging: Tagging, current: bool) -> Record:
    row = tagging_to_row(tagging)
    record = to_record(row.id, article.text, tagging)
    del record["text"]
    return {**record, "tagger": tagging.tagger, "current": current}
