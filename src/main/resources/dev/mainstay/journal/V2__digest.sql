-- SQLite notices a torn page, but not a changed byte in a value. So each cluster has a sum of the checksums of its rows,
-- which the triggers keep; row_digest is registered by dev.mainstay.journal.sqlite.Digests. The empty name stands for the
-- make-up of the database itself: its schema, and the history of its versions.
CREATE TABLE digest (
  cluster TEXT NOT NULL PRIMARY KEY,
  value   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO digest SELECT cluster, sum(row_digest(cluster, kind, key, value)) FROM entry GROUP BY cluster;

CREATE TRIGGER entry_inserted AFTER INSERT ON entry BEGIN
  INSERT INTO digest VALUES (new.cluster, row_digest(new.cluster, new.kind, new.key, new.value))
    ON CONFLICT (cluster) DO UPDATE SET value = value + excluded.value;
END;

CREATE TRIGGER entry_updated AFTER UPDATE ON entry BEGIN
  UPDATE digest
    SET value = value - row_digest(old.cluster, old.kind, old.key, old.value)
                      + row_digest(new.cluster, new.kind, new.key, new.value)
    WHERE cluster = new.cluster;
END;

CREATE TRIGGER entry_deleted AFTER DELETE ON entry BEGIN
  UPDATE digest SET value = value - row_digest(old.cluster, old.kind, old.key, old.value) WHERE cluster = old.cluster;
END;
