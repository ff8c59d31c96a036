-- The truth: what was written and received. Everything else can be dropped and rebuilt from here.

-- A log, or another story of one: after a restore or a copy two entries can have one place (a fork), and both are kept.
CREATE TABLE log (
    id      INTEGER PRIMARY KEY,
    parent  INTEGER REFERENCES log (id),                 -- none: the story that was known first
    base    INTEGER NOT NULL DEFAULT 0 CHECK (base >= 0),-- up to here it is the parent's story

    device  BLOB NOT NULL CHECK (length(device) = 16),
    epoch   BLOB NOT NULL CHECK (length(epoch) = 16),
    office  BLOB NOT NULL CHECK (length(office) = 16),
    head    INTEGER NOT NULL CHECK (head >= 0),          -- every entry from 1 up to here is held
    chain   BLOB NOT NULL CHECK (length(chain) = 32)     -- the chain value after `head`
) STRICT;
CREATE UNIQUE INDEX log_name ON log (device, epoch, office) WHERE parent IS NULL;
CREATE INDEX log_parent ON log (parent) WHERE parent IS NOT NULL;

-- An entry's body, byte for byte as first written. place = log << 40 | seq.
CREATE TABLE journal (
    place   INTEGER PRIMARY KEY,
    record  BLOB NOT NULL CHECK (length(record) = 16),
    import  INTEGER NOT NULL,                            -- 0: written here; else the import that brought it
    body    BLOB NOT NULL
) STRICT;
CREATE INDEX journal_record ON journal (record);

-- Only once in its life a body may change: to what is left of it after it was erased by law.
CREATE TRIGGER journal_never_updated BEFORE UPDATE ON journal
WHEN NEW.place <> OLD.place OR NEW.record <> OLD.record OR NEW.import <> OLD.import
    OR substr(OLD.body, 1, 11) = CAST('{"erased":"' AS BLOB) OR substr(NEW.body, 1, 11) <> CAST('{"erased":"' AS BLOB)
BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END;
CREATE TRIGGER journal_never_deleted BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END;

-- Entries that somebody ordered to be erased: of this record, about this office. They may not have come yet.
CREATE TABLE erasure (
    entry  BLOB NOT NULL CHECK (length(entry) = 32),
    record BLOB NOT NULL CHECK (length(record) = 16),
    office BLOB NOT NULL CHECK (length(office) = 16),
    PRIMARY KEY (entry, record, office)
) STRICT, WITHOUT ROWID;

-- The bytes of attachments, each once, found by their BLAKE3. They stand in no entry: a record whose bytes are missing is whole.
CREATE TABLE attachment_bytes (
    id     INTEGER PRIMARY KEY,
    blake3 BLOB NOT NULL UNIQUE CHECK (length(blake3) = 32),
    bytes  BLOB NOT NULL
) STRICT;
CREATE TRIGGER attachment_bytes_never_updated BEFORE UPDATE ON attachment_bytes
BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END;

