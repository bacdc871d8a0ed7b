"""The records of a dataset as plain JSON data, each made from the program's own nouns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any

from annotator.datasets.attributed import Attributed, decided
from annotator.datasets.choice import FINAL, Choice
from annotator.datasets.final import Final, carrying, final, resting_on
from annotator.datasets.people import NAMING_KINDS, People
from annotator.display import safe_json
from annotator.model import Article, Evidence, Judgement, Span, Tagging
from annotator.scheme import Axis, Scheme
from annotator.store import DecisionRow, EventRow, JudgementRow
from annotator.store.codec import tagging_to_row
from annotator.store.work import WORK
from annotator.tagging.records import to_record

Record = dict[str, Any]


def article_record(article: Article, taggings: Sequence[Tagging], choice: Choice) -> Record:
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
        "split": choice.split(article.id),
        "text": article.text if choice.text else None,
        "taggings": sorted(records, key=lambda record: str(record["id"])),
    }


def event_line(event: EventRow, people: People) -> str:
    """Return an event of the log as a line of JSON.

    Under pseudonyms it is without the device and what would name people. Its id is that of the
    event as it was, with the real name.
    """
    naming = people.hidden and event.kind in NAMING_KINDS and event.target != WORK
    device = None if people.hidden else event.device
    target = None if naming else event.target
    # The body is JSON already; reading it and writing it again would take most of the time.
    body = "{}" if naming else people.in_body(event.kind, event.body)
    return safe_json(
        f'{{"id": {_json(event.id)}, "seq": {event.seq},'
        f' "actor": {_json(people.called(event.actor))}, "device": {_json(device)},'
        f' "prev": {_json(event.prev)}, "at": {_json(event.at)}, "kind": {_json(event.kind)},'
        f' "target": {_json(target)}, "body": {body}}}'
    )


def _json(text: str | None) -> str:
    return "null" if text is None else encode_basestring(text)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the wanted people said of a claim."""

    rows: Sequence[JudgementRow]
    decision: DecisionRow | None
    stale: bool
    """Whether the decision was made from other judgements than the current ones."""


def words(text: str, spans: Iterable[Span]) -> str:
    """Return the words of a text that spans mark, one after the other."""
    return " ".join([text[start:end] for start, end in spans])


