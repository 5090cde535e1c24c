-- Writing by many: who may, for whom and why, what waits to be published, which numbers were given out; and a chain
-- of digests along the feed, so that history proves itself.

-- The organisation that a commit was made for, the token that allowed it, and the reason that was given.
ALTER TABLE revision ADD COLUMN organisation TEXT;
ALTER TABLE revision ADD COLUMN token TEXT;
ALTER TABLE revision ADD COLUMN reason TEXT;

-- The SHA-256 of the content, which is its RDFC-1.0 canonical form. Older versions get theirs, and older
-- entries of the feed their links, when this step is done (chain.rs).
ALTER TABLE version ADD COLUMN digest BLOB CHECK (length (digest) = 32);

-- A link of the chain: the SHA-256 of the link before it and of all that this entry says (chain.rs tells how).
ALTER TABLE feed ADD COLUMN link BLOB CHECK (length (link) = 32);

-- The largest number that was ever given out of each kind whose records are named by numbers.
CREATE TABLE counter (
    kind TEXT PRIMARY KEY,
    last INTEGER NOT NULL CHECK (last >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO counter (kind, last) SELECT 'service-type', max(9999, coalesce(max(number), 0)) FROM number;

-- What waits to be published: a record to be, a change to one, or, without content, an IRI that is reserved.
-- `edit` grows with each change of it, `changes` is the version that it would change, if there is one.
CREATE TABLE draft (
    iri          TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    content      TEXT,
    edit         INTEGER NOT NULL CHECK (edit >= 1),
    changes      INTEGER,
    organisation TEXT,
    token        TEXT NOT NULL,
    at           TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT, WITHOUT ROWID;

-- Who may write. `prefix` is public; of the secret only the SHA-256 is kept. Empty `kinds` are all kinds.
CREATE TABLE token (
    prefix       TEXT PRIMARY KEY,
    digest       BLOB NOT NULL UNIQUE CHECK (length (digest) = 32),
    name         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('submit', 'edit', 'manage')),
    organisation TEXT,
    kinds        TEXT NOT NULL,
    first        INTEGER,
    last         INTEGER,
    made         TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    ends         TEXT,
    revoked      TEXT,
    CHECK ((first IS NULL) = (last IS NULL) AND first <= last)
) STRICT, WITHOUT ROWID;

-- What requests with an idempotency key were answered, so that they are answered the same again.
-- `request` is the SHA-256 of what was asked.
CREATE TABLE answered (
    token   TEXT NOT NULL REFERENCES token (prefix),
    key     TEXT NOT NULL,
    request BLOB NOT NULL CHECK (length (request) = 32),
    answer  TEXT NOT NULL,
    at      INTEGER NOT NULL DEFAULT (unixepoch()),
    PRIMARY KEY (token, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answered_at ON answered (at);

CREATE TRIGGER version_needs_digest BEFORE INSERT ON version WHEN NEW.digest IS NULL
BEGIN SELECT RAISE (ABORT, 'a version has a digest'); END;
CREATE TRIGGER feed_needs_link BEFORE INSERT ON feed WHEN NEW.link IS NULL
BEGIN SELECT RAISE (ABORT, 'the feed is a chain'); END;

CREATE TRIGGER counter_replaced BEFORE INSERT ON counter
WHEN EXISTS (SELECT 1 FROM counter WHERE kind = NEW.kind)
BEGIN SELECT RAISE (ABORT, 'a number is never reused'); END;
CREATE TRIGGER counter_lowered BEFORE UPDATE ON counter WHEN NEW.kind IS NOT OLD.kind OR NEW.last < OLD.last
BEGIN SELECT RAISE (ABORT, 'a number is never reused'); END;
CREATE TRIGGER counter_deleted BEFORE DELETE ON counter
BEGIN SELECT RAISE (ABORT, 'a number is never reused'); END;

CREATE TRIGGER token_replaced BEFORE INSERT ON token
WHEN EXISTS (SELECT 1 FROM token WHERE prefix = NEW.prefix OR digest = NEW.digest)
BEGIN SELECT RAISE (ABORT, 'a token is made once'); END;
CREATE TRIGGER token_changed BEFORE UPDATE ON token
WHEN OLD.revoked IS NOT NULL OR NEW.revoked IS NULL OR NEW.prefix IS NOT OLD.prefix OR NEW.digest IS NOT OLD.digest
    OR NEW.name IS NOT OLD.name OR NEW.role IS NOT OLD.role OR NEW.organisation IS NOT OLD.organisation
    OR NEW.kinds IS NOT OLD.kinds OR NEW.first IS NOT OLD.first OR NEW.last IS NOT OLD.last
    OR NEW.made IS NOT OLD.made OR NEW.ends IS NOT OLD.ends
BEGIN SELECT RAISE (ABORT, 'a token is only revoked'); END;
CREATE TRIGGER token_deleted BEFORE DELETE ON token
BEGIN SELECT RAISE (ABORT, 'a token is never forgotten: what it wrote names it'); END;
