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
