-- Subqueries in FROM whose columns are subqueries themselves.
CREATE TABLE m1(id INTEGER PRIMARY KEY, x, y INT, z TEXT, w REAL)
CREATE TABLE m2(id INT PRIMARY KEY, x INT, y, z COLLATE NOCASE, w) WITHOUT ROWID
CREATE TABLE m3(id INTEGER PRIMARY KEY, x TEXT, y NUMERIC, z, w INT)
CREATE INDEX m1xy ON m1(x,y)
CREATE INDEX m1wz ON m1(w,z)
CREATE INDEX m2xy ON m2(x,y,z)
CREATE INDEX m2w ON m2(w)
CREATE INDEX m3zx ON m3(z,x)
CREATE INDEX m3y ON m3(y) WHERE w IS NOT NULL
CREATE INDEX m3w ON m3(w,y)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<60) INSERT INTO m1 SELECT i, CASE i%5 WHEN 0 THEN NULL WHEN 1 THEN 'a' ELSE i%8 END, i%7, CASE i%3 WHEN 0 THEN 'a' WHEN 1 THEN i%5 END, CASE WHEN i%4 THEN i%6/2.0 END FROM n
INSERT INTO m2 SELECT id, y, x, z, w FROM m1 WHERE id%3
INSERT INTO m3 SELECT id, z, w, x, y FROM m1 WHERE id%2
CREATE VIEW v1 AS SELECT id, x, (SELECT count(*) FROM m2 WHERE m2.y = m1.x) AS n, EXISTS(SELECT 1 FROM m3 WHERE m3.x = m1.z) AS e FROM m1
CREATE VIEW v2 AS SELECT m1.id, m1.y, (SELECT max(w) FROM m3 WHERE m3.id <= m1.id) AS s FROM m1 JOIN m3 ON m3.id = m1.id
CREATE VIEW v3 AS SELECT id, (SELECT n FROM v1 WHERE v1.id = m3.id) AS m, CASE WHEN w IN (SELECT y FROM m1) THEN 1 ELSE (SELECT min(id) FROM m1) END AS k FROM m3 WHERE id > 3
CREATE VIEW v4 AS SELECT v1.id AS a, (SELECT v1.n + 1) AS b, (SELECT group_concat(y) FROM (SELECT y FROM m2 WHERE m2.x = v1.x ORDER BY y LIMIT 2)) AS q FROM v1 WHERE v1.n >= 0
!sorted SELECT a0.m,a1.s,a0.id FROM v3 a0 LEFT JOIN v2 a1 ON a1.s < a0.id WHERE a0.id < a0.id ORDER BY a0.m,a1.s,a0.id
!sorted SELECT a0.id FROM v2 a0 JOIN m1 a1 ON a0.s > a1.x WHERE a1.id < a0.s AND a0.s IS 1
!sorted SELECT DISTINCT a0.q,a0.b,a0.q FROM v4 a0 RIGHT JOIN m1 a1 ON a0.q IS a0.a
!sorted SELECT a0.y FROM v2 a0 WHERE a0.y IN (SELECT x FROM m1 WHERE m1.id < a0.s)
!sorted SELECT sum(a1.m) OVER (PARTITION BY a0.a ORDER BY a0.q), a0.b,a0.q,a1.m FROM v4 a0 JOIN v3 a1 ON a0.a = a1.k WHERE a0.b < a1.k
!sorted SELECT a0.y,a0.s FROM v2 a0 WHERE a0.id IS 2
!sorted SELECT a0.m,a0.m FROM v3 a0 WHERE a0.k > a0.k
!sorted SELECT sum(a0.a), count(DISTINCT a0.q) FROM v4 a0 WHERE EXISTS(SELECT 1 FROM m3 k WHERE k.x = a0.q) AND a0.b < 3
!sorted SELECT sum(a1.s), count(DISTINCT a1.s) FROM v1 a0 RIGHT JOIN v2 a1 ON a0.e > a1.s WHERE a0.x < a1.id
!sorted SELECT a1.n,a1.id FROM v2 a0 LEFT JOIN v1 a1 ON a0.y > a0.id
!sorted SELECT (SELECT count(*) FROM m1 u WHERE u.x = a1.n), a0.x,a1.n,a1.n FROM v1 a0 LEFT JOIN v1 a1 ON a1.n > 2.5 WHERE EXISTS(SELECT 1 FROM m3 k WHERE k.y = a1.n) AND a1.x IN (SELECT x FROM m1 WHERE m1.id < a0.n)
!sorted SELECT a1.id,a0.e FROM v1 a0 RIGHT JOIN v1 a1 ON a1.id < 1 WHERE a1.e > a0.id
!sorted SELECT a0.q, count(*), max(a0.a) FROM v4 a0 GROUP BY a0.q
!sorted SELECT a0.q,a1.a,a0.q FROM v4 a0 LEFT JOIN v4 a1 ON EXISTS(SELECT 1 FROM m3 k WHERE k.x = a0.q) WHERE a1.q <> 2.5
!sorted SELECT a0.b FROM v4 a0 JOIN v4 a1 ON a0.a = a1.b
!sorted SELECT a1.a,a0.n,a1.a FROM v1 a0 JOIN v4 a1 ON a0.n > a1.b WHERE a1.a > 1
!sorted SELECT a1.a FROM v4 a0 LEFT JOIN v4 a1 ON a1.b <> 1
!sorted SELECT a1.s,a1.id,a1.id FROM v4 a0 LEFT JOIN v2 a1 ON a1.id = 2 WHERE a0.a IS NOT NULL ORDER BY a1.s,a1.id,a1.id
!sorted SELECT a1.b,a0.y FROM v2 a0 RIGHT JOIN v4 a1 ON a0.y IS NOT NULL WHERE a1.b > 3 ORDER BY a1.b,a0.y
!sorted SELECT sum(a0.id), count(DISTINCT a0.id) FROM v2 a0 RIGHT JOIN v3 a1 ON a0.y IN (SELECT id FROM m1 WHERE m1.id < a1.k) WHERE a1.m < 'a'
!sorted SELECT a1.e FROM v1 a0 RIGHT JOIN v1 a1 ON a1.e < 2 WHERE a0.id IS NOT NULL
!sorted SELECT a0.a FROM v4 a0 WHERE a0.b IN (SELECT id FROM m1 WHERE m1.id < a0.a) AND a0.a > a0.q ORDER BY a0.a
!sorted SELECT sum(a0.y), count(DISTINCT a1.y) FROM v2 a0 JOIN v2 a1 ON a0.s = a1.id WHERE a1.id IS NOT NULL
!sorted SELECT (SELECT count(*) FROM m1 u WHERE u.x = a0.id), a0.m,a0.m,a0.k FROM v3 a0 WHERE a0.m <> NULL
!sorted SELECT a0.id,a1.k,a0.s FROM v2 a0 JOIN v3 a1 ON a0.s > a0.s WHERE a0.y = 2
!sorted SELECT sum(a1.w) OVER (PARTITION BY a1.y ORDER BY a0.k), a1.id,a0.k,a1.id FROM v3 a0 JOIN m3 a1 ON a0.k <> 2.5
!sorted SELECT a0.k FROM v3 a0 WHERE a0.id IN (SELECT x FROM m1 WHERE m1.id < a0.k) ORDER BY a0.k
!sorted SELECT a0.y,a0.s,a1.k FROM v2 a0 LEFT JOIN v3 a1 ON a0.y IS a1.id ORDER BY a0.y,a0.s,a1.k
!sorted SELECT (SELECT count(*) FROM m1 u WHERE u.x = a0.x), a0.id,a0.id,a0.x FROM v1 a0 WHERE a0.id IS NOT NULL
!sorted SELECT DISTINCT a0.q,a1.a FROM v4 a0 LEFT JOIN v4 a1 ON a0.b > a0.b
!sorted SELECT a0.id,a0.s FROM v2 a0 WHERE a0.id IS 'a'
!sorted SELECT a0.s,a1.a FROM v2 a0 RIGHT JOIN v4 a1 ON a1.q IN (SELECT x FROM m1 WHERE m1.id < a1.q) WHERE a0.y = a1.b AND a0.id IN (SELECT x FROM m1 WHERE m1.id < a1.b)
!sorted SELECT sum(a0.e), count(DISTINCT a0.e) FROM v1 a0 WHERE a0.id > 2.5 AND a0.id > 2
!sorted SELECT a0.y FROM v2 a0 LEFT JOIN m3 a1 ON a1.w > a1.y WHERE a0.id > a1.w AND a1.x < 2.5
!sorted SELECT a0.q,a0.q FROM v4 a0 WHERE EXISTS(SELECT 1 FROM m3 k WHERE k.x = a0.a)
!sorted SELECT sum(a0.q), count(DISTINCT a0.b) FROM v4 a0 WHERE a0.q IS 3 AND a0.q <> a0.q
!sorted SELECT a0.y FROM v2 a0 WHERE a0.id IS NOT NULL
!sorted SELECT a0.e,a0.n FROM v1 a0 RIGHT JOIN v2 a1 ON EXISTS(SELECT 1 FROM m3 k WHERE k.x = a0.n) WHERE EXISTS(SELECT 1 FROM m3 k WHERE k.x = a1.s)
!sorted SELECT a0.id,a0.id,a0.k FROM v3 a0 LEFT JOIN v4 a1 ON a1.a IN (SELECT id FROM m1 WHERE m1.id < a1.q) WHERE a1.a IS a1.q AND a1.a = 0
!sorted SELECT a0.b FROM v4 a0 LEFT JOIN m3 a1 ON a0.a <> a0.b WHERE a0.a < 3