-- Stretches held above a hole, with the chain value before and after them.
CREATE TABLE held (
    log     INTEGER NOT NULL REFERENCES log (id),
    first   INTEGER NOT NULL,
    last    INTEGER NOT NULL CHECK (last >= first),
    before  BLOB NOT NULL CHECK (length(before) = 32),
    after   BLOB NOT NULL CHECK (length(after) = 32),
    PRIMARY KEY (log, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE seal (
    log       INTEGER NOT NULL REFERENCES log (id),
    seq       INTEGER NOT NULL,
    chain     BLOB NOT NULL CHECK (length(chain) = 32),
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER seal_never_updated BEFORE UPDATE ON seal
BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END;
CREATE TRIGGER seal_never_deleted BEFORE DELETE ON seal
BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END;

-- Entries that cannot be trusted or read: kept raw with the reason, never applied.
CREATE TABLE quarantine (
    device  BLOB NOT NULL CHECK (length(device) = 16),
    epoch   BLOB NOT NULL CHECK (length(epoch) = 16),
    office  BLOB NOT NULL CHECK (length(office) = 16),
    seq     INTEGER NOT NULL,
    entry   BLOB NOT NULL CHECK (length(entry) = 32),
    reason  TEXT NOT NULL,
    import  INTEGER NOT NULL,
    body    BLOB NOT NULL,
    PRIMARY KEY (device, epoch, office, seq, entry)
) STRICT;

-- Bundles merged here.
CREATE TABLE import (
    id         INTEGER PRIMARY KEY,
    digest     BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
    device     BLOB NOT NULL,
    epoch      BLOB NOT NULL,
    office     BLOB NOT NULL,
    number     INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    merged_at  TEXT NOT NULL,
    entries    INTEGER NOT NULL,                         -- new ones
    part       INTEGER NOT NULL DEFAULT 1,               -- of a set of `parts` files that belong together
    parts      INTEGER NOT NULL DEFAULT 1,
    undone_at  TEXT,                                     -- its entries are kept aside since then
    undone_by  BLOB,
    undone_why TEXT
) STRICT;
CREATE INDEX import_office ON import (office, id);

-- Entries of imports that somebody took back: they keep their places in the journal and count for nothing.
CREATE TABLE undone (
    place  INTEGER PRIMARY KEY,
    import INTEGER NOT NULL REFERENCES import (id)
) STRICT;

-- What each other device has, as its newest bundle says.
CREATE TABLE peer (
    device     BLOB PRIMARY KEY CHECK (length(device) = 16),
    epoch      BLOB NOT NULL,
    office     BLOB NOT NULL,
    number     INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    program    TEXT NOT NULL,
    have       TEXT NOT NULL,
    outcomes   TEXT NOT NULL DEFAULT '[]',               -- what became of our entries that it did not simply apply
    attachments BLOB                                     -- those whose bytes it has, 32 bytes each; none: it knows nothing of them
) STRICT, WITHOUT ROWID;

-- Bundles written here.
CREATE TABLE export (
    number     INTEGER PRIMARY KEY,
    office     BLOB NOT NULL,                            -- to whom
    created_at TEXT NOT NULL,
    entries    INTEGER NOT NULL
) STRICT;

-- Invitations that the county has handed out.
CREATE TABLE invitation (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    office     BLOB NOT NULL,
    secret     BLOB NOT NULL CHECK (length(secret) = 32),
    expires_on TEXT NOT NULL,
    used_by    BLOB                                      -- the device that joined with it
) STRICT, WITHOUT ROWID;

-- Devices that asked to be let in and could not prove that they were invited. Their bundles lie beside the store.
CREATE TABLE join_request (
    device     BLOB NOT NULL CHECK (length(device) = 16),
    office     BLOB NOT NULL CHECK (length(office) = 16),
    key        TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    code       TEXT NOT NULL,                            -- shown on both screens
    reason     TEXT NOT NULL,
    number     INTEGER NOT NULL,
    created_at TEXT NOT NULL,                            -- by the other PC's clock
    asked_at   TEXT NOT NULL,
    refused    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (device, key)
) STRICT, WITHOUT ROWID;

-- What belongs to this PC only and is never carried: identity, keys, counters.
CREATE TABLE local (
    key   TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Who looked at what in full, when and why. Never carried; each row is chained to the one before it.
CREATE TABLE view_log (
    id       INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    operator BLOB NOT NULL CHECK (length(operator) = 16),
    record   BLOB NOT NULL CHECK (length(record) = 16),
    reason   TEXT NOT NULL,
    chain    BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT;
CREATE TRIGGER view_log_never_updated BEFORE UPDATE ON view_log
BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END;
CREATE TRIGGER view_log_never_deleted BEFORE DELETE ON view_log
BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END;

CREATE TABLE draft (
    key      TEXT PRIMARY KEY,
    body     TEXT NOT NULL,
    saved_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
