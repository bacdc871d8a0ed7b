"""The queue of claims that wait for a decision, kept up to date with the log by `fold`.

A claim is in it while its finished judgements differ and nobody has decided it, and again when
the decision no longer rests on the current judgements or another one was made beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal

from annotator.scheme import Scheme
from annotator.store.codec import read_body
from annotator.store.connection import Connection, Row

Status = Literal["open", "stale", "contested"]
BATCH = 500

REOPENED = """
CREATE TEMP TABLE IF NOT EXISTS reopened (claim TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID
"""
ANSWERED = "EXISTS (SELECT 1 FROM state WHERE kind IN ('judge', 'decide') AND target = claims.id)"

# A claim with a single judgement and no decision cannot be in the queue.
COMPARABLE = """
(SELECT count(*) FROM (SELECT 1 FROM state WHERE kind = 'judge' AND target = key.claim LIMIT 2)) > 1
OR EXISTS (SELECT 1 FROM state WHERE kind = 'decide' AND target = key.claim)
"""
# The plus sign keeps SQLite from carrying the range of claims over to the state, and from reading
# all the state in that range for each claim.
ANSWERS = f"""
SELECT key.claim, claims.article, claims.position, state.kind, state.event,
    coalesce(json_extract(state.body, '$.labels'), '{{}}'), json_extract(state.body, '$.spans'),
    iif(state.kind = 'decide', state.body, NULL)
FROM temp.reopened AS key
CROSS JOIN claims ON claims.id = key.claim
CROSS JOIN state ON state.kind IN ('judge', 'decide') AND state.target = +key.claim
WHERE key.claim > ? AND key.claim <= ? AND (state.kind = 'decide' OR state.body <> '{{}}')
AND ({COMPARABLE})
ORDER BY key.claim, state.kind, state.seq, state.event
"""


def prepare(file: Connection) -> None:
    """Make the list of claims to look at again, before anything is put on it."""
    file.run(REOPENED)


def reopen_article(file: Connection, number: int) -> None:
    """Have all claims of an article looked at again, since their places may have changed."""
    file.run("DELETE FROM unsettled WHERE article = ?", (number,))
    file.run(
        "INSERT OR IGNORE INTO temp.reopened"
        f" SELECT id FROM claims WHERE article = ? AND {ANSWERED}",
        (number,),
    )


def reopen_touched(file: Connection) -> None:
    """Have the claims of the touched keys looked at again; all of them if the scheme changed."""
    file.run(
        "INSERT OR IGNORE INTO temp.reopened"
        " SELECT target FROM temp.touched WHERE kind IN ('judge', 'decide')"
    )
    if file.row("SELECT 1 FROM temp.touched WHERE kind = 'scheme' LIMIT 1"):
        file.run(
            "INSERT OR IGNORE INTO temp.reopened"
            " SELECT DISTINCT target FROM state WHERE kind IN ('judge', 'decide')"
        )


def settle(file: Connection, scheme: Scheme) -> None:
    """Work out which of the claims on the list belong in the queue, and empty the list."""
    articles: set[int] = set()
    last = ""
    while found := file.rows(
        "SELECT claim FROM temp.reopened WHERE claim > ? ORDER BY claim LIMIT ?", (last, BATCH)
    ):
        articles |= _settle_some(file, scheme, (last, found[-1][0]))
        last = found[-1][0]
    file.run("DELETE FROM temp.reopened")
    numbers = [(number,) for number in sorted(articles)]
    file.run_many("DELETE FROM troubled WHERE article = ?", numbers)
    file.run_many(
        "INSERT INTO troubled SELECT article, count(*) FROM unsettled WHERE article = ?"
        " GROUP BY article",
        numbers,
    )


def _settle_some(file: Connection, scheme: Scheme, between: tuple[str, str]) -> set[int]:
    """Settle the claims on the list in a range of ids; return the numbers of their articles."""
    touched = file.rows(
        "SELECT DISTINCT claims.article FROM temp.reopened AS key"
        " CROSS JOIN claims ON claims.id = key.claim WHERE key.claim > ? AND key.claim <= ?",
        between,
    )
    file.run(
        "DELETE FROM unsettled WHERE (article, position) IN"
        " (SELECT claims.article, claims.position FROM temp.reopened AS key"
        "  CROSS JOIN claims ON claims.id = key.claim WHERE key.claim > ? AND key.claim <= ?)",
        between,
    )
    waiting: list[Row] = []
    for key, group in groupby(file.rows(ANSWERS, between), key=itemgetter(0, 1, 2)):
        found = _difference(scheme, [row[3:] for row in group])
        if found is not None:
            claim, article, position = key
            waiting.append((article, position, claim, *found))
    file.run_many("INSERT INTO unsettled VALUES (?, ?, ?, ?, ?, ?)", waiting)
    return {number for (number,) in touched}


def _difference(scheme: Scheme, rows: Sequence[Row]) -> tuple[str, bool, Status] | None:
    """Return the axes (JSON), spans and status of a claim in the queue; None if it is settled."""
    judged = [row for row in rows if row[0] == "judge"]
    read = _reader(scheme)
    answers = [(answer, row[3]) for row in judged if (answer := read(row[2])) is not None]
    values = zip(*(answer for answer, _ in answers), strict=True)
    differing = [len(set(value)) > 1 for value in values]
    axes = [axis.id for axis, differs in zip(scheme.axes, differing, strict=False) if differs]
    spans = len({spans for _, spans in answers}) > 1
    status = _status({row[1] for row in judged}, [row for row in rows if row[0] == "decide"])
    if status is None or (status == "open" and not (axes or spans)):
        return None
    return json.dumps(axes, ensure_ascii=False), spans, status


def _status(judgements: set[str], decisions: Sequence[Row]) -> Status | None:
    """Return what is to be done about a claim with these decisions, oldest first; None: nothing."""
    if not decisions or decisions[-1][4] == "{}":
        return "open"
    body = read_body(decisions[-1][4])
    if set(body.get("judgements", ())) != judgements:
        return "stale"
    seen = body.get("decisions", ())
    contested = any(row[4] != "{}" and row[1] not in seen for row in decisions[:-1])
    return "contested" if contested else None


@lru_cache(maxsize=4)
def _reader(scheme: Scheme) -> Callable[[str], tuple[str, ...] | None]:
    """Return what reads the labels of a judgement (JSON) as a value per axis, None if unfinished.

    There are far fewer ways to answer than judgements: each is read once.
    """

    @lru_cache(maxsize=4096)
    def read(text: str) -> tuple[str, ...] | None:
        labels: dict[str, Any] = json.loads(text)
        if not all(axis.many or labels.get(axis.id) for axis in scheme.axes):
            return None
        return tuple("|".join(labels.get(axis.id, ())) for axis in scheme.axes)

    return read
