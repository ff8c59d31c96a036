-- Projections: what lists, search and statistics need. Dropped and rebuilt from the journal at will.

-- Offices by a small local number, so that rows and indexes stay narrow. Numbers differ from store to store.
CREATE TABLE office_number (
    id   INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16)
) STRICT;

-- Entries that wait for a predecessor or for a newer program.
CREATE TABLE waiting (
    place  INTEGER PRIMARY KEY,
    record BLOB NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('predecessor', 'newer'))
) STRICT;
CREATE INDEX waiting_record ON waiting (record);

-- Entries that a revoked device wrote after the point up to which it is trusted, and what other logs tell of the county's
-- directory: kept, and never in force.
CREATE TABLE barred (
    place  INTEGER PRIMARY KEY,
    record BLOB NOT NULL,
    why    TEXT NOT NULL CHECK (why IN ('revoked', 'misplaced'))
) STRICT;

-- What only a person can decide.
CREATE TABLE decision (
    record BLOB NOT NULL,
    what   TEXT NOT NULL CHECK (what IN ('conflict', 'contradiction', 'correction', 'withdrawn_and_edited', 'addition')),
    field  TEXT NOT NULL,
    kind   TEXT NOT NULL,
    PRIMARY KEY (record, what, field)
) STRICT, WITHOUT ROWID;

-- id = day of receipt << 24 | n, so that newest-first is the order of the table itself. Days count from 1970-01-01.
CREATE TABLE complaint (
    id              INTEGER PRIMARY KEY,
    uuid            BLOB NOT NULL UNIQUE,
    office          INTEGER NOT NULL,
    number          TEXT NOT NULL,
    status          TEXT NOT NULL,
    next            TEXT,
    nature          TEXT NOT NULL,
    class           TEXT NOT NULL,
    channel         TEXT NOT NULL,
    consumer_name   TEXT NOT NULL,
    respondent_name TEXT NOT NULL,
    goods_name      TEXT NOT NULL,
    dispute_fen     INTEGER,
    recovered_fen   INTEGER NOT NULL,
    due             INTEGER,
    estimated       INTEGER NOT NULL,
    accepted        INTEGER,
    closed          INTEGER,
    result          TEXT NOT NULL,
    conflicts       INTEGER NOT NULL,
    withdrawn       INTEGER NOT NULL,
    counted         INTEGER NOT NULL,                    -- 0: it is withdrawn, or another complaint stands for the matter
    phone           TEXT NOT NULL
) STRICT;
CREATE INDEX complaint_status ON complaint (status);
CREATE INDEX complaint_office ON complaint (office, status);
CREATE INDEX complaint_nature ON complaint (nature);
CREATE INDEX complaint_class ON complaint (class);
CREATE INDEX complaint_main_class ON complaint (substr(class, 1, 3));
CREATE INDEX complaint_respondent ON complaint (respondent_name);
CREATE INDEX complaint_phone ON complaint (phone) WHERE phone <> '';
CREATE INDEX complaint_open ON complaint (withdrawn) WHERE next IS NOT NULL;
CREATE INDEX complaint_due ON complaint (due) WHERE due IS NOT NULL AND withdrawn = 0;

CREATE TABLE step (
    complaint BLOB NOT NULL,
    uuid      BLOB NOT NULL,
    kind      TEXT NOT NULL,
    day       INTEGER,
    PRIMARY KEY (complaint, uuid)
) STRICT, WITHOUT ROWID;

-- What the row counts for: a reversal takes away, a second reversal of one loss counts nothing.
CREATE TABLE loss (
    complaint  BLOB NOT NULL,
    uuid       BLOB NOT NULL,
    kind       TEXT NOT NULL,
    route      TEXT NOT NULL,
    counts     INTEGER NOT NULL CHECK (counts IN (-1, 0, 1)),
    amount_fen INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    office     INTEGER NOT NULL,
    nature     TEXT NOT NULL,
    class      TEXT NOT NULL,
    PRIMARY KEY (complaint, uuid)
) STRICT, WITHOUT ROWID;
CREATE INDEX loss_day ON loss (day);

