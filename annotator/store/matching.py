"""The claims on a reviewer's walk for which a filter holds, in one order of the articles."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import merge
from itertools import chain, groupby, islice
from typing import NamedTuple, TypeVar

from annotator.model import Span
from annotator.scheme import Scheme
from annotator.store.catalogue import TITLE, fold_text
from annotator.store.conditions import conditions
from annotator.store.connection import Connection
from annotator.store.filters import ClaimFilter
from annotator.store.fulltext import notes_with, sentence_ends, sentences_in, sentences_with
from annotator.store.ordering import Ordering
from annotator.store.walks import OWN, Stops
from annotator.store.words import parse_query

BATCH = 500
BEGINNING, END = (0, -1), 2**40
AMONG = "{outer}.article IN (SELECT value FROM json_each(:articles))"
Item = TypeVar("Item")

# The claim itself, or where it is in the reviewer's own list of an article's claims, that one.
OWN_TAG = "iif(corrected.id IS NULL, claims.{tag}, corrected.{tag})"

# The claims of the machine's walk, but for articles of which the reviewer's corrections made
# another one, and the claims of these. CROSS JOIN makes SQLite go through the tables in the order
# given: as they are listed, or from what there is little of.
NOT_OWN = f"claims.walk AND NOT EXISTS ({OWN.format(article='catalogue.article')})"
LISTED = "catalogue CROSS JOIN claims ON claims.article = catalogue.article"
SPOKEN = (
    "claims INDEXED BY claims_by_speaker CROSS JOIN catalogue"
    " ON catalogue.article = claims.article AND claims.walk AND claims.speaker IS NOT NULL"
)
MARKED = (
    "state AS mark CROSS JOIN claims ON claims.id = mark.target CROSS JOIN catalogue"
    " ON catalogue.article = claims.article"
    " AND mark.kind = '{kind}' AND mark.actor = :who AND mark.body <> '{{}}'"
)
OWN_LISTED = (
    "corrected INDEXED BY corrected_by_reviewer CROSS JOIN catalogue"
    " ON catalogue.article = corrected.article"
    " AND corrected.reviewer = :reviewer AND corrected.walk"
    " CROSS JOIN claims ON claims.id = corrected.id"
)
ARM = (
    "SELECT {outer}.article, {table}.position, claims.id, catalogue.id FROM {source} WHERE {terms}"
)
BEYOND = (
    "{outer}.article {sign}= :article"
    " AND ({outer}.article, {table}.position) {sign} (:article, :position)"
)


class Found(NamedTuple):
    """A claim that a filter found."""

    article: int
    """Number of its article."""
    position: int
    """Place among the claims of the article."""
    claim_id: str
    article_id: str
    sentence: Span | None = None
    """The sentence that has the words searched for."""
    note: tuple[str, str] | None = None
    """Author and text of a note that has them, where no sentence does."""

    @property
    def place(self) -> tuple[int, int]:
        """Where it is in the order of the list."""
        return self.article, self.position


class Matching:
    """A filter put to a project by a reviewer; UsageError for a label that the scheme lacks.

    The articles come as they were added, or in the `ordering`.
    """

    def __init__(
        self,
        file: Connection,
        scheme: Scheme,
        reviewer: str,
        wanted: ClaimFilter,
        ordering: Ordering | None = None,
    ) -> None:
        self._file = file
        self._scheme = scheme
        self._reviewer = reviewer
        self._wanted = wanted
        self._conditions = conditions(file, scheme, reviewer, wanted)
        self._query = parse_query(wanted.words)
        self._ordering = ordering or Ordering(file)

    def after(
        self, place: tuple[int, int], forward: bool = True, at_once: int = BATCH
    ) -> Iterator[Found]:
        """Yield the claims after (or, backward, before) a place: article number and position.

        `at_once` is how many are wanted before the first is looked at.
        """
        if self._query.phrases:
            return self._with_words(place, forward)
        if self._ordering.added:
            return self._without_words(place, forward, at_once)
        return self._without_words_in_order(place, forward)

    def first(self, place: tuple[int, int], forward: bool) -> Found | None:
        """Return the next claim after (or, backward, before) a place, None if there is none."""
        return next(self.after(place, forward, at_once=1), None)

    def within(self, article: int) -> list[str]:
        """Return the ids of the claims in the article of a number."""
        if self._query.phrases:
            starts = sentences_in(self._file, self._query, article)
            notes = [one for one in self._in_notes(BEGINNING, True) if one.article == article]
            both = self._each_once(iter(self._stops(article, starts)), notes, True)
            return [one.claim_id for one in self._good(list(both))]
        arms = " UNION ALL ".join(self._arms(["{outer}.article = :article"]))
        values = self._conditions.values | {"article": article}
        rows = self._file.rows(f"{arms} ORDER BY 2", values)
        return [claim_id for _, _, claim_id, _ in rows]

    def count(self, most: int) -> int:
        """Return how many claims there are, counted up to `most`."""
        if self._query.phrases:
            return sum(1 for _ in islice(self.after(BEGINNING), most))
        arms = " UNION ALL ".join(self._arms([]))
        found: int = self._file.value(
            f"SELECT count(*) FROM ({arms} LIMIT :most)", self._conditions.values | {"most": most}
        )
        return found

    def articles(self, part: str, titles_only: bool = False) -> list[int]:
        """Return the numbers of the articles with such claims, in order.

        The filter's words do not count; instead title, outlet or author (or only the title) must
        have some characters.
        """
        titled = f"instr({TITLE if titles_only else 'search'}, :part)"
        if self._wanted.about_claims:
            query = f"SELECT DISTINCT article FROM ({' UNION ALL '.join(self._arms([titled]))})"
        else:
            terms = " AND ".join([*self._conditions.terms, titled])
            query = f"SELECT article FROM catalogue WHERE {terms}"
        rows = self._file.rows(
            f"{query} ORDER BY article", self._conditions.values | {"part": fold_text(part)}
        )
        return [number for (number,) in rows]

    # --- without words --------------------------------------------------------------------------

    def _without_words(
        self, place: tuple[int, int], forward: bool, at_once: int
    ) -> Iterator[Found]:
        while found := self._page(place, forward, at_once):
            yield from found
            place = found[-1].place

    def _page(self, place: tuple[int, int], forward: bool, limit: int) -> list[Found]:
        sign, order = (">", "ASC") if forward else ("<", "DESC")
        arms = " UNION ALL ".join(self._arms([BEYOND.replace("{sign}", sign)]))
        values = {"article": place[0], "position": place[1], "limit": limit}
        rows = self._file.rows(
            f"{arms} ORDER BY 1 {order}, 2 {order} LIMIT :limit", self._conditions.values | values
        )
        return [Found(*row) for row in rows]

    def _arms(self, terms: Sequence[str]) -> list[str]:
        """Return the queries for the machine's walk and the reviewer's own; `terms` are added."""
        arms: tuple[tuple[str, str, str, list[str]], ...] = (
            ("catalogue", "claims", self._source(), [NOT_OWN]),
            ("corrected", "corrected", OWN_LISTED, []),
        )
        return [
            ARM.format(
                outer=outer,
                table=table,
                source=source,
                terms=" AND ".join(
                    [
                        *self._conditions.terms,
                        *self._conditions.on_tags(f"{table}.voice", f"{table}.speaker"),
                        *own,
                        *(term.format(outer=outer, table=table) for term in terms),
                    ]
                    or ["true"]
                ),
            )
            for outer, table, source, own in arms
        ]

    def _source(self) -> str:
        if self._wanted.flagged or self._wanted.skipped:
            return MARKED.format(kind="flag" if self._wanted.flagged else "skip")
        return SPOKEN if self._conditions.says_little else LISTED

    def _without_words_in_order(self, place: tuple[int, int], forward: bool) -> Iterator[Found]:
        for some in growing(self._articles(place[0], forward)):
            arms = " UNION ALL ".join(self._arms([AMONG]))
            values = self._conditions.values | {"articles": json.dumps(some)}
            rows = self._file.rows(f"{arms} ORDER BY 2 {'ASC' if forward else 'DESC'}", values)
            found: dict[int, list[Found]] = {article: [] for article in some}
            for one in (Found(*row) for row in rows):
                found[one.article].append(one)
            for in_article in found.values():
                yield from (one for one in in_article if is_beyond(one, place, forward))

    def _articles(self, article: int, forward: bool) -> Iterator[int]:
        """Yield the numbers of the articles from one on (or back) in their order."""
        # Chained, so that the order is worked out only once this article has no more.
        return chain([article], chain.from_iterable(self._ordering.beyond(article, forward)))

    # --- with words -----------------------------------------------------------------------------

    def _with_words(self, place: tuple[int, int], forward: bool) -> Iterator[Found]:
        for some in growing(self._candidates(place, forward)):
            yield from self._good(some)

    def _candidates(self, place: tuple[int, int], forward: bool) -> Iterator[Found]:
        """Yield the claims whose sentence, or a note on which, has the words, after a place."""
        sentences = self._in_sentences(place, forward)
        notes = self._in_notes(place, forward)
        return self._each_once(sentences, notes, forward) if notes else sentences

    def _each_once(
        self, sentences: Iterator[Found], notes: Sequence[Found], forward: bool
    ) -> Iterator[Found]:
        both = merge(sentences, notes, key=self._rank, reverse=not forward)
        # Of a claim with both, the one in the sentence comes first.
        for _, same in groupby(both, key=lambda one: one.place):
            yield next(same)

    def _rank(self, one: Found) -> tuple[int, int]:
        return self._ordering.rank(one.article), one.position

    def _in_notes(self, place: tuple[int, int], forward: bool) -> list[Found]:
        found: dict[tuple[int, int], Found] = {}
        for one in notes_with(self._file, self._scheme, self._reviewer, self._query):
            here = Found(*one[:4], None, (one.author, one.note))
            rank, start = self._rank(here), (self._ordering.rank(place[0]), place[1])
            if rank > start if forward else rank < start:
                found.setdefault(here.place, here)
        return sorted(found.values(), key=self._rank, reverse=not forward)

    def _in_sentences(self, place: tuple[int, int], forward: bool) -> Iterator[Found]:
        for some in growing(self._sentences(place[0], forward)):
            promising = self._promising([article for article, _ in some])
            for article, starts in some:
                if article in promising:
                    found = self._stops(article, starts)
                    for one in found if forward else reversed(found):
                        if is_beyond(one, place, forward):
                            yield one

    def _sentences(self, article: int, forward: bool) -> Iterator[tuple[int, list[int]]]:
        """Yield (article number, starts of the sentences with the words), from one on or back."""
        if self._ordering.added:
            yield from sentences_with(self._file, self._query, article, forward)
            return
        yield article, sentences_in(self._file, self._query, article)
        # The index has them as they were added: all are read, at once.
        everywhere = dict(sentences_with(self._file, self._query, 0, True, at_once=END))
        for other in islice(self._articles(article, forward), 1, None):
            if other in everywhere:
                yield other, everywhere[other]

    def _promising(self, articles: Sequence[int]) -> Collection[int]:
        """Return those of some articles in which the other conditions hold of any claim."""
        if not (self._conditions.terms or self._conditions.tags):
            return articles
        arms = " UNION ALL ".join(self._arms([AMONG]))
        rows = self._file.rows(
            f"SELECT DISTINCT article FROM ({arms})",
            self._conditions.values | {"articles": json.dumps(articles)},
        )
        return {number for (number,) in rows}

    def _stops(self, article: int, starts: Sequence[int]) -> list[Found]:
        """Return the claims that stand for the sentences of an article that start there."""
        stops = Stops(self._file, self._reviewer, article)
        ends = sentence_ends(self._file, article)
        article_id: str = self._file.value("SELECT id FROM articles WHERE number = ?", (article,))
        found = {
            stop.position: Found(article, stop.position, stop.claim_id, article_id, sentence)
            # Of several sentences without claims near the same one the first counts.
            for sentence in ((start, ends[start]) for start in reversed(starts))
            for stop in stops.of(sentence)
        }
        return sorted(found.values(), key=lambda one: one.position)

    def _good(self, some: Sequence[Found]) -> Iterator[Found]:
        """Yield those for which the other conditions hold too."""
        tags = (OWN_TAG.format(tag=tag) for tag in ("voice", "speaker"))
        terms = [*self._conditions.terms, *self._conditions.on_tags(*tags)]
        if not terms:
            yield from some
            return
        ids = json.dumps([one.claim_id for one in some])
        rows = self._file.rows(
            "SELECT claims.id FROM json_each(:candidates) AS candidate"
            " CROSS JOIN claims ON claims.id = candidate.value"
            " CROSS JOIN catalogue ON catalogue.article = claims.article"
            " LEFT JOIN corrected ON corrected.reviewer = :reviewer AND corrected.id = claims.id"
            f" WHERE {' AND '.join(terms)}",
            self._conditions.values | {"candidates": ids},
        )
        good = {identity for (identity,) in rows}
        yield from (one for one in some if one.claim_id in good)


def growing(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield things some at a time, more and more: a single one is wanted more often than many."""
    rest, size = iter(items), 1
    while some := list(islice(rest, size)):
        yield some
        size = min(2 * size, BATCH)


def is_beyond(one: Found, place: tuple[int, int], forward: bool) -> bool:
    """Whether a claim is after (or, backward, before) a place, or in another article."""
    if one.article != place[0]:
        return True
    return one.position > place[1] if forward else one.position < place[1]


def place_of(
    file: Connection, reviewer: str, article_id: str, claim_id: str | None, forward: bool
) -> tuple[int, int] | None:
    """Return (article number, position) of a claim in the order of the reviewer's walk.

    Without a claim, the place before the article's first (after its last); None without article.
    """
    number = file.value("SELECT number FROM articles WHERE id = ?", (article_id,))
    if number is None:
        return None
    values = {"article": number, "reviewer": reviewer, "claim": claim_id}
    position = file.value(
        "SELECT coalesce((SELECT position FROM corrected WHERE article = :article"
        " AND reviewer = :reviewer AND id = :claim),"
        " (SELECT position FROM claims WHERE article = :article AND id = :claim))",
        values,
    )
    return number, position if position is not None else (-1 if forward else END)
