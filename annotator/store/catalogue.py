"""The list of articles and claims: what is shown of each, made from the taggings and the log."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from annotator.model import About, Claim, Tagging
from annotator.scheme import Scheme
from annotator.store import corrections
from annotator.store.codec import TaggingRow, about_from_body, read_body, tagging_from_row
from annotator.store.connection import Connection, Row
from annotator.tagging.lookup import Lookup

TAGGING_COLUMNS = "id, article, language, model, tagger, segments, attributions, claims"
TITLE_LENGTH = 200
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as one line of the corpus."""

    id: str
    title: str
    """The title it came with, else its headline or first words."""
    outlet: str | None
    language: str
    date: str | None
    claims: int
    """Claims on the walk."""
    judged: int
    """Of these, how many the reviewer finished."""
    begun: int
    """Of these, how many the reviewer began and did not finish."""


def fold_text(text: str) -> str:
    """Return a text for searching: lower case, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    return "".join(char for char in parts if not unicodedata.combining(char))


# --- deriving -----------------------------------------------------------------------------------


def taggings(file: Connection, article_id: str) -> list[tuple[int, Tagging]]:
    """Return the taggings of an article with their numbers, the current one last."""
    rows = file.rows(
        "SELECT number, id FROM taggings WHERE article = ? ORDER BY tagger, id", (article_id,)
    )
    chosen = _retagged(file, article_id) if len(rows) > 1 else None
    rows.sort(key=lambda row: row[1] == chosen)
    return [(number, tagging(file, number)) for number, _ in rows]


def current_tagging(file: Connection, article_id: str) -> Tagging | None:
    """Return the current tagging of an article, None where there is no such article."""
    number = file.value(
        "SELECT tagging FROM catalogue WHERE article = (SELECT number FROM articles WHERE id = ?)",
        (article_id,),
    )
    return None if number is None else tagging(file, number)


def tagging(file: Connection, number: int) -> Tagging:
    """Return the tagging of this number; StoreError if it was damaged."""
    identity = file.value("SELECT id FROM taggings WHERE number = ?", (number,))
    known = file.taggings.get(identity)
    if known is None:
        rows = file.rows(f"SELECT {TAGGING_COLUMNS} FROM taggings WHERE number = ?", (number,))
        known = file.taggings.put(identity, Lookup(tagging_from_row(TaggingRow(*rows[0]))))
    return known.tagging


def about(file: Connection, article_id: str) -> About:
    """Return what is shown about an article: what was said first in the order of the log."""
    body = file.value(
        "SELECT body FROM events WHERE target = ? AND kind = 'meta' ORDER BY seq, id LIMIT 1",
        (article_id,),
    )
    return about_from_body(read_body(body)) if body else About()


def derive(file: Connection, number: int) -> None:
    """Make the catalogue line and the claims of one article again, inside the transaction."""
    file.relisted += 1
    (article_id,) = file.rows("SELECT id FROM articles WHERE number = ?", (number,))[0]
    found = taggings(file, article_id)
    before = file.value("SELECT tagging FROM catalogue WHERE article = ?", (number,))
    file.run("DELETE FROM progress WHERE article = ?", (number,))
    file.run("DELETE FROM catalogue WHERE article = ?", (number,))
    if not found:
        return
    # The claims of the current tagging come first and follow from it alone.
    stay = len({claim.id for claim in found[-1][1].claims}) if before == found[-1][0] else 0
    own = corrections.derive(file, number, found[-1][1])
    known = corrections.known_claims(file, found, own)
    file.run("DELETE FROM claims WHERE article = ? AND position >= ?", (number, stay))
    file.run_many(
        "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _claim_rows(number, islice(enumerate(known), stay, None)),
    )
    file.run(
        "INSERT INTO catalogue VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _catalogue_row(file, number, article_id, *found[-1]),
    )
    file.run_many("INSERT INTO progress VALUES (?, ?, ?)", corrections.progress_rows(file, number))


def _retagged(file: Connection, article_id: str) -> str | None:
    # The last retag names the current tagging, unless it names one that is not here.
    chosen: str | None = file.value(
        "SELECT json_extract(body, '$.tagging') AS tagging FROM events"
        " WHERE target = ? AND kind = 'retag' AND EXISTS"
        "  (SELECT 1 FROM taggings WHERE taggings.id = tagging AND article = events.target)"
        " ORDER BY seq DESC, events.id DESC LIMIT 1",
        (article_id,),
    )
    return chosen


def _claim_rows(number: int, known: Iterable[tuple[int, corrections.KnownClaim]]) -> Iterator[Row]:
    for position, (claim, tagging, tagging_number, _, superseded, corrected) in known:
        yield (
            number,
            position,
            claim.id,
            claim.start,
            claim.end,
            tagging.segments[claim.segment].kind,
            claim.voice,
            speaker(tagging, claim),
            claim.walk and not (superseded or corrected),
            superseded,
            tagging_number,
            corrected,
        )


def speaker(tagging: Tagging, claim: Claim) -> str | None:
    """Return who says a claim according to its innermost attribution; None for the narrator's."""
    if not claim.attributions:
        return None
    return tagging.attributions[claim.attributions[0]].speaker


