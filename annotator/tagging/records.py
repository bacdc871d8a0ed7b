"""The pre-tag record: an article and its tagging as plain JSON data, and back."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

from annotator.errors import AnnotatorError
from annotator.model import (
    ATTRIBUTION_KINDS,
    SEGMENT_KINDS,
    SPEAKER_TYPES,
    VOICES,
    About,
    Article,
    Attribution,
    Claim,
    Segment,
    Span,
    Tagging,
    claim_id,
)

from .graphemes import interior

T = TypeVar("T", bound=str)
RECORD_TAGGER = "record"
"""The tagger of a tagging read from a record, which does not name the one that wrote it."""
FIELDS: dict[str, tuple[type, ...]] = {
    "id": (str,),
    "language": (str,),
    "model": (str, type(None)),
    "text": (str,),
    "segments": (list,),
    "attributions": (list,),
    "claims": (list,),
}
SEGMENT_FIELDS: dict[str, tuple[type, ...]] = {"start": (int,), "end": (int,), "kind": (str,)}
ATTRIBUTION_FIELDS: dict[str, tuple[type, ...]] = {
    "id": (str,),
    "content": (list,),
    "cue": (list,),
    "source": (list,),
    "speaker": (str, type(None)),
    "speaker_type": (str, type(None)),
    "via": (str, type(None)),
    "kind": (str,),
    "rule": (str,),
}
CLAIM_FIELDS: dict[str, tuple[type, ...]] = {
    "id": (str,),
    "start": (int,),
    "end": (int,),
    "segment": (int,),
    "voice": (str,),
    "attributions": (list,),
    "walk": (bool,),
}


def to_record(name: str | None, text: str, tagging: Tagging) -> dict[str, Any]:
    """Return the record of an article; `name` is the id it came with, None for its hash."""
    return {
        "id": tagging.article_id if name is None else name,
        "language": tagging.language,
        "model": tagging.model,
        "text": text,
        "segments": [{"start": s.start, "end": s.end, "kind": s.kind} for s in tagging.segments],
        "attributions": [_from_attribution(a, tagging.article_id) for a in tagging.attributions],
        "claims": [_from_claim(claim) for claim in tagging.claims],
    }


def from_record(data: object) -> tuple[Article, Tagging]:
    """Return the article and tagging of a record.

    Raises AnnotatorError, naming the record and the place, where a field is missing, unknown or
    of the wrong kind, an offset is outside the text or inside a grapheme cluster, segments
    overlap or leave text out, or an id is not that of its content.
    """
    where = "record"
    if isinstance(data, Mapping) and isinstance(data.get("id"), str):
        where = f"record {data['id']!r}"
    return _Reader(_fields(data, FIELDS, where), where).read()


def _from_attribution(attribution: Attribution, article_id: str) -> dict[str, Any]:
    return {
        "id": attribution.id(article_id),
        "content": [list(span) for span in attribution.content],
        "cue": [list(span) for span in attribution.cue],
        "source": [list(span) for span in attribution.source],
        "speaker": attribution.speaker,
        "speaker_type": attribution.speaker_type,
        "via": attribution.via,
        "kind": attribution.kind,
        "rule": attribution.rule,
    }


def _from_claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "start": claim.start,
        "end": claim.end,
        "segment": claim.segment,
        "voice": claim.voice,
        "attributions": list(claim.attributions),
        "walk": claim.walk,
    }


def _fields(data: object, fields: Mapping[str, tuple[type, ...]], where: str) -> dict[str, Any]:
    """Return an object with exactly these fields of these types, else raise AnnotatorError."""
    if not isinstance(data, dict):
        raise AnnotatorError(f"{where}: not an object")
    for name in fields:
        if name not in data:
            raise AnnotatorError(f"{where}: {name!r} is missing")
    for name, value in data.items():
        if name not in fields:
            raise AnnotatorError(f"{where}: unknown field {name!r}")
        # JSON's true is an int to Python, but no offset.
        if type(value) not in fields[name]:
            kinds = " or ".join("null" if k is type(None) else k.__name__ for k in fields[name])
            raise AnnotatorError(f"{where}: {name!r} is not {kinds}")
    return data


class _Reader:
    """Reads the parts of one record whose outer fields are sound."""

    def __init__(self, data: dict[str, Any], where: str) -> None:
        self.data = data
        self.where = where
        self.text: str = data["text"]
        try:
            self.article_id = Article(self.text).id
        except UnicodeEncodeError:
            raise AnnotatorError(f"{where}: 'text' is not valid Unicode") from None
        self.inside: AbstractSet[int] = interior(self.text)

    def read(self) -> tuple[Article, Tagging]:
        """Return the article and its tagging, the parts in the order they depend on each other."""
        segments = self._segments()
        attributions = self._attributions()
        claims = self._claims(segments, attributions)
        language = self.data["language"]
        name = None if self.data["id"] == self.article_id else self.data["id"]
        return Article(self.text, About(language=language), name), Tagging(
            article_id=self.article_id,
            language=language,
            model=self.data["model"],
            tagger=RECORD_TAGGER,
            segments=segments,
            attributions=attributions,
            claims=claims,
        )

    def _segments(self) -> tuple[Segment, ...]:
        found: list[Segment] = []
        covered = 0
        for number, data in enumerate(self.data["segments"]):
            where = f"{self.where}, segment {number}"
            one = _fields(data, SEGMENT_FIELDS, where)
            start, end = self._span([one["start"], one["end"]], where)
            self._check_left_out(covered, start, where)
            found.append(Segment(start, end, _choice(one["kind"], SEGMENT_KINDS, where)))
            covered = end
        self._check_left_out(covered, len(self.text), f"{self.where}, after the last segment")
        return tuple(found)

    def _check_left_out(self, covered: int, start: int, where: str) -> None:
        if start < covered:
            raise AnnotatorError(f"{where}: overlaps the segment before it")
        if self.text[covered:start].strip():
            raise AnnotatorError(f"{where}: no segment covers the text from {covered} to {start}")

    def _attributions(self) -> tuple[Attribution, ...]:
        return tuple(
            self._attribution(data, f"{self.where}, attribution {number}")
            for number, data in enumerate(self.data["attributions"])
        )

    def _attribution(self, data: object, where: str) -> Attribution:
        one = _fields(data, ATTRIBUTION_FIELDS, where)
        kind = one["speaker_type"]
        attribution = Attribution(
            content=self._spans(one["content"], f"{where}, content"),
            cue=self._spans(one["cue"], f"{where}, cue"),
            source=self._spans(one["source"], f"{where}, source"),
            kind=_choice(one["kind"], ATTRIBUTION_KINDS, where),
            speaker=one["speaker"],
            speaker_type=None if kind is None else _choice(kind, SPEAKER_TYPES, where),
            via=one["via"],
            rule=one["rule"],
        )
        if not attribution.content:
            raise AnnotatorError(f"{where}: 'content' is empty")
        if one["id"] != attribution.id(self.article_id):
            raise AnnotatorError(f"{where}: 'id' is not that of its spans and kind in this text")
        return attribution

    def _claims(
        self, segments: tuple[Segment, ...], attributions: tuple[Attribution, ...]
    ) -> tuple[Claim, ...]:
        return tuple(
            self._claim(data, segments, len(attributions), f"{self.where}, claim {number}")
            for number, data in enumerate(self.data["claims"])
        )

    def _claim(
        self, data: object, segments: tuple[Segment, ...], attributions: int, where: str
    ) -> Claim:
        one = _fields(data, CLAIM_FIELDS, where)
        start, end = self._span([one["start"], one["end"]], where)
        if not 0 <= one["segment"] < len(segments):
            raise AnnotatorError(f"{where}: there is no segment {one['segment']}")
        segment = segments[one["segment"]]
        if not segment.start <= start < end <= segment.end:
            raise AnnotatorError(f"{where}: not within its segment")
        for index in one["attributions"]:
            if type(index) is not int or not 0 <= index < attributions:
                raise AnnotatorError(f"{where}: there is no attribution {index!r}")
        if one["id"] != claim_id(self.article_id, start, end, bool(one["attributions"])):
            raise AnnotatorError(f"{where}: 'id' is not that of its offsets in this text")
        return Claim(
            one["id"],
            start,
            end,
            one["segment"],
            _choice(one["voice"], VOICES, where),
            tuple(one["attributions"]),
            one["walk"],
        )

    def _spans(self, data: list[Any], where: str) -> tuple[Span, ...]:
        return tuple(self._span(span, where) for span in data)

    def _span(self, data: Any, where: str) -> Span:
        if not (isinstance(data, list) and len(data) == 2 and all(type(n) is int for n in data)):
            raise AnnotatorError(f"{where}: {data!r} is not a pair of offsets")
        start, end = data
        if not 0 <= start < end <= len(self.text):
            raise AnnotatorError(f"{where}: {data} is not within the text")
        if start in self.inside or end in self.inside:
            raise AnnotatorError(f"{where}: {data} cuts a character that several code points form")
        return start, end


def _choice(value: str, choices: tuple[T, ...], where: str) -> T:
    for choice in choices:
        if choice == value:
            return choice
    raise AnnotatorError(f"{where}: {value!r} is not one of {', '.join(choices)}")
