"""Finding things in a project: words, claims by what was said of them, speakers, likenesses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from annotator.store import alike, log, marked, matching, search, speakers
from annotator.store.alike import Alike
from annotator.store.connection import Connection
from annotator.store.filters import ClaimFilter
from annotator.store.marked import Judged
from annotator.store.matching import Matching
from annotator.store.search import Match
from annotator.store.speakers import Said, Speaker

BEGINNING = (0, -1)


class Totals(NamedTuple):
    """How much there is in a project, and how much of it a reviewer has done."""

    articles: int
    claims: int
    """Claims on the walk of the current taggings."""
    judged: int
    """Claims on the reviewer's walk with a judgement of theirs, finished or begun."""


class Finder:
    """What one can ask of an open project; every method raises StoreError if it cannot be read."""

    def __init__(self, file: Connection, hide_outlet: bool = False) -> None:
        self._file = file
        self._hide_outlet = hide_outlet

    def search(
        self, reviewer: str, text: str, limit: int = 50, after: Match | None = None
    ) -> list[Match]:
        """Return notes, the newest first, and then sentences in the order of the list.

        All words must be there, without regard to case and accents; the last one may go on, and
        words in double quotation marks follow on each other. Of colleagues' notes those are found
        that the reviewer may see. `after` is the last match of the page before.
        """
        scheme = log.scheme(self._file)
        return search.search(self._file, scheme, reviewer, text, limit, after)

    def count_sentences(self, text: str) -> int:
        """Return how many sentences `search` would return in all."""
        return search.count(self._file, text)

    def matches(
        self, reviewer: str, wanted: ClaimFilter, after: tuple[str, str | None] | None = None
    ) -> Iterator[tuple[str, str]]:
        """Yield (article id, claim id) of the claims on the reviewer's walk that are wanted.

        In the order of the list, after a claim if one is given. UsageError for an unknown label.
        """
        place = BEGINNING if after is None else self._place(reviewer, *after, forward=True)
        if place is not None:
            for found in self._matching(reviewer, wanted).after(place):
                yield found.article_id, found.claim_id

    def matches_in(self, reviewer: str, wanted: ClaimFilter, article_id: str) -> list[str]:
        """Return the ids of an article's claims that `matches` would yield, in its order."""
        place = self._place(reviewer, article_id, None, forward=True)
        return [] if place is None else self._matching(reviewer, wanted).within(place[0])

    def count(self, reviewer: str, wanted: ClaimFilter) -> int:
        """Return how many claims `matches` would yield in all."""
        return self._matching(reviewer, wanted).count()

    def next_match(
        self,
        reviewer: str,
        wanted: ClaimFilter,
        article_id: str,
        claim_id: str | None,
        step: int = 1,
    ) -> tuple[str, str] | None:
        """Return (article id, claim id) of the next wanted claim after (negative: before) one.

        Without a claim, of the article's first (last) one on; it does not start over at the end.
        """
        place = self._place(reviewer, article_id, claim_id, forward=step > 0)
        if place is None:
            return None
        found = self._matching(reviewer, wanted).first(place, forward=step > 0)
        return None if found is None else (found.article_id, found.claim_id)

    def speakers(self, beginning: str = "", limit: int = 100) -> list[Speaker]:
        """Return those in whose names words begin like that, who say most first."""
        return speakers.speakers(self._file, beginning, limit)

    def speaker_claims(self, name: str, after: Said | None = None, limit: int = 50) -> list[Said]:
        """Return what somebody of this exact name says, in the order of the list, a page a call."""
        return speakers.speaker_claims(self._file, name, after, limit)

    def labelled_otherwise(self, reviewer: str, claim_id: str, text: str) -> list[Alike]:
        """Return judgements on other claims with the words of this one that differ in labels.

        They differ from the reviewer's own here; where that has no labels yet, all are returned
        that have some. One's own, and those of colleagues that one may see.
        """
        scheme = log.scheme(self._file)
        return alike.labelled_otherwise(self._file, scheme, reviewer, claim_id, text)

    def judged(self, reviewer: str) -> Iterator[Judged]:
        """Yield what was judged and the words marked in it, as far as the reviewer may see it.

        Nothing is yielded where nobody marked any words.
        """
        return marked.judged(self._file, log.scheme(self._file), reviewer)

    def totals(self, reviewer: str) -> Totals:
        """Return how much there is and how much of it the reviewer has done, at little cost."""
        row = self._file.row(
            "SELECT (SELECT max(article) FROM catalogue), (SELECT sum(claims) FROM catalogue),"
            " (SELECT sum(seen) FROM progress WHERE reviewer = ?)",
            (reviewer,),
        )
        return Totals(*(number or 0 for number in row or (0, 0, 0)))

    def _matching(self, reviewer: str, wanted: ClaimFilter) -> Matching:
        wanted.refuse_outlet(self._hide_outlet)
        return Matching(self._file, log.scheme(self._file), reviewer, wanted)

    def _place(
        self, reviewer: str, article_id: str, claim_id: str | None, forward: bool
    ) -> tuple[int, int] | None:
        return matching.place_of(self._file, reviewer, article_id, claim_id, forward)
