-- The register: journal and archive of the list. Its constraints hold the promises:
-- a number is never reused, a version never changes, the feed has no gaps.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- One row for each commit: who did what, when.
CREATE TABLE revision (
    number   INTEGER PRIMARY KEY,
    at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    agent    TEXT NOT NULL,
    activity TEXT NOT NULL
) STRICT;

-- The unit of writing: one resource and what stands under its IRI. `version` is the present one.
CREATE TABLE record (
    id      INTEGER PRIMARY KEY,
    iri     TEXT NOT NULL UNIQUE,
    kind    TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    FOREIGN KEY (id, version) REFERENCES version (record, number) DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- What a record said from a revision on, as canonical N-Triples.
CREATE TABLE version (
    record   INTEGER NOT NULL REFERENCES record (id),
    number   INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (number),
    content  TEXT NOT NULL,
    PRIMARY KEY (record, number),
    FOREIGN KEY (record, number) REFERENCES feed (record, version) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

-- Every version once, in the order of commit.
CREATE TABLE feed (
    position INTEGER PRIMARY KEY,
    record   INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    FOREIGN KEY (record, version) REFERENCES version (record, number),
    UNIQUE (record, version)
) STRICT;

-- Numbers of service types that were ever given.
CREATE TABLE number (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    record INTEGER NOT NULL UNIQUE REFERENCES record (id)
) STRICT;

-- What present versions point at, and what they are called. Derived from `version`.
-- `part` is what follows the record's IRI in the subject: empty, or `#` and a name.
CREATE TABLE link (
    record   INTEGER NOT NULL REFERENCES record (id),
    part     TEXT NOT NULL,
    property TEXT NOT NULL,
    object   TEXT NOT NULL,
    PRIMARY KEY (record, part, property, object)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_by_object ON link (object, property, record);

CREATE TABLE label (
    record   INTEGER NOT NULL REFERENCES record (id),
    property TEXT NOT NULL,
    language TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (record, language, value)
) STRICT, WITHOUT ROWID;

-- What each source said of a record when it last spoke of it.
CREATE TABLE told (
    source        TEXT NOT NULL,
    record        INTEGER NOT NULL REFERENCES record (id),
    content       TEXT NOT NULL,
    missing_since INTEGER REFERENCES revision (number),
    PRIMARY KEY (source, record)
) STRICT, WITHOUT ROWID;

-- Frozen releases of the list, and the version of each member.
CREATE TABLE release (
    name     TEXT PRIMARY KEY,
    record   INTEGER NOT NULL UNIQUE REFERENCES record (id),
    revision INTEGER NOT NULL REFERENCES revision (number),
    members  INTEGER NOT NULL CHECK (members > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE release_member (
    release TEXT NOT NULL REFERENCES release (name),
    record  INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (release, record),
    FOREIGN KEY (record, version) REFERENCES version (record, number)
) STRICT, WITHOUT ROWID;

-- The promises. A trigger on insertion stands beside each on deletion, since INSERT OR REPLACE
-- takes the place of a row without deleting it.

CREATE TRIGGER setting_replaced BEFORE INSERT ON setting
WHEN EXISTS (SELECT 1 FROM setting WHERE name = NEW.name)
BEGIN SELECT RAISE (ABORT, 'a setting of the register never changes'); END;
CREATE TRIGGER setting_changed BEFORE UPDATE ON setting
BEGIN SELECT RAISE (ABORT, 'a setting of the register never changes'); END;
CREATE TRIGGER setting_deleted BEFORE DELETE ON setting
BEGIN SELECT RAISE (ABORT, 'a setting of the register never goes'); END;

CREATE TRIGGER revision_follows BEFORE INSERT ON revision
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM revision)
BEGIN SELECT RAISE (ABORT, 'revisions have no gaps'); END;
CREATE TRIGGER revision_changed BEFORE UPDATE ON revision
BEGIN SELECT RAISE (ABORT, 'a revision never changes'); END;
CREATE TRIGGER revision_deleted BEFORE DELETE ON revision
BEGIN SELECT RAISE (ABORT, 'a revision never goes'); END;

CREATE TRIGGER record_replaced BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE id = NEW.id OR iri = NEW.iri)
BEGIN SELECT RAISE (ABORT, 'a record is made once'); END;
CREATE TRIGGER record_changed BEFORE UPDATE ON record
WHEN NEW.id IS NOT OLD.id OR NEW.iri IS NOT OLD.iri OR NEW.kind IS NOT OLD.kind
    OR NEW.version IS NOT OLD.version + 1
BEGIN SELECT RAISE (ABORT, 'a record only moves to its next version'); END;
CREATE TRIGGER record_deleted BEFORE DELETE ON record
BEGIN SELECT RAISE (ABORT, 'a record never goes'); END;

CREATE TRIGGER version_follows BEFORE INSERT ON version
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM version WHERE record = NEW.record)
BEGIN SELECT RAISE (ABORT, 'the versions of a record have no gaps'); END;
CREATE TRIGGER version_changed BEFORE UPDATE ON version
BEGIN SELECT RAISE (ABORT, 'a version never changes'); END;
CREATE TRIGGER version_deleted BEFORE DELETE ON version
BEGIN SELECT RAISE (ABORT, 'a version never goes'); END;

CREATE TRIGGER feed_follows BEFORE INSERT ON feed
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM feed)
BEGIN SELECT RAISE (ABORT, 'the feed has no gaps'); END;
CREATE TRIGGER feed_replaced BEFORE INSERT ON feed
WHEN EXISTS (SELECT 1 FROM feed WHERE record = NEW.record AND version = NEW.version)
BEGIN SELECT RAISE (ABORT, 'a version enters the feed once'); END;
CREATE TRIGGER feed_changed BEFORE UPDATE ON feed
BEGIN SELECT RAISE (ABORT, 'the feed never changes'); END;
CREATE TRIGGER feed_deleted BEFORE DELETE ON feed
BEGIN SELECT RAISE (ABORT, 'the feed forgets nothing'); END;

CREATE TRIGGER number_replaced BEFORE INSERT ON number
WHEN EXISTS (SELECT 1 FROM number WHERE number = NEW.number OR record = NEW.record)
BEGIN SELECT RAISE (ABORT, 'a number is never reused'); END;
CREATE TRIGGER number_changed BEFORE UPDATE ON number
BEGIN SELECT RAISE (ABORT, 'a number is never reused'); END;
CREATE TRIGGER number_deleted BEFORE DELETE ON number
BEGIN SELECT RAISE (ABORT, 'a number is never freed'); END;

CREATE TRIGGER release_replaced BEFORE INSERT ON release
WHEN EXISTS (SELECT 1 FROM release WHERE name = NEW.name OR record = NEW.record)
    OR NEW.revision IS NOT (SELECT max(number) FROM revision)
BEGIN SELECT RAISE (ABORT, 'a release is made once'); END;
CREATE TRIGGER release_changed BEFORE UPDATE ON release
BEGIN SELECT RAISE (ABORT, 'a release never changes'); END;
CREATE TRIGGER release_deleted BEFORE DELETE ON release
BEGIN SELECT RAISE (ABORT, 'a release never goes'); END;
CREATE TRIGGER release_member_follows BEFORE INSERT ON release_member
WHEN (SELECT revision FROM release WHERE name = NEW.release) IS NOT (SELECT max(number) FROM revision)
    OR (SELECT count(*) FROM release_member WHERE release = NEW.release)
        >= (SELECT members FROM release WHERE name = NEW.release)
BEGIN SELECT RAISE (ABORT, 'a release takes no member after it was made'); END;
CREATE TRIGGER release_member_replaced BEFORE INSERT ON release_member
WHEN EXISTS (SELECT 1 FROM release_member WHERE release = NEW.release AND record = NEW.record)
BEGIN SELECT RAISE (ABORT, 'a release never changes'); END;
CREATE TRIGGER release_member_changed BEFORE UPDATE ON release_member
BEGIN SELECT RAISE (ABORT, 'a release never changes'); END;
CREATE TRIGGER release_member_deleted BEFORE DELETE ON release_member
BEGIN SELECT RAISE (ABORT, 'a release never changes'); END;