def _catalogue_row(
    file: Connection, number: int, article_id: str, tagging_number: int, tagging: Tagging
) -> Row:
    known = about(file, article_id)
    title = known.title or _first_words(file, number, tagging)
    search = "\n".join(filter(None, (title, known.outlet, known.author)))
    return (
        number,
        article_id,
        title,
        known.outlet,
        known.author,
        known.date,
        known.url,
        tagging_number,
        tagging.language,
        sum(claim.walk for claim in tagging.claims),
        fold_text(search),
    )


def _first_words(file: Connection, number: int, tagging: Tagging) -> str:
    text: str = file.value("SELECT text FROM articles WHERE number = ?", (number,))
    headlines = [one for one in tagging.segments if one.kind == "headline"]
    for segment in (*headlines, *tagging.segments[:1]):
        return " ".join(text[segment.start : segment.end].split())[:TITLE_LENGTH]
    return " ".join(text[:TITLE_LENGTH].split())


# --- paging -------------------------------------------------------------------------------------
# Articles are numbered from 1 without gaps, since none is ever deleted: without a filter, a row's
# place in the list is its number less one, and no row before it need be read.

LINES = "SELECT article, id, title, outlet, language, date, claims FROM catalogue"
MATCHES = "instr(search, ?)"
# The title is the first line of what is searched.
TITLE = "substr(search, 1, instr(search || char(10), char(10)))"


def count(file: Connection, query: str) -> int:
    """Return how many articles the list has."""
    if not query:
        return file.value("SELECT max(article) FROM catalogue") or 0
    found: int = file.value(f"SELECT count(*) FROM catalogue WHERE {MATCHES}", (fold_text(query),))
    return found


def numbers(file: Connection, query: str, titles_only: bool) -> list[int]:
    """Return the numbers of the articles in the list."""
    searched = TITLE if titles_only else "search"
    rows = file.rows(
        f"SELECT article FROM catalogue WHERE instr({searched}, ?) ORDER BY article",
        (fold_text(query),),
    )
    return [number for (number,) in rows]


def page(
    file: Connection, scheme: Scheme, reviewer: str, offset: int, limit: int, query: str
) -> list[ArticleRow]:
    """Return some lines of the list, with the reviewer's progress in each article."""
    if query:
        rows = file.rows(
            f"{LINES} WHERE {MATCHES} ORDER BY article LIMIT ? OFFSET ?",
            (fold_text(query), limit, offset),
        )
    else:
        rows = file.rows(f"{LINES} WHERE article > ? ORDER BY article LIMIT ?", (offset, limit))
    return _with_progress(file, scheme, reviewer, rows)


def around(
    file: Connection, scheme: Scheme, reviewer: str, article_id: str | None, limit: int, query: str
) -> list[ArticleRow]:
    """Return the lines before an article, its own and those after it, so many on each side.

    From the first one on where there is no article, or it is not in the list.
    """
    values = (fold_text(query),)
    here: int = 0
    if article_id is not None:
        number = "(SELECT number FROM articles WHERE id = ?)"
        listed = f"SELECT article FROM catalogue WHERE article = {number} AND {MATCHES}"
        here = file.value(listed, (article_id, *values)) or 0
    matching = f"{LINES} WHERE {MATCHES} AND article"
    before = file.rows(f"{matching} < ? ORDER BY article DESC LIMIT ?", (*values, here, limit))
    after = file.rows(f"{matching} >= ? ORDER BY article LIMIT ?", (*values, here, limit + 1))
    return _with_progress(file, scheme, reviewer, before[::-1] + after)