-- Photos and documents that records name, with a row for every office that sees the record in a log about it.
CREATE TABLE attachment (
    uuid      BLOB NOT NULL,
    office    INTEGER NOT NULL,
    complaint BLOB NOT NULL,
    blake3    BLOB,                                      -- none: it was erased
    withdrawn INTEGER NOT NULL,
    PRIMARY KEY (uuid, office)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_complaint ON attachment (complaint);
CREATE INDEX attachment_blake3 ON attachment (blake3) WHERE blake3 IS NOT NULL;

-- Complaints that somebody compared: one matter, or two.
CREATE TABLE link (
    uuid BLOB PRIMARY KEY,
    a    BLOB NOT NULL,
    b    BLOB NOT NULL,
    same INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX link_a ON link (a);
CREATE INDEX link_b ON link (b);

-- Cases that were offered by one office to another.
CREATE TABLE transfer (
    uuid        BLOB PRIMARY KEY,
    complaint   BLOB NOT NULL,
    from_office BLOB NOT NULL,
    to_office   BLOB NOT NULL,
    state       TEXT NOT NULL,
    after       BLOB                                     -- the transfer by which the giver had come to own the case
) STRICT, WITHOUT ROWID;
CREATE INDEX transfer_complaint ON transfer (complaint);

CREATE TABLE business (
    uuid        BLOB PRIMARY KEY,
    office      INTEGER NOT NULL,
    name        TEXT NOT NULL,
    uscc        TEXT NOT NULL,
    phone       TEXT NOT NULL,
    address     TEXT NOT NULL,
    aliases     TEXT NOT NULL,
    merged_into BLOB
) STRICT, WITHOUT ROWID;

-- Calendars and rules that the county has sent.
CREATE TABLE pack (
    uuid    BLOB PRIMARY KEY,
    kind    TEXT NOT NULL,
    name    TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Complaints that are not here yet although steps or losses of theirs are.
CREATE TABLE orphan (
    complaint BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE consultation (
    id         INTEGER PRIMARY KEY,
    uuid       BLOB NOT NULL UNIQUE,
    office     INTEGER NOT NULL,
    way        TEXT NOT NULL,
    asker_name TEXT NOT NULL,
    persons    INTEGER NOT NULL,
    topic      TEXT NOT NULL,
    content    TEXT NOT NULL,
    complaint  BLOB,
    withdrawn  INTEGER NOT NULL
) STRICT;
CREATE INDEX consultation_office ON consultation (office);

CREATE TABLE office (
    uuid      BLOB PRIMARY KEY,
    code      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    name      TEXT NOT NULL,
    area_code TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    uuid          BLOB PRIMARY KEY,
    office        BLOB NOT NULL,
    signing_key   TEXT NOT NULL,
    recipient     TEXT NOT NULL,
    label         TEXT NOT NULL,
    revoked       TEXT                                   -- how far it is still trusted, as JSON; none: it is not revoked
) STRICT, WITHOUT ROWID;

CREATE TABLE operator (
    uuid    BLOB PRIMARY KEY,
    office  BLOB NOT NULL,
    name    TEXT NOT NULL,
    role    TEXT NOT NULL,
    retired INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE activity (
    uuid          BLOB PRIMARY KEY,
    office        INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    day           INTEGER NOT NULL,
    title         TEXT NOT NULL,
    place         TEXT NOT NULL,
    business      BLOB,
    business_name TEXT NOT NULL,
    people        INTEGER NOT NULL,
    materials     INTEGER NOT NULL,
    firms         INTEGER NOT NULL,
    units         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_day ON activity (day, uuid);

CREATE TABLE volunteer (
    uuid   BLOB PRIMARY KEY,
    office INTEGER NOT NULL,
    name   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE department (
    uuid       BLOB PRIMARY KEY,
    department TEXT NOT NULL,
    year       INTEGER NOT NULL,
    complaints INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Sums by month (year * 12 + month - 1), kept with the rows above; a check recomputes them.
CREATE TABLE summary (
    cube  TEXT NOT NULL,
    month INTEGER NOT NULL,
    a     TEXT NOT NULL,
    b     TEXT NOT NULL,
    n     INTEGER NOT NULL,
    fen   INTEGER NOT NULL,
    PRIMARY KEY (cube, month, a, b)
) STRICT, WITHOUT ROWID;

-- Two-character windows of what people search for; rowid is that of complaint, or of consultation with bit 62 set.
CREATE VIRTUAL TABLE search USING fts5 (
    grams, content = '', contentless_delete = 1, detail = none, tokenize = "unicode61 remove_diacritics 0"
);
-- Rows that the search has not seen yet.
CREATE TABLE search_todo (
    id INTEGER PRIMARY KEY
) STRICT;
