"""What the log adds up to: the last event not undone of each actor, kind and target.

Every table written here is a function of the log and the taggings alone, whatever the order in
which they arrived: `fold` looks each touched key up in the whole log again instead of applying
changes to what was there. A key press folds one new event, a rebuild folds all of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotator.store import catalogue, corrections, disputes, index, log
from annotator.store.connection import Connection
from annotator.store.schema import ACTS_OR_UNDO

# Everything that follows from the log and the taggings, those first that refer to others.
DERIVED = (
    "troubled", "disputes", "progress", "state", "undone", "located", "corrected", "claims",
    "catalogue", "wordings", "speakers",
)  # fmt: skip

TOUCHED = """
CREATE TEMP TABLE IF NOT EXISTS touched (
    kind TEXT NOT NULL, target TEXT NOT NULL, actor TEXT NOT NULL,
    PRIMARY KEY (kind, target, actor)
) WITHOUT ROWID
"""

# How many judged claims of the reviewer's walk the touched keys stand for. CROSS JOIN keeps SQLite
# from another order of the tables: it knows nothing of their sizes and would start from the large
# ones.
SEEN = f"""
SELECT state.actor AS reviewer, claims.article AS article, count(*) AS seen
FROM temp.touched AS key
CROSS JOIN state ON state.kind = key.kind AND state.target = key.target AND state.actor = key.actor
CROSS JOIN claims ON claims.id = state.target
WHERE key.kind = 'judge' AND state.body <> '{{}}' AND {corrections.ON_WALK}
GROUP BY state.actor, claims.article
"""

# `meta` and `retag` events are folded over all actors at once, by `catalogue`.
FOLD_TOUCHED = (
    f"""
    UPDATE progress SET seen = progress.seen - gone.seen FROM ({SEEN}) AS gone
    WHERE progress.reviewer = gone.reviewer AND progress.article = gone.article
    """,
    """
    DELETE FROM state
    WHERE (kind, target, actor) IN (SELECT kind, target, actor FROM temp.touched)
    """,
    """
    INSERT INTO state (kind, target, actor, event, seq, at, body)
    SELECT event.kind, event.target, event.actor, event.id, event.seq, event.at, event.body
    FROM temp.touched AS key
    CROSS JOIN events AS event ON event.number = (
        SELECT number FROM events AS one
        WHERE one.target = key.target AND one.kind = key.kind AND one.actor = key.actor
        AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.event = one.id)
        ORDER BY one.seq DESC, one.id DESC LIMIT 1
    )
    """,
    f"""
    INSERT INTO progress (reviewer, article, seen) {SEEN}
    ON CONFLICT (reviewer, article) DO UPDATE SET seen = progress.seen + excluded.seen
    """,
    """
    DELETE FROM progress WHERE seen = 0 AND (reviewer, article) IN (
        SELECT key.actor, claims.article FROM temp.touched AS key
        CROSS JOIN claims ON claims.id = key.target WHERE key.kind = 'judge'
    )
    """,
    "DELETE FROM temp.touched",
)


def fold(file: Connection, since: int) -> None:
    """Bring the state up to date with the events that arrived after number `since`.

    Inside the caller's write transaction.
    """
    _fold(file, since, _about_articles(file, since))


def derive(file: Connection, articles: Iterable[int]) -> None:
    """Make what follows from the taggings of some articles again, inside the transaction."""
    disputes.prepare(file)
    for article in articles:
        _derive(file, article)
    disputes.settle(file, log.scheme(file))


def rebuild(file: Connection) -> None:
    """Make all derived tables again, inside the caller's write transaction."""
    for table in DERIVED:
        file.run(f"DELETE FROM {table}")
    index.clear(file)
    _fold(file, 0, {number for (number,) in file.rows("SELECT number FROM articles")})
    disputes.caught_up(file)


def _about_articles(file: Connection, since: int) -> set[int]:
    """Return the numbers of the articles about which something new was said."""
    rows = file.rows(
        "SELECT DISTINCT articles.number FROM events"
        " CROSS JOIN articles ON articles.id = events.target"
        " WHERE events.number > ? AND kind IN ('meta', 'retag')",
        (since,),
    )
    return {number for (number,) in rows}


def _fold(file: Connection, since: int, articles: set[int]) -> None:
    """Fold the events that arrived after number `since`, then derive these articles and others."""
    file.run(TOUCHED)
    disputes.prepare(file)
    file.run(
        "INSERT OR IGNORE INTO temp.touched SELECT kind, target, actor FROM events"
        " WHERE number > ? AND kind NOT IN ('undo', 'meta', 'retag')",
        (since,),
    )
    _fold_undos(file, since)
    index.add_notes(file, since)
    disputes.reopen_touched(file)
    corrections.locate(file, since)
    articles = articles.union(corrections.affected(file, since))
    for statement in FOLD_TOUCHED:
        file.run(statement)
    # The claims of an article follow from the current corrections, so these come first.
    for article in sorted(articles):
        _derive(file, article)
    disputes.settle(file, log.scheme(file))


def _derive(file: Connection, article: int) -> None:
    before = index.indexed(file, article)
    catalogue.derive(file, article)
    index.update(file, article, before)
    disputes.reopen_article(file, article)


def _fold_undos(file: Connection, since: int) -> None:
    """Settle what new undos name, and the new events that an undo already here names."""
    # An undo names what it takes back by its hash, so these references form no circle. Going from
    # the newest to the oldest settles an undo before what it names.
    rows = file.rows(
        "SELECT seq, target FROM events WHERE number > :since AND kind = 'undo' UNION ALL"
        " SELECT seq, id FROM events WHERE number > :since AND EXISTS"
        " (SELECT 1 FROM events AS one WHERE one.target = events.id AND one.kind = 'undo')",
        {"since": since},
    )
    for _, event_id in sorted(rows, reverse=True):
        _settle(file, event_id)


def _settle(file: Connection, event_id: str) -> None:
    """Work out whether an event is undone, and then what follows for the one it names itself."""
    while True:
        row = file.row(
            "SELECT kind, target, actor, EXISTS (SELECT 1 FROM undone WHERE event = act.id),"
            " EXISTS (SELECT 1 FROM events AS one WHERE one.target = act.id AND one.kind = 'undo'"
            "  AND one.actor = act.actor"
            "  AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.event = one.id))"
            f" FROM events AS act WHERE id = ? AND {ACTS_OR_UNDO}",
            (event_id,),
        )
        if row is None:
            return
        kind, target, actor, was_undone, is_undone = row
        if was_undone == is_undone:
            return
        if is_undone:
            file.run("INSERT INTO undone VALUES (?)", (event_id,))
        else:
            file.run("DELETE FROM undone WHERE event = ?", (event_id,))
        if kind != "undo":
            file.run("INSERT OR IGNORE INTO temp.touched VALUES (?, ?, ?)", (kind, target, actor))
            return
        event_id = target