def lines(
    file: Connection, scheme: Scheme, reviewer: str, numbers: Sequence[int]
) -> list[ArticleRow]:
    """Return the lines of some articles in the order given, with the reviewer's progress."""
    places = {number: place for place, number in enumerate(numbers)}
    rows = file.rows(f"{LINES} WHERE article IN ({_marks(numbers)})", tuple(numbers))
    rows.sort(key=lambda row: places[row[0]])
    return _with_progress(file, scheme, reviewer, rows)


def _with_progress(
    file: Connection, scheme: Scheme, reviewer: str, rows: Sequence[Row]
) -> list[ArticleRow]:
    numbers = [row[0] for row in rows]
    own = _own_walks(file, reviewer, numbers)
    done = _progress(file, scheme, reviewer, [one for one in numbers if one not in own], "claims")
    done |= _progress(file, scheme, reviewer, list(own), "corrected")
    walks = {row[0]: row[-1] for row in rows} | own
    found = []
    for number, identity, title, outlet, language, date, _ in rows:
        judged, begun = done.get(number, (0, 0))
        found.append(
            ArticleRow(identity, title, outlet, language, date, walks[number], judged, begun)
        )
    return found


def position(file: Connection, article_id: str, query: str) -> int | None:
    """Return the place of an article in the list, from 0; None where it is not in it."""
    matches = f"AND {MATCHES}" if query else ""
    values = (fold_text(query),) if query else ()
    number = file.value(
        "SELECT article FROM catalogue WHERE article ="
        f" (SELECT number FROM articles WHERE id = ?) {matches}",
        (article_id, *values),
    )
    if number is None or not query:
        return None if number is None else number - 1
    before: int = file.value(
        f"SELECT count(*) FROM catalogue WHERE article < ? {matches}", (number, *values)
    )
    return before


def neighbour(file: Connection, article_id: str, step: int, query: str) -> str | None:
    """Return the article some steps after (or, if negative, before) another one in the list."""
    matches = f"AND {MATCHES}" if query else ""
    values = (fold_text(query),) if query else ()
    sign, order = (">", "ASC") if step > 0 else ("<", "DESC")
    found: str | None = file.value(
        "SELECT id FROM catalogue WHERE article"
        f" {sign} (SELECT number FROM articles WHERE id = ?) {matches}"
        f" ORDER BY article {order} LIMIT 1 OFFSET ?",
        (article_id, *values, abs(step) - 1),
    )
    return found


def _own_walks(file: Connection, reviewer: str, articles: list[int]) -> dict[int, int]:
    """Return article → claims on the reviewer's walk, where their corrections changed it."""
    rows = file.rows(
        "SELECT article, sum(walk) FROM corrected"
        f" WHERE reviewer = ? AND article IN ({_marks(articles)}) GROUP BY article",
        (reviewer, *articles),
    )
    return dict(rows)


def _progress(
    file: Connection,
    scheme: Scheme,
    reviewer: str,
    articles: list[int],
    table: Literal["claims", "corrected"],
) -> dict[int, tuple[int, int]]:
    """Return article → (finished, begun) for those with a judgement by the reviewer."""
    single = [axis.id for axis in scheme.axes if not axis.many]
    answered = (
        "(SELECT count(*) FROM json_each(state.body, '$.labels') WHERE key IN"
        f" ({_marks(single)}) AND json_array_length(value) > 0) = {len(single)}"
    )
    own = "AND walk.reviewer = progress.reviewer" if table == "corrected" else ""
    rows = file.rows(
        f"SELECT walk.article, sum({answered}), count(*) FROM progress"
        f" CROSS JOIN {table} AS walk ON walk.article = progress.article AND walk.walk {own}"
        " CROSS JOIN state ON state.kind = 'judge' AND state.target = walk.id"
        " AND state.actor = progress.reviewer AND state.body <> '{}'"
        f" WHERE progress.reviewer = ? AND progress.article IN ({_marks(articles)})"
        " GROUP BY walk.article",
        (*single, reviewer, *articles),
    )
    return {article: (finished, seen - finished) for article, finished, seen in rows}


def _marks(values: Sequence[str] | Sequence[int]) -> str:
    return ", ".join("?" * len(values))
