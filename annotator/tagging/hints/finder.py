"""Finds all the hints of an article."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from annotator.model import Attribution, Claim, Span, Tagging
from annotator.tagging import quotations
from annotator.tagging.graphemes import interior

from .figures import figures
from .hearsay import conditionals
from .hint import Hint
from .lists import Lists, WordList
from .numbers import number_hints
from .places import Place, Places, shorten
from .quotes import paragraphs, scare_quotes, unbalanced_quotes
from .words import Phrase, find

Hits = Mapping[str, Sequence[tuple[Phrase, Span]]]
"""Kind of list → what of it the text has, in order."""
MOST_INSTEAD = 2
REMARKS = {
    "hedge": "weakens the statement",
    "booster": "strengthens the statement",
    "hearsay": "does not vouch for what it tells",
}
STANCES = {
    "endorsing": "presents as true what {speaker} says",
    "doubting": "keeps its distance from what {speaker} says",
}


def hints(
    text: str, tagging: Tagging, lists: Lists, off: AbstractSet[str] = frozenset()
) -> tuple[Hint, ...]:
    """Return the hints of an article in the order of the text, without the kinds switched off."""
    words = lists.get(tagging.language, WordList(tagging.language))
    places = Places(text, tagging, quotations.find(text, paragraphs(text, tagging)))
    hits: defaultdict[str, list[tuple[Phrase, Span]]] = defaultdict(list)
    for phrase, span in find(text, words.phrases):
        hits[phrase.kind].append((phrase, span))
    inside = interior(text)
    wanted = (_whole(hint, inside) for hint in _all(places, words, hits) if hint.kind not in off)
    found = {hint.id: hint for hint in wanted}
    return tuple(sorted(found.values(), key=lambda hint: (hint.span, hint.kind)))


def for_claim(found: Iterable[Hint], claim: Claim) -> tuple[Hint, ...]:
    """Return the hints to show at one claim; see `by_claim` for many claims at once."""
    return tuple(hint for hint in found if claim.id in hint.claims)


def by_claim(found: Iterable[Hint]) -> dict[str, tuple[Hint, ...]]:
    """Return the hints to show at each claim, by claim id; claims without any are left out."""
    index: defaultdict[str, list[Hint]] = defaultdict(list)
    for hint in found:
        for claim in hint.claims:
            index[claim].append(hint)
    return {claim: tuple(shown) for claim, shown in index.items()}


def _all(places: Places, words: WordList, hits: Hits) -> Iterator[Hint]:
    yield from _listed(places, hits)
    yield from _cues(places, words)
    if words.conditional:
        yield from _conditionals(places, words, hits)
    yield from scare_quotes(places)
    yield from unbalanced_quotes(places)
    starts = [span for _, span in hits.get("number", ())]
    about = [span for _, span in hits.get("about", ())]
    yield from number_hints(places, words, list(figures(places.text, words, starts, about)))


def _whole(hint: Hint, inside: AbstractSet[int]) -> Hint:
    """Widen a hint whose edge lies inside a grapheme cluster."""
    start, end = hint.span
    while start in inside:
        start -= 1
    while end in inside:
        end += 1
    return hint if (start, end) == hint.span else replace(hint, span=(start, end))


def _listed(places: Places, hits: Hits) -> Iterator[Hint]:
    """Yield the hints that a list alone gives."""
    for kind in ("loaded_word", "marked_word", *REMARKS):
        for phrase, (start, end) in hits.get(kind, ()):
            place = places.at(start)
            if place:
                said = shorten(places.text[start:end])
                remark = REMARKS.get(kind) or _remark(phrase)
                reason = f'"{said}" {place.whose}: {remark}'
                yield Hint(kind, (start, end), reason, phrase.entry.label, (place.claim.id,))


def _remark(phrase: Phrase) -> str:
    """Return what a list says about a loaded word."""
    entry = phrase.entry
    instead = f"could be {', '.join(entry.instead[:MOST_INSTEAD])}" if entry.instead else ""
    about = "; ".join(part for part in (instead, entry.note) if part)
    return f"{entry.group} ({about})" if entry.group and about else entry.group or about


def _cues(places: Places, words: WordList) -> Iterator[Hint]:
    """Yield the reporting verbs that take a stand, with how many other reports here do not."""
    stances = [_stance(places.text, words, one) for one in places.tagging.attributions]
    neutral = sum(bool(one.cue) for one in places.tagging.attributions)
    neutral -= sum(stance in STANCES for stance, _ in stances)
    shown: defaultdict[int, list[str]] = defaultdict(list)
    for claim in places.tagging.claims:
        for number in claim.attributions:
            shown[number].append(claim.id)
    for number, (stance, span) in enumerate(stances):
        place = places.at(span[0])
        if stance not in STANCES or place is None:
            continue
        speaker = places.speaker(places.tagging.attributions[number])
        remark = STANCES[stance].format(speaker=shorten(speaker) or "an unnamed speaker")
        reason = f'"{shorten(places.text[slice(*span)])}" {place.whose}: {remark}'
        reason += f" (neutral cues in this article: {neutral})"
        claims = tuple(dict.fromkeys((place.claim.id, *shown[number])))
        yield Hint("cue_stance", span, reason, "partisan_framing", claims)


def _stance(text: str, words: WordList, attribution: Attribution) -> tuple[str, Span]:
    """Return the stance of an attribution's cue, and where the cue stands; "" without one."""
    for start, end in attribution.cue:
        for phrase, _ in find(text, words.stances, start, end):
            return phrase.kind, (start, end)
    return "", (0, 0)


def _conditionals(places: Places, words: WordList, hits: Hits) -> Iterator[Hint]:
    """Yield the conditionals that tell hearsay: no "if" near, and nobody else's words.

    Inside a report « qu'il viendrait » is mere concord, but not after « selon ».
    """
    no_hearsay = words.conditional.get("lookalikes", frozenset())
    no_hearsay |= words.conditional.get("modal", frozenset())
    unless = [start for _, (start, _) in hits.get("unless", ())]
    sources = [start for _, (start, _) in hits.get("source", ())]
    for span, compound in conditionals(places.text, no_hearsay):
        place = places.at(span[0])
        if place is None or _any_in(unless, place.segment.start, place.segment.end):
            continue
        if place.voice == "narrator" or _by_preposition(places, place, sources):
            sure = "the conditional of hearsay" if compound else "a conditional, perhaps hearsay"
            reason = f'"{places.text[slice(*span)]}" {place.whose}: {sure}, not vouched for'
            yield Hint("hearsay", span, reason, None, (place.claim.id,))


def _by_preposition(places: Places, place: Place, sources: Sequence[int]) -> bool:
    """Whether the words are somebody's by « selon », not by a verb."""
    if place.voice != "indirect":
        return False
    cues = [span for one in places.attributions(place.claim) for span in one.cue]
    return bool(cues) and _any_in(sources, *cues[0])


def _any_in(offsets: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(offsets, start)
    return at < len(offsets) and offsets[at] < end
