"""The claims that people disagree on, kept up to date with the log by `fold`.

A claim is among them while its finished judgements differ, decided (`settled`) or not (`open`),
and while its decision no longer rests on the current judgements (`stale`) or another one was made
beside it (`contested`).
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence, Set
from itertools import groupby
from operator import itemgetter
from typing import Literal

from annotator.model import canonical_json
from annotator.scheme import Scheme
from annotator.store import log
from annotator.store.codec import read_body
from annotator.store.connection import PAUSE_SECONDS, TRANSACTION_SECONDS, Connection, Row

Status = Literal["open", "stale", "contested", "settled"]
Labels = tuple[tuple[str, ...], ...]
"""The labels of a finished judgement on each axis of the scheme."""

Answer = tuple[Labels, str]
"""These, and the marked words as JSON."""

NONE: Row = (None, None, None)

BATCH = 500
FEW = 100
"""So many claims take no longer to look at than a person waits, whoever judged them."""

BEHIND = "place of the claims to look at under a changed scheme"
"""The setting of this copy that says how far `catch_up` is: [article, position] of the last."""

REOPENED = """
CREATE TEMP TABLE IF NOT EXISTS reopened (claim TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID
"""
ANSWERED = "EXISTS (SELECT 1 FROM state WHERE kind IN ('judge', 'decide') AND target = claims.id)"

# A claim with a single judgement and no decision cannot be disputed.
COMPARABLE = """
(SELECT count(*) FROM (SELECT 1 FROM state WHERE kind = 'judge' AND target = key.claim LIMIT 2)) > 1
OR EXISTS (SELECT 1 FROM state WHERE kind = 'decide' AND target = key.claim)
"""
# The plus sign keeps SQLite from carrying the range of claims over to the state, and from reading
# all the state in that range for each claim.
ANSWERS = f"""
SELECT key.claim, state.kind, state.event, state.seq,
    iif(state.kind = 'judge', json_extract(state.body, '$.labels', '$.spans'), state.body)
FROM temp.reopened AS key
CROSS JOIN state ON state.kind IN ('judge', 'decide') AND state.target = +key.claim
WHERE key.claim > ? AND key.claim <= ? AND (state.kind = 'decide' OR state.body <> '{{}}')
AND ({COMPARABLE})
ORDER BY key.claim
"""
BEFORE = """
SELECT key.claim, claims.article, claims.position, axes, spans, status
FROM temp.reopened AS key
CROSS JOIN claims ON claims.id = key.claim
LEFT JOIN disputes ON disputes.article = claims.article AND disputes.position = claims.position
WHERE key.claim > ? AND key.claim <= ?
"""


def prepare(file: Connection) -> None:
    """Make the list of claims to look at again, before anything is put on it."""
    file.run(REOPENED)


def reopen_article(file: Connection, number: int) -> None:
    """Have all claims of an article looked at again, since their places may have changed."""
    file.run("DELETE FROM disputes WHERE article = ?", (number,))
    file.run("DELETE FROM troubled WHERE article = ?", (number,))
    file.run(
        "INSERT OR IGNORE INTO temp.reopened"
        f" SELECT id FROM claims WHERE article = ? AND {ANSWERED}",
        (number,),
    )


def reopen_touched(file: Connection) -> None:
    """Have the claims of the touched keys looked at again; all of them later if the scheme changed.

    A claim of which no article is here yet comes with its article.
    """
    file.run(
        "INSERT OR IGNORE INTO temp.reopened SELECT target FROM temp.touched"
        " WHERE kind IN ('judge', 'decide') AND EXISTS (SELECT 1 FROM claims WHERE id = target)"
    )
    if file.row("SELECT 1 FROM temp.touched WHERE kind = 'scheme' LIMIT 1"):
        file.run("INSERT OR REPLACE INTO local VALUES (?, '[0,0]')", (BEHIND,))


def is_behind(file: Connection) -> bool:
    """Whether there are claims that were last looked at under an earlier scheme."""
    return file.row("SELECT 1 FROM local WHERE key = ?", (BEHIND,)) is not None


def catch_up(file: Connection) -> None:
    """Look at all claims again after the scheme changed, in short transactions.

    Whoever opens the file next goes on where this was interrupted.
    """
    while is_behind(file):
        with file.writing():
            end = time.monotonic() + TRANSACTION_SECONDS
            while time.monotonic() < end and _catch_up_some(file):
                pass
        time.sleep(PAUSE_SECONDS)


def _catch_up_some(file: Connection) -> bool:
    """Look at the next claims again; return whether there may be more."""
    place = file.value("SELECT value FROM local WHERE key = ?", (BEHIND,))
    if place is None:
        return False
    rows = file.rows(
        "SELECT article, position, id FROM claims WHERE (article, position) > (?, ?)"
        " ORDER BY article, position LIMIT ?",
        (*json.loads(place), FEW),
    )
    prepare(file)
    file.run_many("INSERT OR IGNORE INTO temp.reopened VALUES (?)", [row[2:] for row in rows])
    settle(file, log.scheme(file))
    if not rows:
        caught_up(file)
        return False
    file.run("UPDATE local SET value = ? WHERE key = ?", (json.dumps(rows[-1][:2]), BEHIND))
    return True


def caught_up(file: Connection) -> None:
    """Keep that all claims were looked at under the scheme there is."""
    file.run("DELETE FROM local WHERE key = ?", (BEHIND,))


def settle(file: Connection, scheme: Scheme) -> None:
    """Work out which of the claims on the list are disputed, and empty the list."""
    articles: set[int] = set()
    reader = _Reader(scheme)
    last = ""
    while found := file.rows(
        "SELECT claim FROM temp.reopened WHERE claim > ? ORDER BY claim LIMIT ?", (last, BATCH)
    ):
        articles |= _settle_some(file, reader, (last, found[-1][0]))
        last = found[-1][0]
    file.run("DELETE FROM temp.reopened")
    numbers = [(number,) for number in sorted(articles)]
    file.run_many("DELETE FROM troubled WHERE article = ?", numbers)
    file.run_many(
        "INSERT INTO troubled SELECT article, count(*), sum(status <> 'settled') FROM disputes"
        " WHERE article = ? GROUP BY article",
        numbers,
    )


def _settle_some(file: Connection, reader: _Reader, between: tuple[str, str]) -> set[int]:
    """Settle the claims on the list in a range of ids; return the articles where that changed."""
    now = {
        claim: _dispute(reader, list(group))
        for claim, group in groupby(file.rows(ANSWERS, between), key=itemgetter(0))
    }
    # Most of what is looked at again stays as it is, and need not be written again.
    changed = [
        (article, position, claim, now.get(claim, NONE))
        for claim, article, position, *before in file.rows(BEFORE, between)
        if now.get(claim, NONE) != tuple(before)
    ]
    places = [(article, position) for article, position, *_ in changed]
    file.run_many("DELETE FROM disputes WHERE article = ? AND position = ?", places)
    disputed = [(*row, *dispute) for *row, dispute in changed if dispute != NONE]
    file.run_many("INSERT INTO disputes VALUES (?, ?, ?, ?, ?, ?)", disputed)
    return {article for article, _ in places}


def _dispute(reader: _Reader, rows: Sequence[Row]) -> Row:
    """Return the axes (JSON), spans and status of a claim; `NONE` if it is not disputed."""
    judged = [row for row in rows if row[1] == "judge"]
    answers = {answer for row in judged if (answer := reader.read(row[4])) is not None}
    axes = reader.differing({labels for labels, _ in answers})
    spans = len({spans for _, spans in answers}) > 1
    decided = sorted((row for row in rows if row[1] == "decide"), key=itemgetter(3, 2))
    status = _status({row[2] for row in judged}, decided)
    if status in ("open", "settled") and not (axes or spans):
        return NONE
    return json.dumps(axes, ensure_ascii=False), int(spans), status


def _status(judgements: set[str], decisions: Sequence[Row]) -> Status:
    """Return the status that these decisions, oldest first, give a claim that is disputed."""
    if not decisions or decisions[-1][4] == "{}":
        return "open"
    body = read_body(decisions[-1][4])
    if set(body.get("judgements", ())) != judgements:
        return "stale"
    seen = body.get("decisions", ())
    contested = any(row[4] != "{}" and row[2] not in seen for row in decisions[:-1])
    return "contested" if contested else "settled"


class _Reader:
    """Reads the labels of judgements; there are far fewer ways to answer than judgements."""

    def __init__(self, scheme: Scheme) -> None:
        self.axes = scheme.axes
        self._known: dict[str, Answer | None] = {}

    def read(self, text: str) -> Answer | None:
        """Return the answer in a JSON list of labels and spans; None if it is not finished."""
        if text not in self._known:
            labels, spans = json.loads(text)
            self._known[text] = self._answer(labels or {}, spans)
        return self._known[text]

    def _answer(self, labels: dict[str, list[str]], spans: object) -> Answer | None:
        if not all(axis.many or labels.get(axis.id) for axis in self.axes):
            return None
        return tuple(tuple(labels.get(axis.id, ())) for axis in self.axes), canonical_json(spans)

    def differing(self, answers: Set[Labels]) -> list[str]:
        """Return the axes on which answers differ."""
        if len(answers) < 2:
            return []
        by_axis = zip(self.axes, zip(*answers, strict=True), strict=True)
        return [axis.id for axis, values in by_axis if len(set(values)) > 1]
