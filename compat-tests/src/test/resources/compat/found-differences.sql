-- # Primary key columns at the end of an index keep their direction
CREATE TABLE t(a INT, b REAL, c TEXT COLLATE NOCASE, d UNIQUE, PRIMARY KEY(a DESC, c, b DESC)) WITHOUT ROWID;
CREATE UNIQUE INDEX td ON t(d DESC);
CREATE INDEX ta ON t(a COLLATE NOCASE);
PRAGMA index_xinfo(td);
PRAGMA index_xinfo(ta);
PRAGMA index_xinfo(sqlite_autoindex_t_2);
INSERT INTO t VALUES (1, 2, 'a', NULL), (2, 3, 'b', NULL), (2, 4, 'B', 4);
SELECT a, b FROM t INDEXED BY td ORDER BY d DESC, a DESC, c, b DESC;
PRAGMA integrity_check;
-- # A failing function or an unfit rowid undoes the whole statement in a transaction
CREATE TABLE t(id INTEGER PRIMARY KEY, t);
BEGIN;
INSERT OR FAIL INTO t VALUES (NULL, 'a'), ('x', 'b');
SELECT * FROM t;
INSERT OR IGNORE INTO t VALUES (NULL, 'a'), ('x', 'b');
SELECT * FROM t;
INSERT OR IGNORE INTO t VALUES (3, 1), (4, abs(-9223372036854775807 - 1));
SELECT * FROM t;
INSERT INTO t VALUES (1, 'a'), (2, 'b');
UPDATE OR IGNORE t SET id = iif(id = 1, 7, 'x');
SELECT * FROM t;
UPDATE OR IGNORE t SET t = abs(id - 9223372036854775807 - 3);
SELECT * FROM t;
