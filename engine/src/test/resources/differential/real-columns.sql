-- Whole numbers in columns of real numbers, which are stored as integers.
CREATE TABLE t(a REAL, b INT, c REAL AS (b) STORED, d REAL AS (b+1), e TEXT, f)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<50) INSERT INTO t(a,b,e,f) SELECT CASE WHEN i%3 THEN i ELSE i/7.0 END, i, i, i*1.0 FROM n
CREATE INDEX ta ON t(a)
CREATE INDEX tc ON t(c,a)
CREATE INDEX td ON t(d)
CREATE INDEX te ON t(a+1)
CREATE INDEX tf ON t(f, a) WHERE f > 3
CREATE INDEX tg ON t(CAST(b AS REAL))
CREATE INDEX th ON t(e, e+0)
SELECT a, typeof(a) FROM t INDEXED BY ta WHERE a>4
SELECT c, typeof(c), a FROM t INDEXED BY tc WHERE c > 30
SELECT d, typeof(d) FROM t INDEXED BY td WHERE d > 30
SELECT a+1, typeof(a+1) FROM t INDEXED BY te WHERE a+1 > 30
SELECT f, typeof(f), a FROM t INDEXED BY tf WHERE f > 30
SELECT CAST(b AS REAL), typeof(CAST(b AS REAL)) FROM t INDEXED BY tg WHERE CAST(b AS REAL) > 40
SELECT e, e+0, typeof(e+0) FROM t INDEXED BY th WHERE e>'4'
PRAGMA integrity_check
SELECT a, count(*) FROM t GROUP BY a
!check
-- the column becomes one of text
!new
CREATE TABLE t(a REAL, b REAL, c INT, d TEXT, e REAL DEFAULT 5)
INSERT INTO t VALUES(1, 2.5, 3, 'x', 4), (5.0, 1e20, 4, '5', 0)
CREATE INDEX ta ON t(a)
SELECT typeof(a), typeof(b) FROM t
PRAGMA writable_schema=ON
UPDATE sqlite_schema SET sql='CREATE TABLE t(a TEXT, b TEXT, c REAL, d INT, e)' WHERE name='t'
PRAGMA writable_schema=RESET
SELECT a, typeof(a), b, typeof(b), c, typeof(c), d, typeof(d), e, typeof(e) FROM t
SELECT a FROM t ORDER BY a
SELECT a FROM t WHERE a = 1
SELECT a FROM t WHERE a = '1'
SELECT a FROM t WHERE a = '1.0'
SELECT a FROM t NOT INDEXED WHERE a = '1'
SELECT a FROM t NOT INDEXED WHERE a = '1.0'
SELECT a || 'z', b || 'z', c || 'z' FROM t
SELECT max(a), min(a), max(c) FROM t
UPDATE t SET b = b
SELECT a, typeof(a), b, typeof(b), c, typeof(c) FROM t
INSERT INTO t SELECT * FROM t
SELECT a, typeof(a), b, typeof(b), c, typeof(c), d, typeof(d) FROM t
PRAGMA integrity_check
REINDEX
PRAGMA integrity_check
DELETE FROM t WHERE a = '1'
SELECT count(*) FROM t
