"""Where a place in an article stands: in which claim and in whose voice."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.model import Attribution, Claim, Segment, Tagging, Voice
from annotator.tagging.quotations import Quotation

LONGEST_NAME = 40
SILENT_KINDS = ("byline", "other")
"""Kinds of segment nobody judges, so that nothing in them is worth a hint."""


@dataclass(frozen=True, slots=True)
class Place:
    """The innermost claim at a place, and who speaks there."""

    claim: Claim
    segment: Segment
    voice: Voice
    speaker: str
    """The speaker, else the words that name the source; empty for the narrator."""

    @property
    def whose(self) -> str:
        """Whose voice it is, in words."""
        name = shorten(self.speaker) or "an unnamed speaker"
        return {
            "narrator": "in the outlet's own voice",
            "direct": f"in the words of {name}",
            "post": f"in a post by {name}",
        }.get(self.voice, f"as reported from {name} (perhaps not their word)")


class Places:
    """An article's claims, indexed by place."""

    def __init__(self, text: str, tagging: Tagging, quotes: Sequence[Quotation]) -> None:
        self.text = text
        self.tagging = tagging
        self.quotes = quotes
        self._starts = [segment.start for segment in tagging.segments]
        outer = [quote for quote in quotes if not quote.depth]
        self._quote_starts = [quote.start for quote in outer]
        self._quote_ends = [quote.end for quote in outer]
        self._narrator: dict[int, Claim] = {}
        self._attributed: defaultdict[int, list[Claim]] = defaultdict(list)
        for claim in tagging.claims:
            if claim.attributions:
                self._attributed[claim.segment].append(claim)
            else:
                self._narrator[claim.segment] = claim
        for claims in self._attributed.values():
            claims.sort(key=lambda claim: claim.end - claim.start)

    def at(self, offset: int) -> Place | None:
        """Return the place of an offset, None where no claim is there that anybody judges."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return None
        segment = self.tagging.segments[number]
        if offset >= segment.end or segment.kind in SILENT_KINDS:
            return None
        for claim in self.attributed(number):
            for attribution in self.attributions(claim):
                if any(start <= offset < end for start, end in attribution.content):
                    voice = self._voice(claim, segment, offset)
                    return Place(claim, segment, voice, self.speaker(attribution))
        narrator = self._narrator.get(number)
        if narrator is None:
            return None
        return Place(narrator, segment, self._voice(narrator, segment, offset), "")

    def attributed(self, segment: int) -> Sequence[Claim]:
        """Return the claims of a segment that are somebody's, the innermost first."""
        return self._attributed.get(segment, ())

    def attributions(self, claim: Claim) -> list[Attribution]:
        """Return the attributions of a claim, the innermost first."""
        return [self.tagging.attributions[number] for number in claim.attributions]

    def governed(self, place: Place, start: int, end: int) -> bool:
        """Tell whether reporting words govern a stretch, or it is all that an attribution holds."""
        for attribution in self.attributions(place.claim):
            if any(first < end and start < last for first, last in attribution.content) and (
                attribution.cue or attribution.content == ((start, end),)
            ):
                return True
        return False

    def speaker(self, attribution: Attribution) -> str:
        """Return who an attribution's speaker is, or the words of the text that say so."""
        mention = " ".join(self.text[start:end] for start, end in attribution.source)
        return attribution.speaker or mention

    def quoted(self, offset: int) -> bool:
        """Tell whether an offset lies between quotation marks."""
        number = bisect_right(self._quote_starts, offset) - 1
        return number >= 0 and offset < self._quote_ends[number]

    def _voice(self, claim: Claim, segment: Segment, offset: int) -> Voice:
        if segment.kind == "post":
            return "post"
        if claim.voice == "mixed":
            return "direct" if self.quoted(offset) else "indirect"
        return claim.voice


def shorten(words: str) -> str:
    """Return words on one line, cut to what a reason has room for."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1].rstrip() + "…"
