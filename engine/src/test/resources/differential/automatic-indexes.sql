-- Joins through an index that is made for the query.
CREATE TABLE a(x, y TEXT, z REAL, n TEXT COLLATE NOCASE, r TEXT COLLATE RTRIM);
CREATE TABLE b(x, y TEXT, z REAL, n TEXT COLLATE NOCASE, r TEXT COLLATE RTRIM, w);
CREATE TABLE i(k INTEGER, v);
CREATE TABLE l(k INTEGER, v);
WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 300) INSERT INTO a SELECT CASE i % 7 WHEN 0 THEN NULL WHEN 1 THEN i % 40 WHEN 2 THEN (i % 40) + 0.0 WHEN 3 THEN CAST(i % 40 AS TEXT) WHEN 4 THEN CAST('b' || (i % 9) AS BLOB) WHEN 5 THEN 9007199254740990 + i % 7 ELSE (i % 20) / 4.0 END, 'text that is long ' || (i % 50), (i % 30) / 4.0, substr('AbCdEfGhIjKl', 1, i % 12) || 'x', 'r' || (i % 9) || substr('     ', 1, i % 5) FROM c;
INSERT INTO b SELECT x, y, z, lower(n), rtrim(r), rowid FROM a WHERE rowid % 3 <> 0;
INSERT INTO b SELECT x, y, z, upper(n), r || ' ', -rowid FROM a WHERE rowid % 5 = 0;
WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 2000) INSERT INTO i SELECT i * 7919 % 500, i FROM c;
INSERT INTO l SELECT k - 250, v FROM i WHERE v % 3 = 0;
INSERT INTO l VALUES (9223372036854775807, 1), (-9223372036854775808, 2), (9223372036854775806, 3), (NULL, 4), ('text', 5), (2.5, 6), (x'00', 7);
INSERT INTO i SELECT * FROM l WHERE v < 8;
SELECT count(*), sum(a.rowid), sum(b.w) FROM a JOIN b ON a.x = b.x;
SELECT a.rowid, b.w, b.y FROM a JOIN b ON a.x = b.x WHERE a.rowid < 90;
SELECT a.rowid, b.w FROM a JOIN b ON a.y = b.y ORDER BY 1, 2;
SELECT a.rowid, b.w FROM a JOIN b ON a.z = b.z WHERE a.rowid < 40;
SELECT a.rowid, b.w FROM a JOIN b ON a.n = b.n WHERE a.rowid < 60 ORDER BY 1, 2;
SELECT a.rowid, b.w FROM a JOIN b ON a.r = b.r WHERE a.rowid < 30 ORDER BY 1, 2;
SELECT a.rowid, b.w FROM a JOIN b ON a.x = b.x AND a.n = b.n AND a.z = b.z ORDER BY 1, 2;
SELECT a.rowid, b.w FROM a LEFT JOIN b ON a.x = b.x AND b.w > 100 ORDER BY 1, 2;
SELECT a.rowid, b.rowid FROM a RIGHT JOIN b ON a.x = b.x AND a.z > 3 ORDER BY 1, 2;
SELECT a.rowid, b.rowid FROM a FULL JOIN b ON a.y = b.y AND a.z < 2 ORDER BY 1, 2;
SELECT count(*), sum(i.v * l.v) FROM i JOIN l ON i.k = l.k;
SELECT i.v, l.v FROM i JOIN l ON i.k = l.k WHERE i.v < 60;
SELECT i.v, l.v FROM i LEFT JOIN l ON i.k = l.k WHERE i.v < 60 AND (l.v IS NULL OR l.v < 50);
SELECT count(*) FROM i, a WHERE a.x = i.k;
SELECT count(*) FROM a, i WHERE a.z = i.k + 0.25;
SELECT sum(s) FROM i JOIN (SELECT k, sum(v) AS s FROM l GROUP BY k) USING (k);
SELECT i.v, (SELECT count(*) FROM (SELECT k FROM l WHERE l.v > i.v LIMIT 20) q, a WHERE q.k = a.x) FROM i WHERE i.v < 25 ORDER BY 1;
CREATE TABLE big1(k, filler);
CREATE TABLE big2(k, filler);
WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 45) INSERT INTO big1 SELECT i % 20, zeroblob(900000) FROM c;
INSERT INTO big2 SELECT k, rowid FROM big1;
SELECT count(*), sum(length(big1.filler)), sum(big2.filler) FROM big2 CROSS JOIN big1 ON big1.k = big2.k;
-- Integers beyond 2^53 do not lose digits when they are looked up among real numbers.
CREATE TABLE digits(i INTEGER, t TEXT, r REAL, x);
INSERT INTO digits VALUES(9007199254740993, '9007199254740993', 9007199254740992.0, 9007199254740993);
INSERT INTO digits VALUES(9007199254740992, '9007199254740992.0', 9007199254740994.0, '1');
INSERT INTO digits VALUES(9223372036854775807, 'x', 9.223372036854775807e18, NULL), (3, '3', 3, 3.0);
SELECT a.i, b.i FROM digits a JOIN digits b ON a.i = b.r ORDER BY 1, 2;
SELECT a.i, b.i FROM digits a LEFT JOIN digits b ON a.t = b.r ORDER BY 1, 2;
SELECT a.i, b.i FROM digits a FULL JOIN digits b ON a.x = b.r ORDER BY 1, 2;
-- The row of NULLs of an outer join is the last one, wherever the search before it ended.
CREATE TABLE outer_rows(t TEXT, i INTEGER, rt TEXT COLLATE RTRIM);
INSERT INTO outer_rows VALUES('1', 1, 'a'), ('x', 9223372036854775807, ' '), ('', 0, ''), ('3', 3, 'B'), (NULL, NULL, NULL);
INSERT INTO outer_rows SELECT t || i, i + 1, rt || t FROM outer_rows WHERE i < 10;
SELECT a.t, a.rt, b.t, b.i FROM outer_rows a LEFT JOIN outer_rows b ON a.t = b.t AND a.rt = b.i ORDER BY 1, 2, 3, 4;
SELECT a.t, b.t, b.i FROM outer_rows a LEFT JOIN outer_rows b ON a.t = b.rt ORDER BY 1, 2, 3;
SELECT a.t, b.t, b.i FROM outer_rows a FULL JOIN outer_rows b ON a.t = b.rt AND a.i = b.t ORDER BY 1, 2, 3;
-- IS, for which NULLs are equal
CREATE TABLE u1(a,b INT,c TEXT,d REAL,e TEXT COLLATE NOCASE)
CREATE TABLE u2(a INT,b TEXT,c,d NUMERIC,e)
CREATE TABLE u3(a TEXT COLLATE NOCASE,b,c INT,d,e REAL)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<40) INSERT INTO u1 SELECT CASE i%7 WHEN 0 THEN NULL WHEN 1 THEN i%5 WHEN 2 THEN (i%5)||'' WHEN 3 THEN 'x' WHEN 4 THEN 'X' WHEN 5 THEN 2.0 ELSE x'78' END, CASE WHEN i%4 THEN i%6 END, CASE i%5 WHEN 0 THEN NULL WHEN 1 THEN 'x' ELSE i%4 END, CASE WHEN i%3 THEN i%5 END, CASE i%4 WHEN 0 THEN 'X' WHEN 1 THEN 'x' WHEN 2 THEN '2' END FROM n
INSERT INTO u2 SELECT d,e,a,b,c FROM u1 WHERE rowid%3
INSERT INTO u3 SELECT c,a,d,e,b FROM u1 WHERE rowid%2
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u3 a0 RIGHT JOIN u2 a1 ON a1.b IS a0.e AND a1.e IS NOT NULL RIGHT JOIN u2 a2 ON a2.a = a1.d AND a2.b IS a0.b WHERE a2.d IS a0.a
!sorted SELECT a0.rowid,a1.rowid FROM u1 a0 JOIN u3 a1 ON a1.d IS a0.d WHERE a1.a IS a0.d
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 JOIN u2 a1 ON a1.a IS a0.e AND a1.e IS NOT NULL
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 RIGHT JOIN u1 a1 ON a1.b IS NOT DISTINCT FROM NULL
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u1 a0 RIGHT JOIN u2 a1 ON a1.a IS NOT DISTINCT FROM a0.a AND a1.c IS NOT DISTINCT FROM a0.c JOIN u1 a2 ON a2.a = 1 AND a2.e IS NOT NULL
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 JOIN u1 a1 ON a1.c = a0.e AND a1.a = a0.a WHERE a1.c IS a0.c
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 LEFT JOIN u3 a1 ON a1.a IS NOT DISTINCT FROM a0.d
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 RIGHT JOIN u3 a1 ON a1.d IS a0.e
!sorted SELECT a0.rowid,a1.rowid FROM u1 a0 JOIN u3 a1 ON a1.a IS 1
!sorted SELECT a0.rowid,a1.rowid FROM u1 a0 LEFT JOIN u1 a1 ON a1.d IS a0.e AND a1.c IS NOT NULL WHERE a1.e IS a0.c
!sorted SELECT a0.rowid,a1.rowid FROM u1 a0 RIGHT JOIN u3 a1 ON a1.c IS a0.b AND a1.e = a0.c
!sorted SELECT a0.rowid,a1.rowid FROM u1 a0 RIGHT JOIN u2 a1 ON a1.b IS a0.b AND a1.b IS a0.d
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 LEFT JOIN u2 a1 ON a1.c IS NOT DISTINCT FROM a0.e AND a1.e = a0.e WHERE a1.b IS a0.b
!sorted SELECT a0.rowid,a1.rowid FROM u1 a0 LEFT JOIN u3 a1 ON a1.d IS a0.e AND a1.b IS NOT NULL WHERE a1.e IS a0.e
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u1 a0 JOIN u1 a1 ON a1.a IS NOT DISTINCT FROM a0.d AND a1.e IS a0.e JOIN u3 a2 ON a2.a IS a1.a
!sorted SELECT a0.rowid,a1.rowid FROM u1 a0 JOIN u2 a1 ON a1.e IS 'x'
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 JOIN u1 a1 ON a1.b IS a0.a
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 RIGHT JOIN u3 a1 ON a1.b IS NULL AND a1.b IS a0.a WHERE a1.a IS a0.e
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u1 a0 JOIN u2 a1 ON a1.e IS a0.b JOIN u2 a2 ON a2.d IS 2.0 WHERE a2.d IS a0.b
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u3 a0 LEFT JOIN u2 a1 ON a1.c = a0.c AND a1.c = a0.d FULL JOIN u2 a2 ON a2.a IS a1.e AND a2.b IS NOT NULL
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 LEFT JOIN u1 a1 ON a1.d IS NOT DISTINCT FROM a0.b WHERE a1.e IS a0.d
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u1 a0 LEFT JOIN u3 a1 ON a1.e IS a0.c AND a1.e IS a0.c AND a1.b IS NOT NULL RIGHT JOIN u2 a2 ON a2.a IS NOT DISTINCT FROM a1.d
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 JOIN u3 a1 ON a1.c IS a0.e AND a1.e IS NOT NULL
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 JOIN u3 a1 ON a1.c = a0.a
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u3 a0 LEFT JOIN u1 a1 ON a1.b IS a0.e FULL JOIN u1 a2 ON a2.e IS a0.d AND a2.b IS NOT NULL
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u1 a0 FULL JOIN u3 a1 ON a1.e = a0.c AND a1.d IS a0.d LEFT JOIN u1 a2 ON a2.e IS NULL
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u3 a0 RIGHT JOIN u1 a1 ON a1.e IS a0.a AND a1.e IS NOT NULL JOIN u3 a2 ON a2.c IS a1.c
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 RIGHT JOIN u2 a1 ON a1.a IS a0.e AND a1.b IS NOT DISTINCT FROM 'x' WHERE a1.d IS a0.a
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u1 a0 LEFT JOIN u2 a1 ON a1.b IS NOT DISTINCT FROM a0.e JOIN u2 a2 ON a2.c IS NOT DISTINCT FROM a0.a AND a2.e = a0.b
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 FULL JOIN u2 a1 ON a1.b IS a0.c
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 FULL JOIN u3 a1 ON a1.b IS a0.a
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 JOIN u3 a1 ON a1.a = a0.a
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u2 a0 LEFT JOIN u3 a1 ON a1.c IS NOT DISTINCT FROM a0.a AND a1.e IS NOT NULL FULL JOIN u3 a2 ON a2.d IS a1.a AND a2.c IS NOT NULL
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 JOIN u2 a1 ON a1.d IS a0.e WHERE a1.a IS a0.c
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u2 a0 LEFT JOIN u1 a1 ON a1.a = a0.e JOIN u2 a2 ON a2.e IS a0.e AND a2.e IS NOT NULL WHERE a2.e IS a0.a
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u3 a0 LEFT JOIN u2 a1 ON a1.a IS NOT DISTINCT FROM a0.b LEFT JOIN u3 a2 ON a2.b IS a1.e
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u1 a0 RIGHT JOIN u3 a1 ON a1.d IS a0.a AND a1.d IS a0.d JOIN u3 a2 ON a2.a IS NOT DISTINCT FROM a1.d
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 LEFT JOIN u1 a1 ON a1.a IS a0.e
!sorted SELECT a0.rowid,a1.rowid FROM u1 a0 RIGHT JOIN u3 a1 ON a1.c IS a0.c WHERE a1.a IS a0.e
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u2 a0 JOIN u1 a1 ON a1.b = a0.d JOIN u2 a2 ON a2.a IS NOT DISTINCT FROM a0.c AND a2.c IS NOT NULL
!sorted SELECT a0.rowid,a1.rowid FROM u1 a0 LEFT JOIN u1 a1 ON a1.a IS a0.c WHERE a1.b IS a0.d
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 LEFT JOIN u3 a1 ON a1.c = a0.c AND a1.c IS a0.a WHERE a1.d IS a0.a
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 FULL JOIN u2 a1 ON a1.e IS a0.b WHERE a1.a IS a0.a
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 RIGHT JOIN u2 a1 ON a1.b = a0.d
!sorted SELECT a0.rowid,a1.rowid FROM u1 a0 JOIN u2 a1 ON a1.c IS NOT DISTINCT FROM a0.a
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 FULL JOIN u3 a1 ON a1.e IS a0.b
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u1 a0 LEFT JOIN u2 a1 ON a1.a IS NOT DISTINCT FROM a0.e LEFT JOIN u1 a2 ON a2.e IS NOT DISTINCT FROM a0.a
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 JOIN u3 a1 ON a1.c IS a0.a WHERE a1.d IS a0.a
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u1 a0 JOIN u3 a1 ON a1.b IS a0.e AND a1.e IS NOT NULL RIGHT JOIN u3 a2 ON a2.e IS a0.b AND a2.c IS a0.e
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 FULL JOIN u2 a1 ON a1.a IS a0.b WHERE a1.c IS a0.e
!sorted SELECT a0.rowid,a1.rowid FROM u1 a0 LEFT JOIN u1 a1 ON a1.a = a0.a AND a1.b IS 'x'
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u3 a0 LEFT JOIN u2 a1 ON a1.d IS a0.e JOIN u1 a2 ON a2.d IS a0.c
!sorted SELECT a0.rowid,a1.rowid FROM u1 a0 LEFT JOIN u2 a1 ON a1.c IS NOT DISTINCT FROM a0.e WHERE a1.d IS a0.b
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 LEFT JOIN u2 a1 ON a1.c IS a0.a AND a1.a IS a0.d
!sorted SELECT a0.rowid,a1.rowid FROM u3 a0 JOIN u2 a1 ON a1.d IS a0.c WHERE a1.d IS a0.a
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 JOIN u1 a1 ON a1.a = a0.e WHERE a1.d IS a0.b
!sorted SELECT a0.rowid,a1.rowid,a2.rowid FROM u1 a0 LEFT JOIN u1 a1 ON a1.d IS a0.d RIGHT JOIN u2 a2 ON a2.c IS a1.c
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 JOIN u2 a1 ON a1.b IS 1 AND a1.e IS NULL
!sorted SELECT a0.rowid,a1.rowid FROM u2 a0 LEFT JOIN u2 a1 ON a1.b = a0.d AND a1.e IS a0.a AND a1.a IS NOT NULL
!sorted SELECT a0.rowid,a1.rowid FROM u1 a0 RIGHT JOIN u3 a1 ON a1.e IS 1
