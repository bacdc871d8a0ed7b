"""A tagging with a reviewer's corrections on top; the machine's own tagging stays as it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from annotator.model import Attribution, Claim, Segment, Span, Tagging, canonical_json, digest

from .claims import claims, words_outside

CORRECTED = "corrected by hand"
ADDED = "added by hand"


@dataclass(frozen=True, slots=True)
class TagCorrection:
    """What a reviewer says an attribution is; it says nothing where `now` equals `was`.

    The rules of `was` and `now` are empty: they are no part of a correction.
    """

    target: str
    """Id of the machine's attribution; of an added one, the id it had when it was added."""
    was: Attribution | None
    """What the machine has; None for an added one."""
    now: Attribution | None
    """None for a removed one."""


@dataclass(frozen=True, slots=True)
class CutCorrection:
    """Whether a reviewer says that a segment starts at a place; nothing where `now` is `was`.

    So a split and a join are each about one place in the text, and independent of all others.
    """

    target: str
    """As `cut_id` gives it."""
    at: int
    """Offset of the first character after the place."""
    was: bool
    """Whether a segment of the machine's starts there."""
    now: bool


Correction = TagCorrection | CutCorrection


@dataclass(frozen=True, slots=True)
class Corrected:
    """A tagging as one reviewer sees it."""

    machine: Tagging
    """The tagging below the corrections."""
    tagging: Tagging
    """The tagging with the corrections on top; the machine's itself where nothing changes."""
    corrections: tuple[Correction, ...] = ()
    """All that were given, at most one for each target."""
    without_base: tuple[Correction, ...] = ()
    """Those of them that are about something the machine's tagging does not have."""
    targets: Mapping[int, str] = field(default_factory=dict)
    """Index of an attribution that a correction made → the target of that correction."""

    def target(self, attribution: Attribution) -> str:
        """Return what corrections of an attribution are addressed to; KeyError if none such."""
        try:
            index = self.tagging.attributions.index(attribution)
        except ValueError:
            raise KeyError(attribution) from None
        return self.targets.get(index) or attribution.id(self.tagging.article_id)

    def correction(self, target: str) -> Correction | None:
        """Return the correction with a target, or None."""
        return next((one for one in self.corrections if one.target == target), None)


def cut_id(article_id: str, at: int) -> str:
    """Return what corrections of the place before an offset are addressed to."""
    return digest(canonical_json([article_id, at, "cut"]))


def corrected(text: str, tagging: Tagging, corrections: Iterable[Correction]) -> Corrected:
    """Return a tagging with corrections on top, given in the order of the log.

    Of several with the same target the last counts. A correction of what the tagging does not
    have changes nothing. Claims are made again only in the segments that corrections touch.
    """
    last: dict[str, Correction] = {}
    for one in corrections:
        last.pop(one.target, None)
        last[one.target] = one
    tags = [one for one in last.values() if isinstance(one, TagCorrection)]
    cuts = [one for one in last.values() if isinstance(one, CutCorrection)]
    segments, cuts_left = _segments(text, tagging.segments, cuts)
    slots, tags_left = _slots(tagging, tags)
    left = {one.target for one in cuts_left} | {one.target for one in tags_left}
    made = [slot for slot in slots if slot.attribution is not None]
    shown = tagging
    if segments != tagging.segments or any(slot.is_new for slot in slots):
        shown = _retagged(text, tagging, segments, slots)
    return Corrected(
        tagging,
        shown,
        tuple(last.values()),
        tuple(one for one in last.values() if one.target in left),
        {index: slot.target for index, slot in enumerate(made) if slot.target is not None},
    )


# --- segments -----------------------------------------------------------------------------------


def _segments(
    text: str, segments: tuple[Segment, ...], cuts: Sequence[CutCorrection]
) -> tuple[tuple[Segment, ...], list[CutCorrection]]:
    """Return the segments split and joined, and the corrections that could not be followed."""
    left: list[CutCorrection] = []
    splits: dict[int, list[Span]] = {}
    joins: set[int] = set()
    starts = [segment.start for segment in segments]
    for one in cuts:
        index = bisect_right(starts, one.at) - 1
        if index < 0 or one.at >= segments[index].end:
            left.append(one)
        elif one.now and one.at > starts[index]:
            gap = gap_at(text, segments[index], one.at)
            if gap is None or gap[1] != one.at:
                left.append(one)
            else:
                splits.setdefault(index, []).append(gap)
        elif not one.now and one.at == starts[index]:
            if index and segments[index - 1].kind == segments[index].kind:
                joins.add(one.at)
            else:
                left.append(one)
    joined: list[Segment] = []
    for piece in _pieces(segments, splits):
        if piece.start in joins:
            joined[-1] = replace(joined[-1], end=piece.end)
        else:
            joined.append(piece)
    return tuple(joined), left


def gap_at(text: str, segment: Segment, at: int) -> Span | None:
    """Return the white space, empty or not, between two parts of a segment cut near an offset.

    None where it cannot be cut there.
    """
    from .graphemes import cut, interior  # only a split pays for what it imports

    words = text[segment.start : segment.end]
    gap = cut(words, interior(words), at - segment.start)
    if gap is None or not 0 < gap[0] <= gap[1] < len(words):
        return None
    return segment.start + gap[0], segment.start + gap[1]


