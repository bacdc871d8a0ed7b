"""The append-only log of what people do: writing, reading, and what may be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from annotator.errors import JudgementError
from annotator.model import EVENT_KINDS, Event, EventKind, canonical_json
from annotator.scheme import Scheme, default_scheme, parse_scheme
from annotator.store.connection import Connection, Row
from annotator.store.schema import ACTS_OR_UNDO
from annotator.store.work import WORK

COLUMNS = "seq, actor, device, prev, at, kind, target, body"
BATCH = 500

MOST_BODY = 200_000
"""How many characters the body of an event may have."""


def canonical_body(body: Mapping[str, Any]) -> str:
    """Return an event's body in its stored form; ValueError or TypeError if it is not plain."""
    _refuse_fractions(body)
    return canonical_json(body)


def write_event(
    file: Connection, device: str, actor: str, kind: EventKind, target: str, body: Mapping[str, Any]
) -> Event:
    """Add an event at the end of the log, inside the caller's write transaction.

    JudgementError where the name is empty or the body too long.
    """
    if kind not in EVENT_KINDS:
        raise ValueError(f"unknown kind of event: {kind}")
    if not actor.strip():
        raise JudgementError("the name of the reviewer is empty")
    text = canonical_body(body)
    if len(text) > MOST_BODY:
        raise JudgementError(f"longer than {MOST_BODY} characters")
    seq = (file.value("SELECT max(seq) FROM events") or 0) + 1
    prev = file.value(
        "SELECT id FROM events WHERE actor = ? AND device = ? ORDER BY seq DESC, id DESC LIMIT 1",
        (actor, device),
    )
    event = Event(seq, actor, device, prev, _now(), kind, target, text)
    file.run(
        f"INSERT INTO events (id, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (event.id, seq, actor, device, prev, event.at, kind, target, event.body),
    )
    return event


def last_number(file: Connection) -> int:
    """Return the arrival number of the newest event, 0 where there is none."""
    return file.value("SELECT max(number) FROM events") or 0


def read_event(file: Connection, event_id: str) -> Event | None:
    """Return an event by id, or None."""
    row = file.row(f"SELECT {COLUMNS} FROM events WHERE id = ?", (event_id,))
    return Event(*row) if row else None


def events(
    file: Connection, actor: str | None, kind: EventKind | None, target: str | None
) -> Iterator[Event]:
    """Yield the events that match every filter given, in the order of the log."""
    filters = {"actor": actor, "kind": kind, "target": target}
    wanted = {name: value for name, value in filters.items() if value is not None}
    # A plus sign keeps an index from being used: by actor or kind, sorting what it finds anew for
    # every batch costs more than going through the log once.
    terms = {"actor": " AND +actor = ?", "kind": " AND +kind = ?", "target": " AND target = ?"}
    condition = "".join(terms[name] for name in wanted)
    last: Row = (0, "")
    while True:
        rows = file.rows(
            f"SELECT {COLUMNS}, id FROM events WHERE (seq, id) > (?, ?){condition}"
            " ORDER BY seq, id LIMIT ?",
            (*last, *wanted.values(), BATCH),
        )
        for row in rows:
            yield Event(*row[:-1])
        if len(rows) < BATCH:
            return
        last = (rows[-1][0], rows[-1][-1])


class EventRow(NamedTuple):
    """An event as it is kept, its body unread and its id unverified."""

    id: str
    seq: int
    actor: str
    device: str
    prev: str | None
    at: str
    kind: EventKind
    target: str
    body: str


def event_rows(file: Connection) -> Iterator[EventRow]:
    """Yield the whole log in its order."""
    last: Row = (0, "")
    while rows := file.rows(
        f"SELECT id, {COLUMNS} FROM events WHERE (seq, id) > (?, ?) ORDER BY seq, id LIMIT ?",
        (*last, BATCH),
    ):
        yield from map(EventRow._make, rows)
        last = (rows[-1][1], rows[-1][0])


def to_undo(file: Connection, device: str, actor: str) -> str | None:
    """Return the id of the event that an undo would take back: the actor's last one here."""
    found: str | None = file.value(
        f"SELECT id FROM events WHERE actor = ? AND device = ? AND {ACTS_OR_UNDO}"
        " AND kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM undone WHERE event = events.id)"
        " ORDER BY seq DESC, id DESC LIMIT 1",
        (actor, device),
    )
    return found


