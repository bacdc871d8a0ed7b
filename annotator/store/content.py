"""Verifying what a project file keeps, by its own content alone: the same for ours and theirs.

Each of `PARTS` yields a line for every article, tagging or event that is not as it must be. They
take for granted that the database itself is sound and that its tables are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from annotator.display import display_text
from annotator.errors import StoreError
from annotator.model import (
    ATTRIBUTION_KINDS,
    EVENT_KINDS,
    SEGMENT_KINDS,
    SPEAKER_TYPES,
    VOICES,
    Attribution,
    Claim,
    Segment,
    Span,
    Tagging,
    canonical_json,
    digest,
    event_id,
)
from annotator.store import bodies
from annotator.store.catalogue import TAGGING_COLUMNS
from annotator.store.codec import TaggingRow, tagging_from_row, tagging_to_row
from annotator.store.connection import Connection, Row
from annotator.store.log import COLUMNS
from annotator.store.schema import ACTS_OR_UNDO

MOST_TEXT = 20_000_000
MOST_NAME = 100
MOST_TARGET = 200
LAST_SEQ = 2**53
"""Counters beyond this are refused, so that nobody can use them up for everybody."""

TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
BATCH = 500

LOST = "lost"
"""What a `meta` event is about that names the events missing from a recovered file."""

# A project hands out its log only in part, and a damaged one was saved only in part: an `assign`
# event, or one that names what was lost, says how far the counter was then.
EXCUSES = f"(kind = 'assign' OR (kind = 'meta' AND target = '{LOST}'))"
START = f"(SELECT coalesce(max(seq), 0) FROM events WHERE {EXCUSES})"

# Events that are known to be missing: what follows on them is in order.
KNOWN_LOST = (
    "(SELECT lost.value FROM events AS saved, json_each(saved.body, '$.lost') AS lost"
    f" WHERE saved.kind = 'meta' AND saved.target = '{LOST}')"
)

# Whoever judged one of these claims and marked words beyond the end of the article.
BEYOND = """
SELECT events.id FROM json_each(?) AS claim
CROSS JOIN events ON events.target = claim.value AND events.kind IN ('judge', 'decide')
CROSS JOIN json_each(events.body, '$.spans') AS label
CROSS JOIN json_each(label.value) AS span
WHERE instr(events.body, '"spans"') AND json_extract(span.value, '$[1]') > ?
"""


def articles(file: Connection) -> Iterator[str]:
    """Yield what is wrong with the articles."""
    expected = 1
    for number, identity, text in _all(file, "articles", "id, text"):
        if digest(text) != identity:
            yield f"article {identity}: its text is not the one it had"
        if number != expected:
            yield f"article {identity}: numbered {number}, not {expected}"
        if len(text) > MOST_TEXT:
            yield f"article {identity}: longer than {MOST_TEXT} characters"
        expected = number + 1
    for (identity,) in file.rows(
        "SELECT id FROM articles WHERE NOT EXISTS"
        " (SELECT 1 FROM taggings WHERE taggings.article = articles.id) ORDER BY number"
    ):
        yield f"article {identity}: has no tagging"


def taggings(file: Connection) -> Iterator[str]:
    """Yield what is wrong with the taggings."""
    for row in _all(file, "taggings", TAGGING_COLUMNS):
        one = TaggingRow(*row[1:])
        text = file.value("SELECT text FROM articles WHERE id = ?", (one.article,)) or ""
        tagging = readable_tagging(one, text)
        if isinstance(tagging, str):
            yield f"tagging {one.id}: {tagging}"
            continue
        claims = canonical_json([claim.id for claim in tagging.claims])
        for (event,) in file.rows(BEYOND, (claims, len(text))):
            yield f"event {event}: marks words beyond the end of the text"


def events(file: Connection) -> Iterator[str]:
    """Yield what is wrong with single events."""
    for _, identity, *columns in _all(file, "events", f"id, {COLUMNS}"):
        problem = event_problem(identity, columns)
        if problem:
            yield f"event {identity}: {problem}"


def counters(file: Connection) -> Iterator[str]:
    """Yield the events whose counter is ahead of all that the file says had happened by then.

    An event's counter is one more than the highest its author's file had, so the n-th event in
    the order of the log has at most n; or, where the file was handed out by a project whose
    counter stood at s, at most s + n.
    """
    rows = file.rows(
        f"SELECT id, seq, place FROM (SELECT id, seq, row_number() OVER (ORDER BY seq, id) AS place"
        f" FROM events) WHERE seq > place + {START} OR seq > {LAST_SEQ} LIMIT {BATCH}"
    )
    for identity, seq, place in rows:
        yield f"event {identity}: counted {seq}, but only the {place}th here"


def chains(file: Connection) -> Iterator[str]:
    """Yield the events whose predecessor is not there or not an earlier one of the same chain.

    What a colleague needs to know of a project's history is handed out without what lay between.
    """
    rows = file.rows(
        "SELECT event.id, before.id IS NULL FROM events AS event"
        " LEFT JOIN events AS before ON before.id = event.prev"
        " WHERE event.prev IS NOT NULL AND CASE WHEN before.id IS NULL"
        f"  THEN (event.{ACTS_OR_UNDO} OR event.seq > {START}) AND event.prev NOT IN {KNOWN_LOST}"
        "  ELSE before.actor <> event.actor OR before.device <> event.device"
        "   OR before.seq >= event.seq END"
    )
    for identity, missing in rows:
        what = "is missing" if missing else "is not an earlier one of its author and device"
        yield f"event {identity}: the event before it {what}"


def undos(file: Connection) -> Iterator[str]:
    """Yield the undos of nothing, and those further from an act than an undo of an undo.

    The program writes none such, and a long chain of them would take long to settle.
    """
    rows = file.rows(
        "SELECT event.id, act.id IS NULL FROM events AS event"
        " LEFT JOIN events AS act ON act.id = event.target"
        " LEFT JOIN events AS first ON first.id = act.target AND act.kind = 'undo'"
        " WHERE event.kind = 'undo'"
        f" AND (CASE WHEN act.id IS NULL THEN event.target NOT IN {KNOWN_LOST}"
        "  ELSE act.kind = 'undo' AND first.kind = 'undo' END)"
    )
    for identity, missing in rows:
        yield f"event {identity}: {'takes back nothing' if missing else 'an undo too far'}"


PARTS = (articles, events, taggings, counters, chains, undos)


def event_problem(identity: str, columns: Iterable[Any]) -> str | None:
    """Return what is wrong with the columns of one event, or None."""
    try:
        changed = event_id(*columns) != identity
    except (TypeError, ValueError):
        return "holds what no event holds"
    if changed:
        return "changed after it was written"
    _, actor, device, _, at, kind, target, body = columns
    if kind not in EVENT_KINDS:
        return f"of an unknown kind ({kind[:MOST_NAME]})"
    if not (_is_name(actor) and _is_name(device)):
        return "its author or device is not a name"
    if not _is_time(at):
        return "its time is not a time"
    if len(target) > MOST_TARGET:
        return f"its target is longer than {MOST_TARGET} characters"
    return bodies.problem(kind, body)


def readable_tagging(row: TaggingRow, text: str) -> Tagging | str:
    """Return the tagging of this text that a row holds, or what is wrong with it."""
    try:
        tagging = tagging_from_row(row)
        problem = tagging_problem(tagging, text)
        if problem is None and tagging_to_row(tagging) != row:
            problem = "not in the form it must have"
        return problem or tagging
    except StoreError as error:
        return str(error)
    except RecursionError:
        return "nested too deeply"


def tagging_problem(tagging: Tagging, text: str) -> str | None:
    """Return what is wrong with a tagging of this text, or None."""
    try:
        return _offsets_problem(tagging, len(text)) or _values_problem(tagging)
    except TypeError:
        return "holds what no tagging holds"


def _offsets_problem(tagging: Tagging, length: int) -> str | None:
    spans: list[Span] = [(one.start, one.end) for one in tagging.segments]
    spans += [(one.start, one.end) for one in tagging.claims]
    for attribution in tagging.attributions:
        spans += (*attribution.content, *attribution.cue, *attribution.source)
    for start, end in spans:
        if not (type(start) is type(end) is int and 0 <= start < end <= length):
            return f"{start}-{end} is no stretch of the text"
    last = 0
    for segment in tagging.segments:
        if segment.start < last:
            return f"its segment at {segment.start} is out of order"
        last = segment.end
    return None


def _values_problem(tagging: Tagging) -> str | None:
    for segment in tagging.segments:
        if not _is_segment(segment):
            return f"its segment at {segment.start} is of no known kind"
    for attribution in tagging.attributions:
        if not _is_attribution(attribution):
            return f"its attribution at {attribution.content[:1]} is not one"
    for claim in tagging.claims:
        if not (type(claim.segment) is int and 0 <= claim.segment < len(tagging.segments)):
            return f"claim {claim.id} names a segment that is not there"
        known = range(len(tagging.attributions))
        if not all(type(one) is int and one in known for one in claim.attributions):
            return f"claim {claim.id} names an attribution that is not there"
        if not _is_claim(claim):
            return f"claim {claim.id} is in no known voice"
    return None


def _is_segment(segment: Segment) -> bool:
    return segment.kind in SEGMENT_KINDS


def _is_claim(claim: Claim) -> bool:
    return claim.voice in VOICES and type(claim.walk) is bool


def _is_attribution(attribution: Attribution) -> bool:
    texts = (attribution.speaker, attribution.speaker_type, attribution.via)
    return (
        bool(attribution.content)
        and attribution.kind in ATTRIBUTION_KINDS
        and (attribution.speaker_type is None or attribution.speaker_type in SPEAKER_TYPES)
        and all(text is None or isinstance(text, str) for text in texts)
        and isinstance(attribution.rule, str)
    )


@lru_cache(maxsize=1024)
def _is_name(name: str) -> bool:
    return 0 < len(name) <= MOST_NAME and name == name.strip() and display_text(name) == name


def _is_time(text: str) -> bool:
    if not TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _all(file: Connection, table: str, columns: str) -> Iterator[Row]:
    """Yield (number, columns…) of a kept table, without holding the file between batches."""
    last = 0
    while rows := file.rows(
        f"SELECT number, {columns} FROM {table} WHERE number > ? ORDER BY number LIMIT ?",
        (last, BATCH),
    ):
        yield from rows
        last = rows[-1][0]
