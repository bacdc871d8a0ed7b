"""A tagging with a reviewer's corrections on top; the machine's own tagging stays as it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from annotator.model import Attribution, Claim, Segment, Span, Tagging, canonical_json, digest

from .claims import claims, words_outside
from .lookup import Lookup, touched, words

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
    lookup: Lookup | None = field(default=None, compare=False, repr=False)
    """What was looked up in the machine's tagging, for the next correction."""

    def target(self, attribution: Attribution) -> str:
        """Return what corrections of an attribution are addressed to; KeyError if none such."""
        for index, one in enumerate(self.tagging.attributions):
            if one.content == attribution.content and one == attribution:
                return self.targets.get(index) or attribution.id(self.tagging.article_id)
        raise KeyError(attribution)

    def correction(self, target: str) -> Correction | None:
        """Return the correction with a target, or None."""
        return next((one for one in self.corrections if one.target == target), None)


def cut_id(article_id: str, at: int) -> str:
    """Return what corrections of the place before an offset are addressed to."""
    return digest(canonical_json([article_id, at, "cut"]))


def corrected(
    text: str, tagging: Tagging, corrections: Iterable[Correction], lookup: Lookup | None = None
) -> Corrected:
    """Return a tagging with corrections on top, given in the order of the log.

    Of several with the same target the last counts. A correction of what the tagging does not
    have changes nothing. Claims are made again only in the segments that corrections touch.
    `lookup` is that of the tagging, if it is at hand.
    """
    last: dict[str, Correction] = {}
    for one in corrections:
        last.pop(one.target, None)
        last[one.target] = one
    tags = [one for one in last.values() if isinstance(one, TagCorrection)]
    cuts = [one for one in last.values() if isinstance(one, CutCorrection)]
    lookup = lookup or Lookup(tagging)
    segments, cuts_left = _segments(text, tagging.segments, cuts)
    changes, tags_left = _changes(lookup, tags)
    left = {one.target for one in cuts_left} | {one.target for one in tags_left}
    shown = tagging
    if segments != tagging.segments or changes.replaced or changes.added:
        shown = _retagged(text, lookup, segments, changes)
    return Corrected(
        tagging,
        shown,
        tuple(last.values()),
        tuple(one for one in last.values() if one.target in left),
        changes.targets(len(tagging.attributions)),
        lookup,
    )


# --- segments -----------------------------------------------------------------------------------


def _segments(
    text: str, segments: tuple[Segment, ...], cuts: Sequence[CutCorrection]
) -> tuple[tuple[Segment, ...], list[CutCorrection]]:
    """Return the segments split and joined, and the corrections that could not be followed."""
    left: list[CutCorrection] = []
    if not cuts:
        return segments, left
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
        yield replace(segment, start=start) if index in splits else segment


# --- attributions -------------------------------------------------------------------------------


class _New(NamedTuple):
    """What is shown in the place of an attribution of the machine's, or beside them."""

    attribution: Attribution | None
    """None where it is removed."""
    target: str | None
    """Target of the correction that made it."""
    moved: bool
    """Whether other words, or words of another kind, are attributed now."""


class _Changes(NamedTuple):
    """What becomes of the machine's attributions; those that are not named stay."""

    replaced: dict[int, _New]
    added: list[_New]

    def gone(self) -> list[int]:
        """Return the indices of those that are removed, in order."""
        return sorted(old for old, new in self.replaced.items() if new.attribution is None)

    def targets(self, count: int) -> dict[int, str]:
        """Return index → target of those that corrections made; the machine has `count`."""
        gone = self.gone()
        found = {
            old - bisect_right(gone, old): new.target
            for old, new in self.replaced.items()
            if new.attribution is not None
        }
        found |= {count - len(gone) + place: new.target for place, new in enumerate(self.added)}
        return {place: target for place, target in sorted(found.items()) if target is not None}


def _changes(lookup: Lookup, tags: Sequence[TagCorrection]) -> tuple[_Changes, list[TagCorrection]]:
    """Return what becomes of attributions, and the corrections that are about none of them."""
    changes = _Changes({}, [])
    if not tags:
        return changes, []
    article, bases = lookup.tagging.article_id, lookup.by_id
    left = [one for one in tags if one.was is not None and one.target not in bases]
    good = {one.target: one for one in tags if one.was is None or one.target in bases}
    # The same attribution is shown once: as it was corrected last, else as the machine has it.
    owners = {one.now.id(article): one.target for one in good.values() if one.now is not None}
    for identity in {*good, *owners} & bases.keys():
        for old in bases[identity]:
            changes.replaced[old] = _New(None, None, True)
        now = good[identity].now if identity in good else None
        if now is not None and owners[now.id(article)] == identity:
            moved = now.id(article) != identity
            first = bases[identity][0]
            changes.replaced[first] = _New(replace(now, rule=CORRECTED), identity, moved)
    for target, correction in good.items():
        now = correction.now
        if now is not None and owners[now.id(article)] == target and target not in bases:
            changes.added.append(_New(replace(now, rule=ADDED), target, True))
    return changes, left


