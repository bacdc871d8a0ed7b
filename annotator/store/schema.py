"""The tables of a project file and the steps that bring an older file up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATION_SET = "annotator"
MIGRATIONS_TABLE = "_sqlite_migrations"
LIST_OBJECTS = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"

# What a person does and may take back; everything else in the log is book-keeping.
ACTS = ("correct", "decide", "flag", "judge", "send_back", "skip")

# Partial indexes serve a query only if it repeats their condition word for word.
ACTS_OR_UNDO = f"kind IN {(*ACTS, 'undo')}"

KEPT_TABLES = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
    text TEXT NOT NULL
) STRICT;

CREATE TABLE taggings (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
    article TEXT NOT NULL REFERENCES articles (id),
    language TEXT NOT NULL,
    model TEXT,
    tagger TEXT NOT NULL,
    segments TEXT NOT NULL CHECK (json_valid(segments)),
    attributions TEXT NOT NULL CHECK (json_valid(attributions)),
    claims TEXT NOT NULL CHECK (json_valid(claims))
) STRICT;
CREATE INDEX taggings_by_article ON taggings (article);

CREATE TABLE events (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
    seq INTEGER NOT NULL CHECK (seq > 0),
    actor TEXT NOT NULL CHECK (actor <> ''),
    device TEXT NOT NULL CHECK (device <> ''),
    prev TEXT CHECK (prev <> id),
    at TEXT NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*.*Z'),
    kind TEXT NOT NULL CHECK (kind <> ''),
    target TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX events_by_order ON events (seq, id);
CREATE INDEX events_by_chain ON events (actor, device, seq, id);
CREATE INDEX events_by_target ON events (target, kind, actor, seq, id);
"""

# Everything here follows from the tables above and can be made again from them.
DERIVED_TABLES = """
CREATE TABLE catalogue (
    article INTEGER PRIMARY KEY REFERENCES articles (number),
    id TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    author TEXT,
    date TEXT,
    url TEXT,
    tagging INTEGER NOT NULL REFERENCES taggings (number),
    language TEXT NOT NULL,
    claims INTEGER NOT NULL,
    search TEXT NOT NULL
) STRICT;

CREATE TABLE claims (
    article INTEGER NOT NULL REFERENCES articles (number),
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    segment_kind TEXT NOT NULL,
    voice TEXT NOT NULL,
    speaker TEXT,
    walk INTEGER NOT NULL CHECK (walk IN (0, 1)),
    superseded INTEGER NOT NULL CHECK (superseded IN (0, 1)),
    tagging INTEGER NOT NULL REFERENCES taggings (number),
    PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX claims_by_id ON claims (id);

CREATE TABLE undone (
    event TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE state (
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    actor TEXT NOT NULL,
    event TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, target, actor)
) STRICT, WITHOUT ROWID;

CREATE TABLE progress (
    reviewer TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (number),
    seen INTEGER NOT NULL,
    PRIMARY KEY (reviewer, article)
) STRICT, WITHOUT ROWID;
"""

# The claims on which finished judgements differ or whose decision has to be looked at again, and
# how many of them each article has, and how many still wait for a decision. Derived as well.
QUEUE_TABLES = """
CREATE TABLE disputes (
    article INTEGER NOT NULL REFERENCES articles (number),
    position INTEGER NOT NULL,
    claim TEXT NOT NULL,
    axes TEXT NOT NULL,
    spans INTEGER NOT NULL CHECK (spans IN (0, 1)),
    status TEXT NOT NULL CHECK (status IN ('open', 'stale', 'contested', 'settled')),
    PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE troubled (
    article INTEGER PRIMARY KEY REFERENCES articles (number),
    claims INTEGER NOT NULL,
    waiting INTEGER NOT NULL
) STRICT;
CREATE INDEX troubled_by_claims ON troubled (-claims, article) WHERE waiting > 0;
CREATE INDEX progress_by_article ON progress (article);
"""

