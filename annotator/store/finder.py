"""Finding things in a project: words, claims by what was said of them, speakers, likenesses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from annotator.store import alike, log, marked, matching, search, speakers
from annotator.store.alike import Alike, Clash
from annotator.store.connection import Connection
from annotator.store.filters import ClaimFilter
from annotator.store.marked import Judged
from annotator.store.matching import Matching
from annotator.store.ordering import Ordering
from annotator.store.search import Match
from annotator.store.speakers import Said, Speaker

EVERYTHING = 2**62


class Totals(NamedTuple):
    """How much there is in a project, and how much of it a reviewer has done."""

    articles: int
    claims: int
    """Claims on the walk of the current taggings."""
    judged: int
    """Claims on the reviewer's walk with a judgement of theirs, finished or begun."""


class Finder:
    """What one can ask of an open project; every method raises StoreError if it cannot be read."""

    def __init__(
        self, file: Connection, hide_outlet: bool = False, ordering: Ordering | None = None
    ) -> None:
        self._file = file
        self._hide_outlet = hide_outlet
        self._ordering = ordering

    def search(
        self, reviewer: str, wanted: ClaimFilter, limit: int = 50, after: Match | None = None
    ) -> list[Match]:
        """Return claims on the reviewer's walk that are wanted, as the articles were added.

        All words must be in its sentence or in a note on it, without regard to case and accents;
        the last one may go on, and words in double quotation marks follow on each other. A
        sentence without a claim stands for the nearest one of the article, and a note may be on a
        claim off the walk. Of colleagues' notes those are found that the reviewer may see. `after`
        is the last match of the page before. UsageError for an unknown label.
        """
        wanted.refuse_outlet(self._hide_outlet)
        scheme = log.scheme(self._file)
        return list(search.search(self._file, scheme, reviewer, wanted, limit, after))

    def matches_in(self, reviewer: str, wanted: ClaimFilter, article_id: str) -> list[str]:
        """Return the ids of an article's claims that `search` would return, in its order."""
        place = matching.place_of(self._file, reviewer, article_id, None, forward=True)
        return [] if place is None else self._matching(reviewer, wanted).within(place[0])

    def count(self, reviewer: str, wanted: ClaimFilter, most: int = EVERYTHING) -> int:
        """Return how many claims `search` would return in all, counted up to `most`."""
        return self._matching(reviewer, wanted).count(most)

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
        The articles come in the order in which the reviewer works, as in the list of articles.
        """
        forward = step > 0
        place = matching.place_of(self._file, reviewer, article_id, claim_id, forward)
        if place is None:
            return None
        found = self._matching(reviewer, wanted, self._ordering).first(place, forward)
        return None if found is None else (found.article_id, found.claim_id)

    def speakers(self, reviewer: str, beginning: str = "", limit: int = 100) -> list[Speaker]:
        """Return those in whose names words begin like that, who say most first.

        As the reviewer sees it, with their own corrections; so does `speaker_claims`.
        """
        return speakers.speakers(self._file, reviewer, beginning, limit)

    def speaker_claims(
        self, reviewer: str, name: str, after: Said | None = None, limit: int = 50
    ) -> list[Said]:
        """Return what somebody of this exact name says, in the order of the list, a page a call."""
        return speakers.speaker_claims(self._file, reviewer, name, after, limit)

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

    def clashes(self, reviewer: str) -> Iterator[Clash]:
        """Yield the words that were labelled in more than one way on different claims.

        By one's own finished judgements, and by those of colleagues that one may see.
        """
        return alike.clashes(self._file, log.scheme(self._file), reviewer)

    def totals(self, reviewer: str) -> Totals:
        """Return how much there is and how much of it the reviewer has done, at little cost."""
        row = self._file.row(
            "SELECT (SELECT max(article) FROM catalogue), (SELECT sum(claims) FROM catalogue),"
            " (SELECT sum(seen) FROM progress WHERE reviewer = ?)",
            (reviewer,),
        )
        return Totals(*(number or 0 for number in row or (0, 0, 0)))

    def _matching(
        self, reviewer: str, wanted: ClaimFilter, ordering: Ordering | None = None
    ) -> Matching:
        wanted.refuse_outlet(self._hide_outlet)
        return Matching(self._file, log.scheme(self._file), reviewer, wanted, ordering)