# --- claims -------------------------------------------------------------------------------------


class _Numbers:
    """Which indices the machine's attributions have among those that are shown."""

    def __init__(self, changes: _Changes, count: int) -> None:
        self._gone = changes.gone()
        self.added = range(count - len(self._gone), count - len(self._gone) + len(changes.added))

    def __call__(self, old: int) -> int:
        return old - bisect_right(self._gone, old)

    def stay_in(self, claim: Claim) -> bool:
        """Whether the attributions of a claim have the indices that they had."""
        return not self._gone or all(one < self._gone[0] for one in claim.attributions)


def _retagged(
    text: str, lookup: Lookup, segments: tuple[Segment, ...], changes: _Changes
) -> Tagging:
    tagging = lookup.tagging
    shown: list[Attribution] = []
    for old, one in enumerate(tagging.attributions):
        new = changes.replaced[old].attribution if old in changes.replaced else one
        if new is not None:
            shown.append(new)
    shown += [new.attribution for new in changes.added if new.attribution is not None]
    attributions = tuple(shown)
    numbers = _Numbers(changes, len(tagging.attributions))
    again = _touched(lookup, segments, changes)
    fresh = _claims_again(text, lookup, segments, again, attributions, (changes, numbers))
    found: list[Claim] = []
    for index, segment in enumerate(segments):
        if index in fresh:
            found += fresh[index]
            continue
        for claim in lookup.claims[lookup.segment_index[segment]]:
            if claim.segment != index or not numbers.stay_in(claim):
                listed = tuple([numbers(one) for one in claim.attributions])
                # Spelt out because it is made for all that follows a new sentence.
                claim = Claim(
                    claim.id, claim.start, claim.end, index, claim.voice, listed, claim.walk
                )
            found.append(claim)
    return replace(tagging, segments=segments, attributions=attributions, claims=tuple(found))


def _touched(lookup: Lookup, segments: Sequence[Segment], changes: _Changes) -> list[int]:
    """Return the indices of the segments whose claims have to be made again."""
    tagging = lookup.tagging
    moved = [old for old, new in changes.replaced.items() if new.moved]
    changed = [tagging.attributions[old] for old in moved]
    changed += [new.attribution for new in _made(changes) if new.attribution and new.moved]
    same = segments is tagging.segments
    starts = lookup.starts if same else [segment.start for segment in segments]
    found = touched(segments, starts, [span for one in changed for span in words(one)])
    listing = {tagging.segments[index] for old in moved for index in lookup.listing.get(old, ())}
    found |= touched(segments, starts, [(one.start, one.end) for one in listing])
    if not same:
        found |= {index for index, one in enumerate(segments) if one not in lookup.segment_index}
    return sorted(found)


def _made(changes: _Changes) -> list[_New]:
    return [*changes.replaced.values(), *changes.added]


def _claims_again(
    text: str,
    lookup: Lookup,
    segments: Sequence[Segment],
    again: Sequence[int],
    attributions: Sequence[Attribution],
    renumbered: tuple[_Changes, _Numbers],
) -> dict[int, list[Claim]]:
    """Return the claims of some segments, made by the rule without a model.

    Where the narrator's words outside what others say are the same as before, so is whether the
    narrator's claim is on the walk: a model may have seen to that.
    """
    changes, numbers = renumbered
    here = [segments[index] for index in again]
    old = sorted(lookup.attributions_in(here))
    gone = {*changes.gone()}
    near = {numbers(one) for one in old if one not in gone} | {*numbers.added}
    near |= {numbers(one) for one in changes.replaced if one not in gone}
    new = sorted(near)
    fresh: dict[int, list[Claim]] = {index: [] for index in again}
    made = claims(lookup.tagging.article_id, text, here, [attributions[n] for n in new], None)
    for claim in made:
        listed = tuple([new[one] for one in claim.attributions])
        index = again[claim.segment]
        fresh[index].append(replace(claim, segment=index, attributions=listed))
    before = words_outside(text, here, [lookup.tagging.attributions[n] for n in old])
    after = words_outside(text, here, [attributions[n] for n in new])
    for place, index in enumerate(again):
        known = lookup.segment_index.get(segments[index])
        was = lookup.claims[known] if known is not None else []
        fresh[index] = _as_walked(was, fresh[index], before[place] == after[place])
    return fresh


def _as_walked(was: Sequence[Claim], now: list[Claim], same_words: bool) -> list[Claim]:
    """Return a segment's claims, the narrator's on the walk as before if nothing speaks against."""
    reported = [any(claim.attributions for claim in some) for some in (was, now)]
    if not (same_words and all(reported)):
        return now
    old = {claim.id: claim.walk for claim in was}
    return [
        one if one.attributions else replace(one, walk=old.get(one.id, one.walk)) for one in now
    ]