# The claims of articles as those see them whose corrections changed the walk, and the events whose
# body names an article. Derived as well.
CORRECTION_TABLES = """
ALTER TABLE claims ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0 CHECK (corrected IN (0, 1));

CREATE TABLE corrected (
    article INTEGER NOT NULL REFERENCES articles (number),
    reviewer TEXT NOT NULL,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    walk INTEGER NOT NULL CHECK (walk IN (0, 1)),
    PRIMARY KEY (article, reviewer, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX corrected_by_id ON corrected (reviewer, id);

CREATE TABLE located (
    event TEXT PRIMARY KEY NOT NULL,
    article TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX located_by_article ON located (article);
"""

# Full-text tables without a text of their own, and what else is looked up to find claims. Derived
# as well. `ascii` only splits at spaces here: what is given to it are folded words.
SEARCH_TABLES = """
CREATE VIRTUAL TABLE sentences_index
USING fts5 (text, content = '', columnsize = 0, tokenize = 'ascii');
CREATE VIRTUAL TABLE notes_index
USING fts5 (text, content = '', columnsize = 0, tokenize = 'ascii');

CREATE TABLE wordings (
    words INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (number),
    position INTEGER NOT NULL,
    PRIMARY KEY (words, article, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE speakers (
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    search TEXT NOT NULL,
    claims INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (name, type)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_speaker ON claims (speaker, article, position)
WHERE walk AND speaker IS NOT NULL;
CREATE INDEX corrected_by_reviewer ON corrected (reviewer, article, position);
CREATE INDEX catalogue_by_claims ON catalogue (claims);
CREATE INDEX catalogue_by_outlet ON catalogue (outlet);
"""

# The claims of such articles with voice and speaker as the reviewer corrected them.
OWN_TAGS_TABLES = """
DROP TABLE corrected;
CREATE TABLE corrected (
    article INTEGER NOT NULL REFERENCES articles (number),
    reviewer TEXT NOT NULL,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    walk INTEGER NOT NULL CHECK (walk IN (0, 1)),
    voice TEXT NOT NULL,
    speaker TEXT,
    speaker_type TEXT,
    PRIMARY KEY (article, reviewer, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX corrected_by_id ON corrected (reviewer, id);
CREATE INDEX corrected_by_reviewer ON corrected (reviewer, article, position);
CREATE INDEX corrected_by_speaker ON corrected (reviewer, speaker, article, position)
WHERE walk AND speaker IS NOT NULL;
"""

# What a step changed about derived tables is filled in when the file is next opened.
OUTDATED = "derived tables are outdated"
MARK_OUTDATED = (
    f"INSERT OR REPLACE INTO local SELECT '{OUTDATED}', '1' WHERE EXISTS (SELECT 1 FROM articles)"
)

NEW_DEVICE = "INSERT INTO local VALUES ('device', lower(hex(randomblob(16))))"
LOCAL_TABLE = f"""
CREATE TABLE local (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
{NEW_DEVICE};
"""

VIEWS = """
CREATE VIEW judgements AS
SELECT
    articles.id AS article,
    state.target AS claim,
    substr(articles.text, claims."start" + 1, claims."end" - claims."start") AS text,
    claims.voice,
    claims.speaker,
    state.actor AS reviewer,
    json_extract(state.body, '$.labels') AS labels,
    json_extract(state.body, '$.unsure') AS unsure,
    json_extract(state.body, '$.note') AS note,
    coalesce(claims.superseded, 1) AS superseded,
    state.at,
    state.event
FROM state
LEFT JOIN claims ON claims.id = state.target
LEFT JOIN articles ON articles.number = claims.article
WHERE state.kind = 'judge' AND state.body <> '{}';

CREATE VIEW decisions AS
SELECT
    claim,
    decided_by,
    json_extract(body, '$.labels') AS labels,
    json_extract(body, '$.reason') AS reason,
    json_extract(body, '$.note') AS note,
    at,
    event
FROM (
    SELECT
        target AS claim, actor AS decided_by, body, at, event,
        row_number() OVER (PARTITION BY target ORDER BY seq DESC, event DESC) AS place
    FROM state
    WHERE kind = 'decide'
)
WHERE place = 1 AND body <> '{}';

CREATE VIEW disagreements AS
SELECT
    article,
    claim,
    text,
    count(*) AS reviewers,
    count(DISTINCT labels) AS answers,
    json_group_object(reviewer, json(labels)) AS labels
FROM judgements
GROUP BY claim
HAVING count(DISTINCT labels) > 1;
"""

