"""The tables of store.db, step by step. A step that was released is never edited again."""

OWN_STEPS = (
    """
    CREATE TABLE account (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        address TEXT NOT NULL,
        user_id TEXT,
        user_name TEXT NOT NULL,
        time_zone TEXT NOT NULL,
        state TEXT NOT NULL,
        marker_search TEXT NOT NULL,
        settle_s REAL NOT NULL,
        clock_offset_s REAL NOT NULL,
        capabilities BLOB NOT NULL,
        sample INTEGER NOT NULL,
        made_at INTEGER
    ) STRICT;

    CREATE TABLE item (
        uid TEXT PRIMARY KEY,
        account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        remote_id TEXT,
        base BLOB,
        base_revision TEXT,
        gone INTEGER NOT NULL,
        UNIQUE (account_id, kind, remote_id)
    ) STRICT;

    -- An op outlives its item: a deletion is audited after the item has gone.
    CREATE TABLE op (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        op_id TEXT NOT NULL UNIQUE,
        item_uid TEXT NOT NULL,
        account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        verb TEXT NOT NULL,
        wish BLOB,
        base BLOB,
        made_at INTEGER NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        detail TEXT NOT NULL,
        needs_seq INTEGER REFERENCES op (seq) ON DELETE SET NULL,
        sends INTEGER NOT NULL,
        looks INTEGER NOT NULL,
        absences INTEGER NOT NULL,
        was_unknown INTEGER NOT NULL,
        not_before INTEGER,
        settled_at INTEGER,
        audits_left INTEGER NOT NULL,
        finished INTEGER GENERATED ALWAYS AS (state IN ('done', 'discarded', 'cancelled')) VIRTUAL,
        CHECK (needs_seq IS NULL OR needs_seq < seq),
        CHECK ((verb = 'delete') = (wish IS NULL))
    ) STRICT;
    CREATE INDEX op_item ON op (item_uid, seq);
    CREATE INDEX op_needs ON op (needs_seq) WHERE needs_seq IS NOT NULL;
    CREATE INDEX op_unfinished ON op (seq)
        WHERE state NOT IN ('done', 'discarded', 'cancelled');
    CREATE INDEX op_audit ON op (seq) WHERE audits_left > 0;
    CREATE UNIQUE INDEX op_sending ON op (account_id) WHERE state = 'sending';

    CREATE TABLE attempt (
        op_seq INTEGER NOT NULL REFERENCES op (seq) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        boot_id TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        last_byte_at INTEGER,
        outcome TEXT NOT NULL,
        http_status INTEGER,
        code TEXT NOT NULL,
        took_ms INTEGER,
        PRIMARY KEY (op_seq, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE conflict (
        op_seq INTEGER PRIMARY KEY REFERENCES op (seq) ON DELETE CASCADE,
        base BLOB,
        mine BLOB,
        theirs BLOB
    ) STRICT;

    CREATE TABLE version (
        id INTEGER PRIMARY KEY,
        item_uid TEXT NOT NULL,
        account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        origin TEXT NOT NULL,
        body BLOB NOT NULL
    ) STRICT;
    CREATE INDEX version_item ON version (item_uid, id);

    CREATE TABLE draft (id TEXT PRIMARY KEY, updated_at INTEGER, body BLOB NOT NULL) STRICT;
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE undo (id INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL) STRICT;
    """,
    """
    ALTER TABLE account ADD COLUMN sign_in TEXT NOT NULL DEFAULT 'webhook';
    ALTER TABLE account ADD COLUMN member_id TEXT NOT NULL DEFAULT '';
    ALTER TABLE account ADD COLUMN recording TEXT;
    """,
    """
    -- Which part of a series an op is about, and the series as it stood.
    ALTER TABLE op ADD COLUMN scope BLOB;
    """,
    """
    ALTER TABLE account ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
    ALTER TABLE account ADD COLUMN color TEXT NOT NULL DEFAULT '';
    """,
)
"""Step n takes a file from version n to n + 1."""
