-- The revision at which the document of a record last came to show something else: by the record's own
-- change, by a link to it, or by the name of a record that it shows. Derived; tells Last-Modified.
CREATE TABLE shown (
    record   INTEGER PRIMARY KEY REFERENCES record (id),
    revision INTEGER NOT NULL REFERENCES revision (number)
) STRICT;

INSERT INTO shown (record, revision) SELECT id, (SELECT max(number) FROM revision) FROM record;
