"""The rules of correcting tags: pure functions from what a reviewer sees and wants to a correction.

Each returns the whole correction for its target, made of the reviewer's earlier one and the new
change, or None where nothing would change. JudgementError says in one line what is not allowed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from annotator.errors import JudgementError
from annotator.model import (
    ATTRIBUTION_KINDS,
    SPEAKER_TYPES,
    Attribution,
    AttributionKind,
    Claim,
    Event,
    Segment,
    Span,
    SpeakerType,
    Tagging,
    digest,
    merge_spans,
)
from annotator.tagging.graphemes import Interior
from annotator.tagging.lookup import Lookup
from annotator.tagging.overlay import (
    Corrected,
    Correction,
    CutCorrection,
    TagCorrection,
    cut_id,
    gap_at,
)

MARKS = frozenset('«»‹›“”„"')
Role = Literal["content", "cue", "source"]
ROLES: tuple[Role, ...] = get_args(Role)
MOST_NAME = 200


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who is known to speak in an article."""

    name: str
    type: SpeakerType | None
    """As most of the attributions to them have it."""


@dataclass(frozen=True, slots=True)
class Superseded:
    """A judged claim that a tagging does not have, with where it was."""

    claim: Claim
    """As it was; its indices are those of another tagging."""
    successors: tuple[Claim, ...]
    """The claims of the walk that share words with it now, in the order of the walk."""


# --- attributions -------------------------------------------------------------------------------


def with_speaker(
    view: Corrected, attribution: Attribution, name: str | None, speaker_type: SpeakerType | None
) -> TagCorrection | None:
    """Return the correction by which somebody else speaks; None stands for nobody known."""
    speaker = _name(name)
    return _changed(view, attribution, speaker=speaker, speaker_type=_type(speaker_type))


def with_kind(
    view: Corrected, attribution: Attribution, kind: AttributionKind
) -> TagCorrection | None:
    """Return the correction by which the words are reported in another way."""
    return _changed(view, attribution, kind=_kind(kind))


def with_spans(
    text: str, view: Corrected, attribution: Attribution, role: Role, spans: Iterable[Span]
) -> TagCorrection | None:
    """Return the correction by which content, cue or source are other words."""
    if role not in ROLES:
        raise JudgementError(f"{role!r} is not one of {', '.join(ROLES)}")
    return _changed(view, attribution, **{role: _spans(text, role, spans)})


def without(view: Corrected, attribution: Attribution) -> TagCorrection:
    """Return the correction by which nobody is said to have said these words."""
    target, was = _base(view, attribution)
    return TagCorrection(target, was, None)


def added(text: str, view: Corrected, wanted: Attribution) -> TagCorrection:
    """Return the correction by which an attribution that was missed is there."""
    new = replace(
        wanted,
        content=_spans(text, "content", wanted.content),
        cue=_spans(text, "cue", wanted.cue),
        source=_spans(text, "source", wanted.source),
        kind=_kind(wanted.kind),
        speaker=_name(wanted.speaker),
        speaker_type=_type(wanted.speaker_type),
        via=_name(wanted.via),
        rule="",
    )
    article = view.tagging.article_id
    _refuse_twin(view, new)
    target = new.id(article)
    earlier = view.correction(target)
    # An id that is taken stands for an attribution that was changed into another one since.
    while earlier is not None and earlier.now is not None:
        target = digest(target)
        earlier = view.correction(target)
    return TagCorrection(target, _machines(view, target), new)


def kind_of(text: str, spans: Iterable[Span]) -> AttributionKind:
    """Return how words are reported, by the quotation marks at their ends or within."""
    given = merge_spans(spans)
    start, end = given[0][0], given[-1][1]
    words = text[start:end].strip()
    before, after = text[max(0, start - 2) : start].strip(), text[end : end + 2].strip()
    if {words[0], words[-1]} <= MARKS or ({before[-1:], after[:1]} <= MARKS and before and after):
        return "direct"
    return "indirect" if MARKS.isdisjoint(words) else "mixed"


def dropped(view: Corrected, target: str) -> Correction | None:
    """Return the correction that takes the reviewer's correction with a target back."""
    known = view.correction(target)
    if isinstance(known, TagCorrection):
        return replace(known, now=known.was)
    return known and replace(known, now=known.was)


def _changed(view: Corrected, attribution: Attribution, **changes: Any) -> TagCorrection | None:
    target, was = _base(view, attribution)
    now = replace(attribution, rule="", **changes)
    if now == replace(attribution, rule=""):
        return None
    if now.id(view.tagging.article_id) != attribution.id(view.tagging.article_id):
        _refuse_twin(view, now)
    return TagCorrection(target, was, now)


def _base(view: Corrected, attribution: Attribution) -> tuple[str, Attribution | None]:
    """Return the target of corrections of an attribution, and what the machine has there."""
    try:
        target = view.target(attribution)
    except KeyError:
        raise JudgementError("this attribution is no longer there") from None
    return target, _machines(view, target)


def _machines(view: Corrected, target: str) -> Attribution | None:
    """Return what the machine has under a target now, whatever it had when it was corrected."""
    known = view.lookup or Lookup(view.machine)
    for index in known.by_id.get(target, ()):
        return replace(view.machine.attributions[index], rule="")
    return None


