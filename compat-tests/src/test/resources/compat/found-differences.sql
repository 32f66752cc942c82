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
-- # Equal rows survive an automatic index
CREATE TABLE t(a, b);
INSERT INTO t VALUES (1, 2), (1, 2), (3, 4);
WITH w(x, y) AS MATERIALIZED (SELECT a, b FROM t) SELECT w1.x, w2.y FROM w AS w1 JOIN w AS w2 ON w1.x = w2.x;
CREATE TABLE k(p, q, r, PRIMARY KEY (p, q)) WITHOUT ROWID;
INSERT INTO k VALUES (1, 1, 5), (1, 2, 5);
SELECT count(*) FROM t CROSS JOIN k ON k.r = t.a + 4;
-- # A default that takes the place of NULL has the column's affinity and goes into computed columns
CREATE TABLE t(k, a TEXT NOT NULL DEFAULT 22, b AS (a || k), c NOT NULL AS (nullif(a, 'no') || 1) STORED);
CREATE INDEX i ON t(coalesce(a, 0), k);
CREATE INDEX j ON t(b, c);
INSERT OR REPLACE INTO t VALUES ('x', NULL), ('y', 'z');
INSERT INTO t(k, a) VALUES (1, NULL);
INSERT INTO t(k, a) VALUES (1, 'no');
UPDATE OR REPLACE t SET a = NULL WHERE k = 'y';
SELECT * FROM t;
SELECT *, typeof(a) FROM t;
PRAGMA integrity_check;
-- # RIGHT JOIN with nothing on the left
CREATE TABLE l(k, a);
CREATE TABLE r(a, b);
CREATE INDEX ri ON r(a DESC) WHERE a IS NOT NULL;
INSERT INTO r VALUES (NULL, 30.5);
SELECT l.k, r.b FROM l RIGHT JOIN r ON substr(l.k, 0) <= r.a;
SELECT l.k, hex(28.5) FROM l RIGHT JOIN r ON substr(ltrim(l.k), -3, 0) <= r.a ORDER BY 1 ASC, 2 DESC;
INSERT INTO r VALUES (1, 2), (3, 4);
INSERT INTO l VALUES (1, 2), (7, 8);
SELECT l.k, r.a FROM l FULL JOIN r ON l.k = r.a ORDER BY 1, 2;
SELECT l.k, r.a FROM l RIGHT JOIN r ON l.k = r.a WHERE r.a IS NOT NULL ORDER BY 1, 2;
-- # A row with a NULL in it is compared under the set's affinities
CREATE TABLE t(p INT, a INT);
CREATE TABLE u(x BLOB, y);
INSERT INTO t VALUES (12, 55);
INSERT INTO u VALUES ('12', NULL), ('12', 55), ('13', NULL);
SELECT (x, y) IN (SELECT p, a FROM t), (y, x) NOT IN (SELECT a, p FROM t) FROM u;
-- # EXCEPT compares by the collations of its own two sides
CREATE TABLE t(a);
CREATE TABLE u(b COLLATE NOCASE);
INSERT INTO t VALUES ('a'), ('A');
SELECT a || '' FROM t EXCEPT SELECT 'b' || '' UNION ALL SELECT b FROM u ORDER BY 1 COLLATE BINARY;
SELECT a || '' FROM t UNION SELECT b FROM u;
-- # IN compares by the collation of its left side only
CREATE TABLE t(a, b COLLATE NOCASE);
INSERT INTO t VALUES ('X', 'x');
SELECT (a || '') IN (1, b), a IN (b), b IN (a), (a || '') IN ('y' COLLATE NOCASE, 'x' COLLATE NOCASE), 'X' IN (b, 2, 3, 4), b IN ('X', 2, 3, 4) FROM t;
SELECT count(*) FROM t WHERE a IN (b, 5, 6);
-- # A rowid has no collation
CREATE TABLE t(id INTEGER PRIMARY KEY);
CREATE TABLE u(a COLLATE RTRIM, b COLLATE NOCASE);
INSERT INTO u VALUES ('', 'a'), (' ', 'A');
SELECT count(*) FROM (SELECT id FROM t UNION SELECT a FROM u);
SELECT count(*) FROM (SELECT rowid FROM t UNION SELECT b FROM u);
SELECT count(*) FROM (SELECT b FROM u UNION SELECT id FROM t);
-- # A column of a subquery compares by a collation of its own
CREATE TABLE t(c COLLATE NOCASE);
CREATE TABLE u(d);
INSERT INTO t VALUES ('a'), ('X'), ('y');
INSERT INTO u VALUES ('A'), ('x');
WITH w(x, y) AS (SELECT c, 'Gr' FROM t) SELECT x, y FROM w WHERE y > x;
SELECT * FROM (SELECT d || '' AS e FROM u), t WHERE e = c;
SELECT * FROM (SELECT d COLLATE NOCASE AS e FROM u), t WHERE e = c;
SELECT * FROM (SELECT d COLLATE NOCASE AS e FROM u), u WHERE u.d = e;
SELECT * FROM (SELECT d COLLATE NOCASE AS e FROM u) WHERE e = 'a' OR 'X' = e;
CREATE INDEX i ON u(lower(d));
SELECT * FROM (SELECT lower(d) AS e FROM u) WHERE e = 'x' ORDER BY e;
-- # A LEFT JOIN that never came to open the list of an IN
CREATE TABLE t(id INTEGER PRIMARY KEY, a, b);
CREATE INDEX i ON t(b) WHERE id IS NOT NULL;
CREATE INDEX j ON t(a, b);
INSERT INTO t VALUES (1, 2, 3), (3, NULL, 5), (4, 2, 6);
SELECT f.id, g.id FROM t AS f LEFT JOIN t AS g ON g.id IN (NULL) AND NULL = g.b;
SELECT f.id, g.id FROM t AS f LEFT JOIN t AS g ON g.id IN (1, 3) AND NULL = g.b;
SELECT f.id, g.id FROM t AS f LEFT JOIN t AS g ON g.b IN (3, 6) AND f.a = g.a ORDER BY 1, 2;
SELECT f.id, g.id FROM t AS f LEFT JOIN t AS g ON g.b IN (SELECT b FROM t) AND f.a = g.a ORDER BY 1, 2;
-- # generated columns of STRICT tables see values that have taken their column's type
CREATE TABLE t(a REAL, b TEXT, g ANY AS (length(a) || typeof(b)) STORED) STRICT;
INSERT INTO t(a, b) VALUES (12, 34);
SELECT * FROM t;
INSERT INTO t(a, b) VALUES ('x', 1);
-- # NEW and OLD do not pass the affinity of their columns on
CREATE TABLE t(a INTEGER, b);
CREATE TABLE log(x, y);
CREATE TRIGGER tr BEFORE INSERT ON t WHEN new.b NOT BETWEEN new.a AND new.b BEGIN INSERT INTO log VALUES (new.a, new.b = 5); END;
INSERT INTO t VALUES (21, '-5.0'), (2, 'x'), (3, '5'), (5, 1);
SELECT * FROM log;