class Recorder:
    """Makes the records of claims: with the labels, names and words that were chosen."""

    def __init__(self, whole: Scheme, chosen: Scheme, people: People, choice: Choice) -> None:
        """Take the project's scheme, by which answers are finished, and the chosen part of it."""
        self.whole = whole
        self.people = people
        self.choice = choice
        ids = {axis.id for axis in chosen.axes}
        self._axes = tuple(axis for axis in whole.axes if axis.id in ids)
        self._kinds = tuple((axis.id, axis.many) for axis in self._axes)

    def about(self, article: Article, language: str) -> Record:
        """Return what all claims of an article have in common."""
        return {
            "article_id": article.id,
            "title": article.about.title,
            "outlet": article.about.outlet,
            "language": language,
            "split": self.choice.split(article.id),
        }

    def claim(self, article: Article, about: Record, told: Attributed, answers: Answers) -> Record:
        """Return a claim with what people said of it and what that amounts to."""
        told = decided(told, answers.decision, answers.stale)
        rows = () if self.choice.who == FINAL else answers.rows
        judgements = [self._judgement(row) for row in rows]
        return {
            **self._known(article, about, told),
            "attribution": self._attribution(article, told),
            "judgements": sorted(judgements, key=lambda one: str(one["reviewer"])),
            "decision": self._decision(answers),
            **self._final(answers),
        }

    def _known(self, article: Article, about: Record, told: Attributed) -> Record:
        """Return what is known of a claim before anybody judged it."""
        claim = told.claim
        return {
            "claim_id": claim.id,
            **about,
            "start": claim.start,
            "end": claim.end,
            "text": self._quoted(article.text, [(claim.start, claim.end)]),
            "segment_kind": told.tagging.segments[claim.segment].kind,
            "voice": claim.voice,
            "walk": claim.walk,
            "superseded": told.superseded,
        }

    def _attribution(self, article: Article, told: Attributed) -> Record | None:
        """Return who is said to have said a claim, None in the narrator's voice."""
        found = told.attribution
        if found is None:
            return None
        return {
            "id": found.id(article.id),
            "kind": found.kind,
            "cue": self._quoted(article.text, found.cue),
            "source": self._quoted(article.text, found.source),
            "spans": {"content": found.content, "cue": found.cue, "source": found.source},
            "speaker": found.speaker,
            "speaker_type": found.speaker_type,
            "via": found.via,
            "basis": told.basis,
        }

    def _quoted(self, text: str, spans: Iterable[Span]) -> str | None:
        """Return words of an article, or as many of them as may be quoted."""
        found = words(text, spans)
        if self.choice.text:
            return found
        return " ".join(found.split()[: self.choice.quoted]) or None

    def _judgement(self, row: JudgementRow) -> Record:
        """Return one person's answer on a claim."""
        judgement, said = row.judgement, self.people.in_text
        return {
            "reviewer": self.people.called(row.reviewer),
            "labels": self._labels(judgement),
            "spans": self._spans(judgement) if judgement.spans else {},
            "unsure": judgement.unsure,
            "framer": judgement.framer and said(judgement.framer),
            "target": judgement.target and said(judgement.target),
            "note": judgement.note and said(judgement.note),
            "evidence": self._evidence(judgement.evidence) if judgement.evidence else [],
            "hints_shown": list(judgement.hints_shown),
            "seconds": judgement.seconds,
            "scheme": judgement.scheme,
            "at": row.at,
        }

    def _decision(self, answers: Answers) -> Record | None:
        """Return the settled answer on a claim."""
        row = answers.decision
        if row is None:
            return None
        return {
            "by": self.people.called(row.by),
            "labels": self._labels(row.answer),
            "spans": self._spans(row.answer),
            "framer": self.people.in_text(row.answer.framer),
            "target": self.people.in_text(row.answer.target),
            "evidence": self._evidence(row.answer.evidence),
            "speaker": row.speaker,
            "kind": row.kind,
            "reason": self.people.in_text(row.reason),
            "note": self.people.in_text(row.answer.note),
            "stale": answers.stale,
            "contested": row.contested,
            "at": row.at,
        }

    def final_labels(self, answers: Answers) -> frozenset[str]:
        """Return all labels that the answers amount to, chosen or not."""
        axes = self.whole.axes
        return frozenset(label for axis in axes for label in self._amount(axis, answers).labels)

    def _amount(self, axis: Axis, answers: Answers) -> Final:
        judgements = [row.judgement for row in answers.rows]
        decision = answers.decision.answer if answers.decision else None
        return final(self.whole, axis, judgements, decision, answers.stale)

    def _final(self, answers: Answers) -> Record:
        """Return what the answers amount to, axis by axis, with the words and evidence for it."""
        judgements = [row.judgement for row in answers.rows]
        settled = [answers.decision.answer] if answers.decision else []
        marked = [one for one in judgements if one.spans]
        pointing = [one for one in settled + judgements if one.evidence]
        values: Record = {}
        spans: Record = {}
        evidence: set[Evidence] = set()
        for axis in self._axes:
            found = self._amount(axis, answers)
            labels = self._kept(found.labels)
            left_out = bool(found.labels) and not (labels or axis.many)
            basis = "none" if left_out else found.basis
            values[axis.id] = {"value": _value(axis.many, labels), "basis": basis}
            resting = settled if found.basis == "decided" else marked
            for label in labels if resting else ():
                if carried := carrying(label, resting):
                    spans[label] = [list(span) for span in carried]
            if pointing:
                evidence |= resting_on(axis, labels, pointing)
        in_order = sorted(evidence, key=lambda one: (one.kind, one.value, one.as_of or ""))
        return {
            "final": values,
            "final_spans": spans,
            "final_evidence": self._evidence(in_order),
        }

    def _labels(self, judgement: Judgement) -> Record:
        """Return the labels of an answer, with a key for every axis that was chosen."""
        row: Record = {}
        for name, many in self._kinds:
            labels = judgement.labels.get(name)
            row[name] = _value(many, self._kept(labels)) if labels else [] if many else None
        return row

    def _spans(self, judgement: Judgement) -> Record:
        """Return label → the words that carry it."""
        found: dict[str, list[list[int]]] = {}
        for label, span in sorted(judgement.spans):
            if self._kept((label,)):
                found.setdefault(label, []).append(list(span))
        return found

    def _kept(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        wanted = self.choice.labels
        return labels if wanted is None else tuple(one for one in labels if one in wanted)

    def _evidence(self, evidence: Iterable[Evidence]) -> list[Record]:
        return [
            {"kind": one.kind, "value": self.people.in_text(one.value), "as_of": one.as_of}
            for one in evidence
        ]


def _value(many: bool, labels: Sequence[str]) -> list[str] | str | None:
    if many:
        return sorted(labels) if labels else []
    return labels[0] if labels else None


def _tagging(article: Article, tagging: Tagging, current: bool) -> Record:
    row = tagging_to_row(tagging)
    record = to_record(row.id, article.text, tagging)
    del record["text"]
    return {**record, "tagger": tagging.tagger, "current": current}
