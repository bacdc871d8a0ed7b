"""What a reviewer corrected in an article: where it shows, and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.model import Attribution, Span
from annotator.tagging.overlay import Corrected, Correction, CutCorrection

if TYPE_CHECKING:
    from annotator.tui.page import Page

ROLES = ("content", "cue", "source")
LONGEST, FIRST, LAST = 40, 20, 17
WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Corrections:
    """A reviewer's corrections of one article, where they show."""

    by_claim: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    spans: Mapping[int, list[Span]] = field(default_factory=dict)
    """Segment → the words that they are about."""


def collect(page: Page, view: Corrected) -> Corrections:
    """Return the corrections that change something, by the ids of the claims they show at."""
    by_claim: dict[str, list[Correction]] = {}
    spans: dict[int, list[Span]] = {}
    attributions = {target: index for index, target in view.targets.items()}
    for one in view.corrections:
        if one in view.without_base or one.now == one.was:
            continue
        places = _places(page.text, one)
        for start, end in places:
            for segment in range(page.segment_at(start), page.segment_at(end - 1) + 1):
                spans.setdefault(segment, []).append((start, end))
        for claim_id in _claims(page, places, attributions.get(one.target)):
            by_claim.setdefault(claim_id, []).append(one)
    return Corrections({claim: tuple(some) for claim, some in by_claim.items()}, spans)


def in_words(text: str, correction: Correction) -> str:
    """Return in one line what a correction changed."""
    if isinstance(correction, CutCorrection):
        done = "divided" if correction.now else "joined"
        return f"{done} before {quoted(text, [_words(text, correction.at, 3)])}"
    was, now = correction.was, correction.now
    if was is None or now is None:
        said = now or was
        return f"{'added' if now else 'removed'}: {_said(text, said) if said else ''}"
    return "; ".join(_changes(text, was, now))


def quoted(text: str, spans: Sequence[Span]) -> str:
    """Return words of the text between quotation marks; many are cut to their first and last."""
    words = " … ".join(" ".join(text[start:end].split()) for start, end in spans)
    if len(words) > LONGEST:
        first, last = words[:FIRST].rsplit(" ", 1)[0], words[-LAST:].split(" ", 1)[-1]
        words = f"{first} … {last}"
    return f"« {words} »"


def _changes(text: str, was: Attribution, now: Attribution) -> Iterator[str]:
    """Yield what was there before, for each part that is another one now."""
    for name in ("speaker", "speaker_type", "via", "kind"):
        before = getattr(was, name)
        if before != getattr(now, name):
            yield f"{name.replace('_', ' ')} was {before or 'unknown'}"
    for role in ROLES:
        before = getattr(was, role)
        if before != getattr(now, role):
            yield f"{role} was {quoted(text, before) if before else 'none'}"


def _said(text: str, attribution: Attribution) -> str:
    words = quoted(text, attribution.content)
    return f"{words}, {attribution.speaker}" if attribution.speaker else words


def _places(text: str, correction: Correction) -> list[Span]:
    """Return the words that a correction is about, the content first."""
    if isinstance(correction, CutCorrection):
        return [_words(text, correction.at, 1)]
    tag = correction.now or correction.was
    return [span for role in ROLES for span in getattr(tag, role)] if tag else []


def _words(text: str, at: int, count: int) -> Span:
    """Return the first words after a place; none of them is looked for further than a line."""
    found = list(WORD.finditer(text, at, at + LONGEST))[:count]
    return (at, found[-1].end()) if found else (at, at + 1)


def _claims(page: Page, places: Sequence[Span], attribution: int | None) -> list[str]:
    """Return the claims of an attribution, else the one at the place of what is none now."""
    segments = sorted({page.segment_at(start) for start, _ in places})
    found = [
        claim.id
        for segment in segments
        for claim in page.claims(segment)
        if attribution in claim.attributions
    ]
    here = page.claim_at(places[0][0]) if places else None
    return found or ([here.id] if here else [])
