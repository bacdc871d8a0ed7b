"""The nouns of the program as frozen dataclasses, with their identities.

Offsets are Python ``str`` offsets (Unicode code points), end-exclusive, into an article's exact
text. Every id is the first 32 hex digits of a SHA-256 (see `digest`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from json.encoder import encode_basestring
from typing import Literal, get_args

Span = tuple[int, int]
SegmentKind = Literal["headline", "sentence", "post", "byline", "other"]
AttributionKind = Literal["direct", "indirect", "mixed"]
WorkOrder = Literal["corpus", "oldest", "newest", "shuffled"]
SpeakerType = Literal["person", "organisation", "anonymous", "document", "outlet", "account"]
Voice = Literal["narrator", "direct", "indirect", "mixed", "post"]
EventKind = Literal[
    "judge", "undo", "correct", "decide", "skip", "flag", "send_back",
    "assign", "scheme", "meta", "retag", "person",
]  # fmt: skip
EvidenceKind = Literal["url", "claim", "text"]

SEGMENT_KINDS: tuple[SegmentKind, ...] = get_args(SegmentKind)
ATTRIBUTION_KINDS: tuple[AttributionKind, ...] = get_args(AttributionKind)
SPEAKER_TYPES: tuple[SpeakerType, ...] = get_args(SpeakerType)
VOICES: tuple[Voice, ...] = get_args(Voice)
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
EVIDENCE_KINDS: tuple[EvidenceKind, ...] = get_args(EvidenceKind)


# Made once: what `json.dumps` makes anew for every call costs as much as a small value itself.
_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def canonical_json(value: object) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, not escaped, no NaN.

    Raises ValueError or TypeError where the value is not plain JSON data.
    """
    return _CANONICAL.encode(value)


def digest(text: str) -> str:
    """Return the first 32 hex digits of the SHA-256 of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Working:
    """Under which conditions somebody judges; the defaults are what everybody starts with."""

    order: WorkOrder = "corpus"
    """In which order the articles come: as they were added, by date, or shuffled by one's name."""
    hide_outlet: bool = False
    """Whether outlet and author are neither shown nor found."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known about an article; colleagues may know different things of the same text."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    """A language code given with the text ("fr"); None where it is to be detected."""


@dataclass(frozen=True, slots=True)
class Article:
    """One text as it came in, never changed."""

    text: str
    about: About = About()
    name: str | None = None
    """Where it came from, for messages ("news.csv, row 3"); no part of its identity."""
    key: str | None = None
    """The id its file gave it, passed through as a name; no part of its identity."""

    @property
    def id(self) -> str:
        """The article's identity: the digest of its exact text."""
        return digest(self.text)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an article; segments cover its non-space text without gaps, in order."""

    start: int
    end: int
    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content that somebody is said to have said, with its cue, source and resolved speaker."""

    content: tuple[Span, ...]
    kind: AttributionKind
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    speaker: str | None = None
    speaker_type: SpeakerType | None = None
    via: str | None = None
    rule: str = ""
    """The rule that found it, in words a reviewer understands."""

    def id(self, article_id: str) -> str:
        """The identity of this attribution within an article: content, cue, source and kind."""
        return digest(canonical_json([article_id, self.content, self.cue, self.source, self.kind]))


@dataclass(frozen=True, slots=True)
class Claim:
    """What a reviewer judges: a stretch of one segment in one voice."""

    id: str
    start: int
    end: int
    segment: int
    """Index into the tagging's segments."""
    voice: Voice
    attributions: tuple[int, ...] = ()
    """Indices into the tagging's attributions, the innermost first; empty for the narrator's."""
    walk: bool = True


def claim_id(article_id: str, start: int, end: int, attributed: bool) -> str:
    """Return a claim's id, the same in every colleague's file and under every tagger."""
    side = "attributed" if attributed else "narrator"
    # The canonical JSON of these, spelt out because it is made for every claim that is read.
    return digest(f'["{article_id}",{start},{end},"{side}"]')


@dataclass(frozen=True, slots=True)
class Tagging:
    """One run of the pre-tagger over one article."""

    article_id: str
    language: str
    model: str | None
    """Name and version of the spaCy model ("fr_core_news_md 3.8.0"); None where none was used."""
    tagger: str
    """Version of the pre-tagger that made it."""
    segments: tuple[Segment, ...]
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A pointer that a verdict rests on."""

    kind: EvidenceKind
    value: str
    as_of: str | None = None
    """The ISO date at which it was seen to hold."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One reviewer's whole answer on one claim."""

    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Axis id → the labels chosen on it; an axis without an answer is left out."""
    spans: tuple[tuple[str, Span], ...] = ()
    """(label, span) pairs, sorted: the words that carry a rhetoric label."""
    unsure: bool = False
    framer: str | None = None
    """Whose framing it is, where the reviewer changed what the voice implies."""
    target: str | None = None
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()
    hints_shown: tuple[str, ...] = ()
    seconds: int = 0
    """Active whole seconds spent on it, idle time excluded."""
    scheme: str = ""
    """Version of the scheme it was made under."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the append-only log of what people do."""

    seq: int
    """Lamport counter."""
    actor: str
    device: str
    prev: str | None
    """Id of this actor's previous event on this device."""
    at: str
    """UTC time, milliseconds, ending in Z."""
    kind: EventKind
    target: str
    body: str
    """Canonical JSON object."""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        chain = (self.seq, self.actor, self.device, self.prev)
        act = (self.at, self.kind, self.target, self.body)
        object.__setattr__(self, "id", event_id(*chain, *act))


def event_id(seq: int, *columns: str | None) -> str:
    """Return an event's id: the digest of its columns in their order as a canonical JSON array."""
    # Spelt out because it is made for every event that is read or verified.
    texts = ["null" if one is None else encode_basestring(one) for one in columns]
    return digest(f"[{seq},{','.join(texts)}]")


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans sorted, with those that touch or overlap joined."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
