"""The tables of cache.db. Another number means: delete the file and pull again."""

CACHE_VERSION = 7
"""Counts up with each change of the tables, of the codec or of the folding of words."""

SERVER, OWN = 0, 1
"""Layers: the server's copy, and over it an own item or an unfinished wish."""

CACHE_TABLES = """
    CREATE TABLE contact (
        n INTEGER PRIMARY KEY,
        uid TEXT NOT NULL,
        layer INTEGER NOT NULL,
        account_id TEXT NOT NULL,
        remote_id TEXT,
        revision TEXT,
        mark TEXT NOT NULL,
        gone INTEGER NOT NULL,
        shown INTEGER NOT NULL,
        body BLOB NOT NULL,
        UNIQUE (uid, layer)
    ) STRICT;
    CREATE INDEX contact_account ON contact (account_id, layer, remote_id);

    -- What ranking needs of each shown contact, in rows so small that they stay in memory.
    CREATE TABLE contact_name (
        n INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        sort TEXT NOT NULL,
        digits TEXT NOT NULL
    ) STRICT;

    -- Every word of every shown name, in order: a prefix is one range of it.
    CREATE TABLE name_word (
        word TEXT NOT NULL,
        sort TEXT NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY (word, sort, n)
    ) STRICT, WITHOUT ROWID;

    CREATE VIRTUAL TABLE contact_words USING fts5 (
        words, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='1 2 3'
    );
    CREATE VIRTUAL TABLE contact_digits USING fts5 (
        digits, content='', contentless_delete=1, detail=none, tokenize='trigram'
    );

    -- Each distinct word once, for what stands inside words and for slips of the finger.
    CREATE TABLE vocabulary (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
    CREATE VIRTUAL TABLE vocabulary_parts USING fts5 (
        word, content='', contentless_delete=1, detail=none, tokenize='trigram'
    );

    CREATE TABLE event (
        n INTEGER PRIMARY KEY,
        uid TEXT NOT NULL,
        layer INTEGER NOT NULL,
        account_id TEXT NOT NULL,
        calendar_id TEXT NOT NULL,
        remote_id TEXT,
        revision TEXT,
        mark TEXT NOT NULL,
        gone INTEGER NOT NULL,
        shown INTEGER NOT NULL,
        expansion INTEGER NOT NULL,
        series_uid TEXT,
        original_day INTEGER,
        body BLOB NOT NULL,
        UNIQUE (uid, layer)
    ) STRICT;
    CREATE INDEX event_account ON event (account_id, layer);
    CREATE INDEX event_exception ON event (series_uid, original_day)
        WHERE series_uid IS NOT NULL;
    CREATE INDEX event_series ON event (expansion) WHERE expansion = 1;

    -- "size" is the class of the duration, so that a long event is found without looking at
    -- all that came before. Seconds since 1970; of whole days, as if they were in UTC.
    CREATE TABLE occurrence (
        size INTEGER NOT NULL,
        start INTEGER NOT NULL,
        n INTEGER NOT NULL REFERENCES event (n) ON DELETE CASCADE,
        original_day INTEGER NOT NULL,
        end INTEGER NOT NULL,
        PRIMARY KEY (size, start, n, original_day)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX occurrence_event ON occurrence (n, start);

    CREATE TABLE event_contact (
        contact_uid TEXT NOT NULL,
        n INTEGER NOT NULL REFERENCES event (n) ON DELETE CASCADE,
        PRIMARY KEY (contact_uid, n)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX event_contact_event ON event_contact (n);

    CREATE TABLE comment (
        uid TEXT NOT NULL,
        layer INTEGER NOT NULL,
        account_id TEXT NOT NULL,
        contact_uid TEXT NOT NULL,
        remote_id TEXT,
        mark TEXT NOT NULL,
        gone INTEGER NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (uid, layer)
    ) STRICT;
    CREATE INDEX comment_contact ON comment (contact_uid);
    CREATE INDEX comment_account ON comment (account_id, layer);

    -- What is known of a contact's deals, companies and past, in blocks that are read together.
    CREATE TABLE dossier (
        contact_uid TEXT NOT NULL,
        block TEXT NOT NULL,
        account_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        problem TEXT NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (contact_uid, block)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX dossier_account ON dossier (account_id);

    CREATE TABLE deal (
        n INTEGER PRIMARY KEY,
        account_id TEXT NOT NULL,
        remote_id TEXT NOT NULL,
        contact_uid TEXT NOT NULL,
        title TEXT NOT NULL,
        changed INTEGER NOT NULL,
        body BLOB NOT NULL,
        UNIQUE (account_id, remote_id)
    ) STRICT;
    CREATE INDEX deal_contact ON deal (contact_uid, changed);
    CREATE VIRTUAL TABLE deal_words USING fts5 (
        words, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='2 3'
    );

    -- When colleagues are busy, by weeks that begin on Monday in UTC.
    CREATE TABLE busy (
        account_id TEXT NOT NULL,
        user_id TEXT NOT NULL,
        week INTEGER NOT NULL,
        at INTEGER NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (account_id, user_id, week)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE calendar (
        id TEXT PRIMARY KEY,
        account_id TEXT NOT NULL,
        name TEXT NOT NULL,
        color TEXT NOT NULL,
        visible INTEGER NOT NULL,
        writable INTEGER NOT NULL,
        is_default INTEGER NOT NULL,
        kind TEXT NOT NULL,
        external TEXT NOT NULL,
        changeable INTEGER NOT NULL
    ) STRICT;
    -- Numbers of users are those of their server: two servers may have the same ones.
    CREATE TABLE user (
        id TEXT NOT NULL,
        account_id TEXT NOT NULL,
        name TEXT NOT NULL,
        email TEXT NOT NULL,
        time_zone TEXT NOT NULL,
        PRIMARY KEY (account_id, id)
    ) STRICT;
    CREATE TABLE cursor (
        account_id TEXT NOT NULL,
        collection TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (account_id, collection)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE coverage (
        account_id TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