def _refuse_twin(view: Corrected, attribution: Attribution) -> None:
    wanted = (attribution.kind, attribution.content, attribution.cue, attribution.source)
    for one in view.tagging.attributions:
        if (one.kind, one.content, one.cue, one.source) == wanted:
            raise JudgementError("there is such an attribution already")


def _name(name: str | None) -> str | None:
    if name is None:
        return None
    words = " ".join(name.split())
    if not words:
        raise JudgementError("the name of the speaker is empty")
    if len(words) > MOST_NAME:
        raise JudgementError(f"a name longer than {MOST_NAME} characters")
    return words


def _type(speaker_type: SpeakerType | None) -> SpeakerType | None:
    if speaker_type is not None and speaker_type not in SPEAKER_TYPES:
        raise JudgementError(f"{speaker_type!r} is not one of {', '.join(SPEAKER_TYPES)}")
    return speaker_type


def _kind(kind: AttributionKind) -> AttributionKind:
    if kind not in ATTRIBUTION_KINDS:
        raise JudgementError(f"{kind!r} is not one of {', '.join(ATTRIBUTION_KINDS)}")
    return kind


def _spans(text: str, role: Role, spans: Iterable[Span]) -> tuple[Span, ...]:
    given = list(spans)
    if not given and role == "content":
        raise JudgementError("no words are selected")
    inside = Interior(text)
    for start, end in given:
        if not 0 <= start < end <= len(text):
            raise JudgementError(f"{start}-{end} is no stretch of the text")
        if start in inside or end in inside:
            raise JudgementError(f"{start}-{end} cuts a character in two")
        if not text[start:end].strip():
            raise JudgementError(f"{start}-{end} holds no words")
    return merge_spans(given)


# --- segments -----------------------------------------------------------------------------------


def split(text: str, view: Corrected, at: int) -> CutCorrection:
    """Return the correction by which a segment ends before an offset and another one starts."""
    for segment in view.tagging.segments:
        if segment.start <= at < segment.end:
            gap = gap_at(text, segment, at)
            if gap is not None:
                return _cut(view, gap[1], True)
    raise JudgementError("nothing can be split here")


def join(view: Corrected, first: Segment) -> CutCorrection:
    """Return the correction by which a segment and the one after it are one."""
    segments = view.tagging.segments
    if first not in segments:
        raise JudgementError("this segment is no longer there")
    following = segments[segments.index(first) + 1 :][:1]
    if not following:
        raise JudgementError("nothing follows that could be joined")
    if following[0].kind != first.kind:
        raise JudgementError(f"a {first.kind} and a {following[0].kind} cannot be joined")
    return _cut(view, following[0].start, False)


def _cut(view: Corrected, at: int, now: bool) -> CutCorrection:
    was = any(segment.start == at for segment in view.machine.segments)
    return CutCorrection(cut_id(view.machine.article_id, at), at, was, now)


# --- what follows from corrections --------------------------------------------------------------


def speakers(tagging: Tagging) -> list[Speaker]:
    """Return those who speak, or relay, in an article: the most frequent first, then in order."""
    said = Counter(one.speaker for one in tagging.attributions if one.speaker)
    said.update(one.via for one in tagging.attributions if one.via)
    types = Counter(
        (one.speaker, one.speaker_type)
        for one in tagging.attributions
        if one.speaker and one.speaker_type
    )
    typed: dict[str | None, SpeakerType] = {}
    for (name, speaker_type), _ in types.most_common():
        typed.setdefault(name, speaker_type)
    return [Speaker(name, typed.get(name)) for name, _ in said.most_common() if name]


def superseded_by(tagging: Tagging, judged: Iterable[Claim]) -> list[Superseded]:
    """Return those of some judged claims that a tagging does not have, in the order of the text."""
    listed = {claim.id for claim in tagging.claims}
    gone = [claim for claim in judged if claim.id not in listed]
    lookup = Lookup(tagging)
    return [
        Superseded(old, tuple(_sharing(lookup, old)))
        for old in sorted(gone, key=lambda one: (one.start, one.end, one.id))
    ]


def _sharing(lookup: Lookup, old: Claim) -> Iterator[Claim]:
    """Yield the claims of the walk that share words with another one."""
    for index in sorted(lookup.segments_at([(old.start, old.end)])):
        for one in lookup.claims[index]:
            if one.walk and one.start < old.end and old.start < one.end:
                yield one


def uncontradicted(by_reviewer: Mapping[str, Collection[Correction]]) -> list[Correction]:
    """Return the corrections of which all who made one of the same target say the same.

    Their order is that of their targets, the same wherever they are read.
    """
    said: dict[str, list[Correction]] = {}
    for corrections in by_reviewer.values():
        for one in corrections:
            said.setdefault(one.target, []).append(one)
    return [
        some[0] for _, some in sorted(said.items()) if all(one.now == some[0].now for one in some)
    ]


def place(event: Event) -> tuple[str, int | None] | None:
    """Return the article and the offset that a `correct` event is about; None for other events.

    The offset is None where what was added is dropped.
    """
    body = json.loads(event.body)
    if event.kind != "correct" or "article" not in body:
        return None
    tag = body.get("was") if body.get("now") is None else body["now"]
    if isinstance(tag, dict):
        return body["article"], min(start for start, _ in tag["content"])
    return body["article"], body.get("at")