# The REPLACE conflict handling deletes rows without asking the delete triggers of a connection
# that leaves recursive_triggers off, so an insert over an existing row must be refused by itself.
# Whoever inserts what may be there already has to leave it out (WHERE NOT EXISTS).
GUARD = """
CREATE TRIGGER {table}_are_not_replaced BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT raise(ABORT, '{table} are never replaced'); END;
CREATE TRIGGER {table}_are_not_changed BEFORE UPDATE ON {table}
BEGIN SELECT raise(ABORT, '{table} are never changed'); END;
CREATE TRIGGER {table}_are_not_deleted BEFORE DELETE ON {table}
BEGIN SELECT raise(ABORT, '{table} are never deleted'); END;
"""


def m001_initial(db: Database) -> None:
    """Create everything."""
    db.executescript(KEPT_TABLES)
    db.execute(
        f"CREATE INDEX events_by_act ON events (actor, device, seq, id) WHERE {ACTS_OR_UNDO}"
    )
    for table in ("articles", "taggings", "events"):
        db.executescript(GUARD.format(table=table))
    db.executescript(DERIVED_TABLES)
    db.executescript(LOCAL_TABLE)
    db.executescript(VIEWS)


def m002_queue(db: Database) -> None:
    """Add the queue of claims that wait for a decision."""
    db.executescript(QUEUE_TABLES)
    db.execute(MARK_OUTDATED)


def m003_corrections(db: Database) -> None:
    """Add the walks that reviewers' corrections make."""
    db.executescript(CORRECTION_TABLES)
    db.execute(MARK_OUTDATED)


def m004_search(db: Database) -> None:
    """Add full-text search and what filters look up."""
    db.executescript(SEARCH_TABLES)
    db.execute(MARK_OUTDATED)


def m005_own_tags(db: Database) -> None:
    """Add voice and speaker to the claims that reviewers corrected."""
    db.executescript(OWN_TAGS_TABLES)
    db.execute(MARK_OUTDATED)


MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    m001_initial,
    m002_queue,
    m003_corrections,
    m004_search,
    m005_own_tags,
)
KNOWN_STEPS = tuple(step.__name__ for step in MIGRATIONS)


def applied_steps(connection: sqlite3.Connection) -> list[str] | None:
    """Return the migration steps a file has had, or None for a file without any table."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return None
    if MIGRATIONS_TABLE not in tables:
        return []
    found = connection.execute(
        f"SELECT name FROM {MIGRATIONS_TABLE} WHERE migration_set = ? ORDER BY id", (MIGRATION_SET,)
    )
    return [name for (name,) in found]


def migrate(connection: sqlite3.Connection, wanted: Sequence[str] = KNOWN_STEPS) -> None:
    """Apply those of the wanted steps that a file lacks, inside the caller's transaction."""
    # Imported here because it costs more than all the rest of opening an up-to-date project.
    from sqlite_utils import Database, Migrations

    migrations = Migrations(MIGRATION_SET)
    for step in MIGRATIONS:
        if step.__name__ in wanted:
            migrations()(step)
    migrations.apply(Database(connection, execute_plugins=False))


@cache
def objects(steps: tuple[str, ...] = KNOWN_STEPS) -> frozenset[tuple[str, ...]]:
    """Return (type, name, table, SQL) of all that a file has after these steps."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("BEGIN")
        migrate(connection, steps)
        return frozenset(connection.execute(LIST_OBJECTS))
    finally:
        connection.close()
