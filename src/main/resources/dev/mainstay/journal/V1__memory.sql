-- One row for each thing remembered of a cluster. The kinds are those of dev.mainstay.journal.sqlite.Kind;
-- the value is JSON. One wide table, because all is read at once and only ever by its whole key.
CREATE TABLE entry (
  cluster TEXT NOT NULL,
  kind    TEXT NOT NULL,
  key     TEXT NOT NULL,
  value   TEXT NOT NULL,
  PRIMARY KEY (cluster, kind, key)
) STRICT, WITHOUT ROWID;
