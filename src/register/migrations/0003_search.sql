-- What service types and organisations are searched by: their names and former names, and the search words and
-- definitions of service types, each as its words, folded.
-- Derived from `version`. A record's rows are 4096 from record * 4096 on, so that they are found without
-- looking through all.
CREATE VIRTUAL TABLE search USING fts5 (
    words, property UNINDEXED, language UNINDEXED, value UNINDEXED,
    tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3'
);

-- Which form of the index that is; where it is another than the program's, the index is made anew.
CREATE TABLE search_form (form INTEGER NOT NULL) STRICT;
INSERT INTO search_form (form) VALUES (0);