def to_redo(file: Connection, device: str, actor: str) -> tuple[str, str] | None:
    """Return (the undo, the event it took back) that a redo would put back.

    It is the last undo that still holds since the actor's last own act here.
    """
    act = file.row(
        f"SELECT seq, id FROM events WHERE actor = ? AND device = ? AND {ACTS_OR_UNDO}"
        " AND kind <> 'undo' ORDER BY seq DESC, id DESC LIMIT 1",
        (actor, device),
    )
    if act is None:
        return None
    row = file.row(
        f"SELECT id, target FROM events WHERE actor = ? AND device = ? AND {ACTS_OR_UNDO}"
        " AND (seq, id) > (?, ?) AND kind = 'undo'"
        " AND NOT EXISTS (SELECT 1 FROM undone WHERE event = events.id)"
        " AND EXISTS (SELECT 1 FROM events act WHERE act.id = events.target AND act.kind <> 'undo')"
        " ORDER BY seq DESC, id DESC LIMIT 1",
        (actor, device, *act),
    )
    return (row[0], row[1]) if row else None


def actors(file: Connection) -> dict[str, str]:
    """Return everybody in the log → the id of the first event in their name."""
    # The number is padded so that the smallest text is the first in the order of the log.
    rows = file.rows(
        "SELECT actor, substr(min(printf('%020d', seq) || id), 21) FROM events GROUP BY actor"
    )
    return dict(rows)


def named(file: Connection) -> dict[str, str]:
    """Return whom the log names otherwise than as authors → the id of the first event that does."""
    rows = file.rows(
        "SELECT name.value, substr(min(printf('%020d', events.seq) || events.id), 21)"
        " FROM events, json_each(CASE kind WHEN 'send_back' THEN json_array(body ->> '$.to')"
        " ELSE json_array(events.target, body ->> '$.name') END) AS name"
        " WHERE events.kind IN ('assign', 'person', 'send_back') AND events.target <> ?"
        " AND typeof(name.value) = 'text' GROUP BY name.value",
        (WORK,),
    )
    return dict(rows)


def actors_of(file: Connection, kind: EventKind) -> list[str]:
    """Return all who have written an event of this kind, sorted."""
    # Steps from one actor to the next through the index instead of reading every event.
    rows = file.rows(
        "WITH RECURSIVE names (name) AS (SELECT min(actor) FROM events UNION ALL"
        " SELECT (SELECT min(actor) FROM events WHERE actor > name) FROM names"
        " WHERE name IS NOT NULL)"
        " SELECT name FROM names WHERE EXISTS (SELECT 1 FROM events WHERE actor = name"
        f" AND {ACTS_OR_UNDO} AND kind = ?)",
        (kind,),
    )
    return [name for (name,) in rows]


def acted_on(file: Connection, kind: EventKind) -> list[str]:
    """Return the targets of everybody's standing acts of a kind, sorted."""
    rows = file.rows(
        "SELECT DISTINCT target FROM state WHERE kind = ? AND body <> '{}' ORDER BY target", (kind,)
    )
    return [target for (target,) in rows]


def scheme(file: Connection) -> Scheme:
    """Return the label set: that of the last `scheme` event, else the default one."""
    text = _of_scheme(file, "text")
    return _scheme(text, str(file.path)) if text else default_scheme()


def codebook_text(file: Connection) -> str | None:
    """Return the codebook in the last `scheme` event, or None."""
    return _of_scheme(file, "codebook")


def forks(file: Connection) -> list[str]:
    """Return a line for each place where an actor's chain on a device goes on in two ways.

    That is legitimate: somebody worked on two copies of the same file.
    """
    rows = file.rows(
        "SELECT actor, device, prev, count(*) FROM events"
        " GROUP BY actor, device, prev HAVING count(*) > 1 ORDER BY actor, device, prev"
    )
    return [
        f"{actor} on device {device}: {ways} events follow {prev or 'the beginning'}"
        for actor, device, prev, ways in rows
    ]


def _of_scheme(file: Connection, name: str) -> str | None:
    text: str | None = file.value(
        "SELECT json_extract(body, '$.' || ?) FROM state WHERE kind = 'scheme'"
        " ORDER BY seq DESC, event DESC LIMIT 1",
        (name,),
    )
    return text


@lru_cache(maxsize=4)
def _scheme(text: str, where: str) -> Scheme:
    return parse_scheme(text, where)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _refuse_fractions(value: object) -> None:
    if isinstance(value, float):
        raise ValueError("an event's body holds no fractions")
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("an event's body has names as keys")
        for one in value.values():
            _refuse_fractions(one)
    elif isinstance(value, list | tuple):
        for one in value:
            _refuse_fractions(one)
