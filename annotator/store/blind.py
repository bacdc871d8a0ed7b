"""Who may see whose answers: the one place that screens, commands and exports ask.

A project is blind: whoever has judged a claim in it sees what colleagues said of a claim once
their own finished judgement on it is in. A lead who judges nothing sees all. Anybody can lift
that, for everybody or for themselves; the log tells who did. The setting is a `meta` event about
`SETTING` instead of an article, with the body {"blind": true} or {"blind": false}; the last one
in the log counts. Somebody's own one is about `OWN_SETTING`, and counts until the next for all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from annotator.scheme import Scheme
from annotator.store.codec import read_body
from annotator.store.connection import Connection
from annotator.store.schema import ACTS_OR_UNDO

SETTING = "project"
OWN_SETTING = "project for me"


@dataclass(frozen=True, slots=True)
class Lifts:
    """For whom blindness was ever lifted, be it for a time."""

    for_all: bool
    by: frozenset[str]
    """Who lifted it for themselves."""


# Whether :reviewer has a finished judgement on a claim: one with a label on all axes in :single.
HAS_ANSWERED = """
EXISTS (
    SELECT 1 FROM state WHERE kind = 'judge' AND target = {claim} AND actor = :reviewer
    AND body <> '{{}}' AND NOT EXISTS (
        SELECT 1 FROM json_each(:single) AS axis WHERE NOT EXISTS (
            SELECT 1 FROM json_each(state.body, '$.labels') AS labels
            WHERE labels.key = axis.value AND json_array_length(labels.value) > 0
        )
    )
)
"""


def answering(scheme: Scheme, reviewer: str) -> dict[str, Any]:
    """Return the values that `HAS_ANSWERED` asks for."""
    single = [axis.id for axis in scheme.axes if not axis.many]
    return {"reviewer": reviewer, "single": json.dumps(single)}


LAST_SETTING = f"""
SELECT body FROM (
    SELECT seq, id, body FROM events WHERE target = '{SETTING}' AND kind = 'meta'
    UNION ALL
    SELECT seq, id, body FROM events
    WHERE target = '{OWN_SETTING}' AND kind = 'meta' AND actor = ?
)
ORDER BY seq DESC, id DESC LIMIT 1
"""


def is_blind(file: Connection, reviewer: str = "") -> bool:
    """Whether colleagues' answers are hidden from those who have not answered.

    With a reviewer who judges, whether they are hidden from that person.
    """
    body = file.value(LAST_SETTING, (reviewer,))
    return body is None or read_body(body).get("blind") is not False


def lifts(file: Connection) -> Lifts:
    """Return by whom and for whom blindness was ever lifted."""
    rows = file.rows(
        "SELECT target, actor, body FROM events WHERE kind = 'meta' AND target IN (?, ?)",
        (SETTING, OWN_SETTING),
    )
    lifted = [
        (target, name) for target, name, body in rows if read_body(body).get("blind") is False
    ]
    people = {name for target, name in lifted if target == OWN_SETTING}
    return Lifts(any(target == SETTING for target, _ in lifted), frozenset(people))


def sees_all(file: Connection, reviewer: str) -> bool:
    """Whether nothing is hidden from a reviewer: it is not blind for them, or they never judged.

    A judgement that was withdrawn counts, or withdrawing would be a way to look.
    """
    judged = f"SELECT 1 FROM events WHERE actor = ? AND {ACTS_OR_UNDO} AND kind = 'judge' LIMIT 1"
    return not is_blind(file, reviewer) or file.row(judged, (reviewer,)) is None


def sees(file: Connection, scheme: Scheme, reviewer: str, claim_id: str) -> bool:
    """Whether a reviewer may see what colleagues said of a claim, decisions included."""
    values = {**answering(scheme, reviewer), "claim": claim_id}
    answered = file.value(f"SELECT {HAS_ANSWERED.format(claim=':claim')}", values)
    return bool(answered) or sees_all(file, reviewer)


def hides(file: Connection, scheme: Scheme, reviewer: str) -> bool:
    """Whether colleagues said anything that a reviewer may not see yet."""
    if sees_all(file, reviewer):
        return False
    hidden = file.row(
        "SELECT 1 FROM state AS said WHERE kind IN ('judge', 'decide') AND body <> '{}'"
        f" AND actor <> :reviewer AND NOT {HAS_ANSWERED.format(claim='said.target')} LIMIT 1",
        answering(scheme, reviewer),
    )
    return hidden is not None