def _pieces(segments: Sequence[Segment], splits: Mapping[int, list[Span]]) -> Iterator[Segment]:
    for index, segment in enumerate(segments):
        start = segment.start
        for end, following in sorted(splits.get(index, ())):
            yield replace(segment, start=start, end=end)
            start = following
        yield replace(segment, start=start)


# --- attributions -------------------------------------------------------------------------------


class _Slot(NamedTuple):
    """What becomes of one attribution of the machine's, or an added one."""

    old: int | None
    """Its index in the machine's tagging; None for an added one."""
    attribution: Attribution | None
    """What is shown in its place; None where it is removed."""
    target: str | None
    """Target of the correction that made it; None where it is the machine's."""
    moved: bool
    """Whether other words, or words of another kind, are attributed now."""

    @property
    def is_new(self) -> bool:
        return self.moved or self.target is not None


def _slots(
    tagging: Tagging, tags: Sequence[TagCorrection]
) -> tuple[list[_Slot], list[TagCorrection]]:
    """Return what becomes of each attribution, and the corrections that are about none of them."""
    article = tagging.article_id
    ids = [one.id(article) for one in tagging.attributions] if tags else []
    bases = set(ids)
    left = [one for one in tags if one.was is not None and one.target not in bases]
    good = {one.target: one for one in tags if one.was is None or one.target in bases}
    # The same attribution is shown once: as it was corrected last, else as the machine has it.
    owners = {one.now.id(article): one.target for one in good.values() if one.now is not None}
    slots: list[_Slot] = []
    done: set[str] = set()
    for old, one in enumerate(tagging.attributions):
        identity = ids[old] if tags else ""
        now = good[identity].now if identity in good and identity not in done else None
        new = now.id(article) if now is not None else ""
        if now is not None and owners[new] == identity:
            done.add(identity)
            slots.append(_Slot(old, replace(now, rule=CORRECTED), identity, new != identity))
        elif identity in good or identity in owners:
            slots.append(_Slot(old, None, None, True))
        else:
            slots.append(_Slot(old, one, None, False))
    for target, correction in good.items():
        now = correction.now
        if now is not None and owners[now.id(article)] == target and target not in bases:
            slots.append(_Slot(None, replace(now, rule=ADDED), target, True))
    return slots, left


# --- claims -------------------------------------------------------------------------------------


def _retagged(
    text: str, tagging: Tagging, segments: tuple[Segment, ...], slots: Sequence[_Slot]
) -> Tagging:
    made = [slot for slot in slots if slot.attribution is not None]
    attributions = tuple(slot.attribution for slot in slots if slot.attribution is not None)
    places = {slot.old: place for place, slot in enumerate(made) if slot.old is not None}
    known: dict[Segment, list[Claim]] = {}
    for claim in tagging.claims:
        known.setdefault(tagging.segments[claim.segment], []).append(claim)
    for segment in tagging.segments:
        known.setdefault(segment, [])
    touched = _touched(tagging, segments, slots, known)
    again = _claims_again(text, tagging, [segments[n] for n in touched], attributions, known)
    fresh = dict(zip(touched, again, strict=True))
    found: list[Claim] = []
    for index, segment in enumerate(segments):
        for claim in fresh[index] if index in fresh else known[segment]:
            listed = claim.attributions
            if index not in fresh:
                listed = tuple(places[one] for one in listed)
            found.append(replace(claim, segment=index, attributions=listed))
    return replace(tagging, segments=segments, attributions=attributions, claims=tuple(found))


def _touched(
    tagging: Tagging,
    segments: Sequence[Segment],
    slots: Sequence[_Slot],
    known: Mapping[Segment, Sequence[Claim]],
) -> list[int]:
    """Return the indices of the segments whose claims have to be made again."""
    moved = {slot.old for slot in slots if slot.moved}
    changed = [slot.attribution for slot in slots if slot.moved and slot.attribution is not None]
    changed += [tagging.attributions[old] for old in moved if old is not None]
    spans = [span for one in changed for span in (*one.content, *one.cue, *one.source)]
    return [
        index
        for index, segment in enumerate(segments)
        if segment not in known
        or any(start < segment.end and segment.start < end for start, end in spans)
        or any(not moved.isdisjoint(claim.attributions) for claim in known[segment])
    ]


def _claims_again(
    text: str,
    tagging: Tagging,
    segments: Sequence[Segment],
    attributions: Sequence[Attribution],
    known: Mapping[Segment, Sequence[Claim]],
) -> list[list[Claim]]:
    """Return the claims of each of some segments, made by the rule without a model.

    Where the narrator's words outside what others say are the same as before, so is whether the
    narrator's claim is on the walk: a model may have seen to that.
    """
    found: list[list[Claim]] = [[] for _ in segments]
    for claim in claims(tagging.article_id, text, segments, attributions, None):
        found[claim.segment].append(claim)
    before = words_outside(text, segments, tagging.attributions)
    after = words_outside(text, segments, attributions)
    for index, segment in enumerate(segments):
        old = {claim.id: claim.walk for claim in known.get(segment, ())}
        reported = [
            any(claim.attributions for claim in some)
            for some in (known.get(segment, ()), found[index])
        ]
        if all(reported) and before[index] == after[index]:
            found[index] = [
                one if one.attributions else replace(one, walk=old.get(one.id, one.walk))
                for one in found[index]
            ]
    return found
