"""The list of articles as one reviewer works through it: in their order, under a filter.

Without a filter, in the order in which they were added, and with plain words alone it is read page
by page as `catalogue` has it. Otherwise the numbers of all its articles are worked out when the
first of them is asked for, and kept until anything in the project changes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from annotator.model import Working
from annotator.store import catalogue, log
from annotator.store.catalogue import ArticleRow
from annotator.store.connection import Connection
from annotator.store.filters import has_keys, parse_filter
from annotator.store.matching import Matching
from annotator.store.ordering import Ordering


class Listing:
    """The list of articles as a reviewer filters it; UsageError for a filter that is none."""

    def __init__(
        self, file: Connection, reviewer: str = "", working: Working | None = None
    ) -> None:
        self._file = file
        self._working = working or Working()
        self.ordering = Ordering(file, self._working.order, reviewer)
        self._kept: tuple[object, Sequence[int]] = (None, ())

    def count(self, reviewer: str, query: str) -> int:
        """Return how many articles there are."""
        if not query or self._paged(query):
            return catalogue.count(self._file, _plain(query))
        return len(self._numbers(reviewer, query))

    def page(self, reviewer: str, offset: int, limit: int, query: str) -> list[ArticleRow]:
        """Return some lines of the list."""
        scheme = log.scheme(self._file)
        if self._paged(query):
            return catalogue.page(self._file, scheme, reviewer, offset, limit, _plain(query))
        numbers = self._numbers(reviewer, query)[offset : offset + limit]
        return catalogue.lines(self._file, scheme, reviewer, numbers)

    def around(
        self, reviewer: str, article_id: str | None, limit: int, query: str
    ) -> list[ArticleRow] | None:
        """Return the lines on either side of an article, or the first ones.

        None where it costs no more to ask for its place and a page.
        """
        if not query or not self._paged(query):
            return None
        scheme, words = log.scheme(self._file), _plain(query)
        return catalogue.around(self._file, scheme, reviewer, article_id, limit, words)

    def position(self, reviewer: str, article_id: str, query: str) -> int | None:
        """Return the place of an article in the list, from 0; None where it is not in it."""
        if self._paged(query):
            return catalogue.position(self._file, article_id, _plain(query))
        number = self._number(article_id)
        numbers = self._numbers(reviewer, query)
        place = self._place(numbers, number)
        return place if place < len(numbers) and numbers[place] == number else None

    def neighbour(self, reviewer: str, article_id: str, step: int, query: str) -> str | None:
        """Return the article some steps after (or, if negative, before) another one."""
        if self._paged(query):
            return catalogue.neighbour(self._file, article_id, step, _plain(query))
        number = self._number(article_id)
        numbers = self._numbers(reviewer, query)
        place = self._place(numbers, number)
        listed = place < len(numbers) and numbers[place] == number
        # An article that is not in the list stands between two that are.
        place += step if listed or step < 0 else step - 1
        if not number or not 0 <= place < len(numbers):
            return None
        there: str = self._file.value(
            "SELECT id FROM catalogue WHERE article = ?", (numbers[place],)
        )
        return there

    def _paged(self, query: str) -> bool:
        """Whether the list need not be worked out as a whole."""
        hiding = self._working.hide_outlet and query
        return self.ordering.added and not hiding and not has_keys(query)

    def _place(self, numbers: Sequence[int], number: int) -> int:
        """Return the place of an article in a list, or where it would be."""
        return bisect_left(numbers, self.ordering.rank(number), key=self.ordering.rank)

    def _number(self, article_id: str) -> int:
        return self._file.value("SELECT number FROM articles WHERE id = ?", (article_id,)) or 0

    def _numbers(self, reviewer: str, query: str) -> Sequence[int]:
        """Return the numbers of the articles in the list, in its order."""
        if not query:
            return self.ordering.numbers()
        key = (reviewer, query, self._file.version())
        if self._kept[0] != key:
            self._kept = (key, self.ordering.sorted(self._work_out(reviewer, query)))
        return self._kept[1]

    def _work_out(self, reviewer: str, query: str) -> Sequence[int]:
        wanted, hidden = parse_filter(query), self._working.hide_outlet
        words = _plain(wanted.words)
        if not has_keys(query):
            return catalogue.numbers(self._file, words, hidden)
        wanted.refuse_outlet(hidden)
        matching = Matching(self._file, log.scheme(self._file), reviewer, wanted)
        return matching.articles(words, hidden)


def _plain(words: str) -> str:
    """Return words as the list is searched for them: quotation marks only say they are no keys."""
    return words.replace('"', "")
