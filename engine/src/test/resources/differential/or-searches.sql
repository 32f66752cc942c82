-- OR searched together with other conditions on the same table.
CREATE TABLE t1(x, q)
CREATE TABLE t2(x, y, z, w)
CREATE INDEX t2xy ON t2(x, y)
CREATE INDEX t2w ON t2(w)
WITH s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i<3000) INSERT INTO t2 SELECT i/10, i%50, CASE WHEN i%3 THEN i END, i%37 FROM s
INSERT INTO t1 VALUES(3,1),(4,5),(NULL,3),(17,22)
ANALYZE
SELECT * FROM t1 LEFT JOIN t2 ON (t2.x = t1.x AND (t2.y=31 OR (t2.y=47 AND t2.z IS NOT NULL)))
SELECT * FROM t1 JOIN t2 ON (t2.x = t1.x AND (t2.y=33 OR (t2.y=45 AND t2.z IS NOT NULL)))
SELECT * FROM t2 WHERE x=5 AND (y=3 OR (y=5 AND z IS NOT NULL))
SELECT * FROM t2 WHERE x=5 AND (y=3 OR w=14)
SELECT * FROM t2 WHERE x IN (5,6) AND (y=3 OR w=14)
SELECT * FROM t1, t2 WHERE t2.x=t1.q AND (t2.y=t1.x OR (t2.y>45 AND t2.z>5))
SELECT * FROM t1, t2 WHERE t2.x=t1.q AND (t2.y=t1.x OR (t2.y>45 AND t2.z>5) OR t2.y=25)
!new
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
ANALYZE
!sorted SELECT a0.id,a1.id FROM m3 a0 JOIN m2 a1 ON a1.y BETWEEN 2.5 AND 3 WHERE (a1.x >= 'a' OR a1.x = a0.x AND a1.x > 2.5)
!sorted SELECT a0.id,a1.id,a2.id FROM m1 a0 LEFT JOIN m3 a1 ON a1.x IS NOT NULL AND (a1.z = a0.z OR 'a' = a1.z OR a1.y >= 1 AND a1.w IS NOT NULL) JOIN m2 a2 ON (a2.x >= 2.5 AND 20 = a2.w OR a2.w < 2) AND 1 < a2.z WHERE (a2.y >= 5 OR a2.z = 'a' AND a2.y IN (NULL,1,NULL) OR a2.w < 3 AND a2.y = 5) AND (a2.w < a1.x OR a2.z < 5 OR a2.y = 2 AND 7 = a2.x) AND a2.x = 5 AND EXISTS(SELECT 1 FROM m1 e WHERE (e.x IS 3 OR a1.y >= e.x AND e.y = a2.x) AND e.z = 1)
!sorted SELECT a0.id FROM m2 a0 WHERE (a0.x IS a0.x OR 2.5 >= a0.w AND a0.x IN (2,7,2.5) OR a0.x IN (2.5,2.5,7)) AND (a0.z = a0.x OR a0.y = a0.z AND a0.w IN (1,a0.w,'a'))
!sorted SELECT a0.id FROM m3 a0 WHERE (a0.y < 5 AND a0.y >= a0.y OR a0.z >= a0.x) AND a0.z = a0.w AND (a0.w > a0.w OR a0.x IN (NULL,7,7))
!sorted SELECT a0.id,a1.id FROM m2 a0 JOIN m1 a1 ON 5 = a1.z WHERE a1.x BETWEEN 1 AND 2.5 AND (a0.y = 'a' OR a0.w = 2.5 AND a0.w > a1.w) AND a0.y = a0.z
!sorted SELECT a0.id FROM m1 a0 WHERE (a0.z = 2.5 OR a0.x BETWEEN NULL AND 3) AND a0.z = a0.z
!sorted SELECT a0.id,a1.id,a2.id FROM m3 a0 LEFT JOIN m3 a1 ON a1.w >= a0.y AND (a1.z IN (5,a0.w,7) AND a1.z < a0.y OR a1.w BETWEEN 1 AND 1 AND a1.w IN (2,20,2.5) OR a1.x < a0.w) CROSS JOIN m3 a2 ON (a2.z = 3 AND 7 > a2.x OR a2.x BETWEEN 7 AND a1.x) AND a2.w BETWEEN NULL AND 2.5 WHERE a0.y BETWEEN 3 AND a2.y AND a0.w IN (3,20,20) AND (a2.z = a2.z OR a2.y = a0.y OR a2.w = 20) AND EXISTS(SELECT 1 FROM m1 e WHERE (e.z BETWEEN NULL AND 2 AND e.y >= 2 OR e.w = a0.y OR e.z IN (1,a2.x,3)) AND e.w > a0.x)
!sorted SELECT a0.id,a1.id FROM m3 a0 JOIN m2 a1 ON a1.z IS NOT NULL WHERE a1.z = 'a' AND (a0.w IS a0.z OR a1.y > a0.y)
!sorted SELECT a0.id FROM m2 a0 WHERE (a0.z IS NOT NULL OR a0.x BETWEEN 2.5 AND 'a') AND a0.z >= 7
!sorted SELECT a0.id,a1.id FROM m3 a0 JOIN m1 a1 ON a1.x IS 5 WHERE a0.z > 7 AND a1.x BETWEEN 1 AND a1.x AND (a0.w >= a0.w OR a0.z BETWEEN 7 AND NULL AND a0.z IS 20) AND EXISTS(SELECT 1 FROM m1 e WHERE (e.y IS NOT NULL AND e.z = 'a' OR e.x >= a0.w AND a0.w = e.x) AND e.x >= a0.w)
!sorted SELECT a0.id FROM m2 a0 WHERE a0.y >= 'a' AND (a0.x < a0.z OR 2 = a0.z OR a0.z >= 2.5) AND (a0.y = 7 AND a0.z IN (NULL,20,7) OR a0.y = a0.y)
!sorted SELECT a0.id FROM m1 a0 WHERE (a0.w = a0.z OR a0.y IS NOT NULL AND a0.x > 2.5) AND EXISTS(SELECT 1 FROM m1 e WHERE (e.w = 7 AND 7 >= e.x OR e.y > 5 AND e.x >= NULL OR e.w > a0.w AND e.y > a0.z) AND e.w < a0.z)
!sorted SELECT a0.id,a1.id,a2.id FROM m3 a0 JOIN m1 a1 ON a1.w = 7 AND (a1.x = 'a' AND a1.x = NULL OR a0.y = a1.x) LEFT JOIN m1 a2 ON a2.w < a1.w WHERE (a0.z = 7 OR 3 = a0.y AND a0.w > 1) AND (a1.w BETWEEN NULL AND a2.x OR 'a' < a1.x AND a1.y IS NOT NULL) AND 1 < a1.x
!sorted SELECT a0.id FROM m3 a0 WHERE (3 < a0.y OR a0.x >= a0.x AND a0.y IN (3,'a','a')) AND a0.w < a0.w AND 'a' = a0.z AND EXISTS(SELECT 1 FROM m1 e WHERE (e.z IN (3,a0.y,1) OR e.y > a0.x OR 2.5 = e.w AND e.z = 1) AND e.x = a0.y)
!sorted SELECT a0.id,a1.id,a2.id FROM m2 a0 CROSS JOIN m1 a1 ON a1.w BETWEEN 7 AND 2 CROSS JOIN m2 a2 ON a2.z = a0.y WHERE (a2.w IS a2.x OR a2.z IN (2.5,a1.z,NULL) OR a2.x IN (2,a0.y,3)) AND (a1.w IN (2,a0.z,2.5) OR a1.y IS a2.y) AND EXISTS(SELECT 1 FROM m1 e WHERE (e.x = a0.y OR NULL < e.x) AND e.y < 3)
!sorted SELECT a0.id,a1.id FROM m3 a0 JOIN m1 a1 ON (a1.w BETWEEN NULL AND 5 OR a1.y BETWEEN 5 AND a0.z OR a1.y IN (1,a0.y,5)) AND a1.z IS a0.x WHERE NULL = a1.z AND (a1.y IN (20,5,20) OR a1.z > 3 AND a1.x IS NOT NULL)
!sorted SELECT a0.id,a1.id,a2.id FROM m2 a0 CROSS JOIN m1 a1 ON a1.x = 2.5 LEFT JOIN m1 a2 ON a2.w = 1 AND (a2.w > 3 AND a2.z IS NOT NULL OR a2.y IN (2,a1.w,2.5)) WHERE a1.w < 'a' AND a2.w < a0.z AND (a0.w IN (NULL,a2.w,7) AND a0.x >= a0.x OR a0.w BETWEEN 5 AND a2.x)
!sorted SELECT a0.id FROM m1 a0 WHERE a0.y IS NOT NULL AND (a0.w = a0.z OR a0.y = a0.x) AND (a0.x BETWEEN 2.5 AND a0.x OR a0.z > 1 OR a0.w IN (5,a0.z,1)) AND EXISTS(SELECT 1 FROM m1 e WHERE (e.y = a0.y AND 7 < e.z OR e.w = 'a' OR 7 = e.y) AND 7 > e.z)
!sorted SELECT a0.id,a1.id,a2.id FROM m1 a0 JOIN m3 a1 ON (a1.w BETWEEN 2 AND a0.w AND a1.x IN (7,1,20) OR a1.x IS 3) AND a1.z IS NOT NULL LEFT JOIN m3 a2 ON 3 = a2.x AND (a2.w = 1 AND a2.z = a1.w OR a2.y IN ('a',a0.x,5) AND a2.z >= a0.z) WHERE (a2.y = NULL OR 20 >= a2.w AND a2.x = a0.x OR a2.y = 3 AND a2.z IS 20)
!sorted SELECT a0.id,a1.id,a2.id FROM m1 a0 LEFT JOIN m2 a1 ON (a1.x IN (3,a0.w,3) OR a1.x = 1 AND a1.x BETWEEN 7 AND 'a' OR a1.x IS NOT NULL) AND a1.w = 2.5 JOIN m2 a2 ON (a2.y < a0.y OR a2.y = a1.w) AND a2.y >= 'a' WHERE a1.y = 2.5 AND (a2.w = 'a' OR a2.z BETWEEN 3 AND 1) AND a2.z >= 2.5 AND (a2.y = 7 AND 3 = a2.z OR a2.z >= 'a')
!sorted SELECT a0.id,a1.id,a2.id FROM m3 a0 JOIN m1 a1 ON a1.y = 2.5 RIGHT JOIN m2 a2 ON a2.z < 'a' WHERE a1.w IS a0.y AND (a1.z = 5 OR a1.y IS NOT NULL)
!sorted SELECT a0.id,a1.id FROM m3 a0 LEFT JOIN m3 a1 ON a1.y > 20 WHERE (5 = a1.z OR a1.y IS NOT NULL) AND a1.w < 2
!sorted SELECT a0.id,a1.id FROM m2 a0 LEFT JOIN m1 a1 ON (a1.x IS 'a' OR a1.z IS a0.z) AND a1.z IS 20 WHERE (a1.z = a0.y OR a1.w IS 2 AND a1.w < 'a' OR a1.z > a1.w) AND a1.z IS NOT NULL AND EXISTS(SELECT 1 FROM m1 e WHERE (e.y BETWEEN 1 AND 5 OR e.x IS NOT NULL AND e.x > a1.z) AND e.y IS NOT NULL)
!sorted SELECT a0.id FROM m1 a0 WHERE a0.w > 7 AND (a0.z BETWEEN 3 AND 3 AND a0.z = a0.x OR a0.w IN ('a',a0.y,2.5) AND a0.z BETWEEN 'a' AND 'a')
!sorted SELECT a0.id,a1.id FROM m2 a0 JOIN m3 a1 ON a1.y IN (3,a0.y,'a') WHERE (a1.y < a1.z AND a0.x = a1.w OR a1.y BETWEEN 2 AND a1.z OR a1.x >= 20) AND a0.w = 7
!sorted SELECT a0.id,a1.id FROM m1 a0 RIGHT JOIN m2 a1 ON a1.w IS NOT NULL WHERE a0.x IS 20 AND (a0.z IS NOT NULL OR a0.y >= 2)
!sorted SELECT a0.id FROM m1 a0 WHERE (a0.y < 5 OR a0.w = 20)
!sorted SELECT a0.id,a1.id,a2.id FROM m2 a0 RIGHT JOIN m2 a1 ON a0.x = a1.y JOIN m1 a2 ON a2.x > 7 WHERE (a1.x IN (3,1,5) OR a1.z IS NOT NULL OR a1.z > a2.w) AND a0.w BETWEEN 2 AND a1.z AND a0.x BETWEEN 7 AND a1.x
!sorted SELECT a0.id,a1.id FROM m2 a0 JOIN m1 a1 ON a1.y BETWEEN 7 AND a0.y WHERE a0.z = NULL AND (a1.z = 20 OR a1.x < NULL OR a1.y = 7)
!sorted SELECT a0.id,a1.id FROM m3 a0 RIGHT JOIN m1 a1 ON (a1.x < a0.w AND a1.w = 20 OR a1.x IS NOT NULL AND a1.z IN (1,1,NULL)) AND a1.w = 1 WHERE (2 = a0.z OR a0.z = 2.5 AND a0.y IS NOT NULL) AND (5 = a0.w OR a0.x = a0.z) AND a0.y = a1.x AND a1.z BETWEEN 'a' AND a0.w
!sorted SELECT a0.id FROM m2 a0 WHERE (a0.z = a0.w OR a0.z IS 'a' AND a0.x BETWEEN 'a' AND NULL OR 7 = a0.x) AND a0.w = 2.5 AND (a0.y IS NOT NULL AND a0.z > a0.w OR a0.y = a0.y OR a0.y = 7 AND a0.z = 7)
!sorted SELECT a0.id,a1.id FROM m1 a0 RIGHT JOIN m2 a1 ON (a1.z IS NOT NULL OR a1.y < 1 AND a1.z < 'a') AND a1.w >= 5 WHERE (a0.z > 1 OR a0.z >= a0.y AND a0.z IS NOT NULL) AND (a0.w IS NOT NULL OR a0.x IS NOT NULL AND a0.y IN (5,20,2.5))
!sorted SELECT a0.id,a1.id,a2.id FROM m2 a0 CROSS JOIN m1 a1 ON a1.x IS NOT NULL CROSS JOIN m3 a2 ON (a2.w BETWEEN 20 AND 20 OR a2.x = a1.x) AND a2.x >= 'a' WHERE (a0.y IN (2,'a','a') OR a0.x = 'a' OR a0.x IS 2.5 AND a0.x < 'a') AND (a2.y IN ('a',5,2.5) OR a2.w >= a0.x)
!sorted SELECT a0.id FROM m3 a0 WHERE (a0.w = 2 AND a0.y < 20 OR a0.x > a0.x) AND a0.z = a0.z AND a0.y < a0.x
!sorted SELECT a0.id,a1.id FROM m2 a0 LEFT JOIN m3 a1 ON a0.y > a1.x WHERE a0.w BETWEEN NULL AND 2 AND (a0.w < NULL OR a0.x IS a1.y AND a0.y IS NOT NULL) AND EXISTS(SELECT 1 FROM m1 e WHERE (20 = e.x OR e.y < a0.w AND e.x >= a0.x) AND e.w = 'a')
!sorted SELECT a0.id FROM m1 a0 WHERE a0.w = a0.x AND (a0.x < a0.w OR a0.w < a0.w) AND EXISTS(SELECT 1 FROM m1 e WHERE (a0.x > e.z OR e.w IN (2.5,2.5,NULL) AND e.y > a0.w OR e.z < NULL) AND e.x < 7)
!sorted SELECT a0.id FROM m2 a0 WHERE (a0.x IN (3,a0.y,NULL) AND a0.z IN (7,a0.z,2) OR a0.y IS 20 OR a0.y >= 7) AND (a0.w = 2 AND a0.z > a0.x OR 3 >= a0.w AND a0.z = a0.y)
!sorted SELECT a0.id,a1.id FROM m3 a0 CROSS JOIN m1 a1 ON a1.y BETWEEN 3 AND a0.x WHERE (a0.w IS NOT NULL AND 2.5 = a0.z OR a0.w = 5 OR a0.x IS 3) AND (a1.z = NULL AND a1.x = 7 OR a1.z > a1.y AND a1.x = 3) AND a1.z = 20
!sorted SELECT a0.id,a1.id,a2.id FROM m1 a0 JOIN m2 a1 ON a1.z BETWEEN 3 AND a0.x RIGHT JOIN m1 a2 ON a2.z = 7 AND (a0.z = a2.x AND a2.w < 5 OR a2.x IS 5) WHERE (a0.z = 3 OR a0.z = 1 AND a0.z IS NOT NULL) AND a2.w < a2.y
!sorted SELECT a0.id,a1.id,a2.id FROM m1 a0 LEFT JOIN m1 a1 ON a1.y = a0.y JOIN m3 a2 ON a2.x = a0.w WHERE (a0.x = 'a' OR a0.w > 5) AND a0.z IN (2,20,2.5) AND EXISTS(SELECT 1 FROM m1 e WHERE (e.y IS NOT NULL OR a1.z = e.w OR e.x IS NOT NULL) AND e.z = NULL)
!sorted SELECT a0.id,a1.id FROM m3 a0 LEFT JOIN m3 a1 ON a1.w IS 20 AND (a1.z = 20 OR a1.x IN (2.5,a0.w,NULL)) WHERE (a0.w = 20 AND a0.w = 5 OR a0.w = a0.w) AND EXISTS(SELECT 1 FROM m1 e WHERE (e.z IS 2.5 OR e.y < 'a') AND e.z = 2.5)
!sorted SELECT a0.id,a1.id,a2.id FROM m3 a0 JOIN m1 a1 ON a1.z > 3 LEFT JOIN m2 a2 ON a2.z IS NOT NULL WHERE a1.w = 2.5 AND a2.w IS NOT NULL AND (a2.x = a1.w OR a2.w IS 1)
!sorted SELECT a0.id,a1.id,a2.id FROM m1 a0 LEFT JOIN m1 a1 ON a1.y IS NOT NULL CROSS JOIN m2 a2 ON a2.y IS NOT NULL WHERE (a0.w IS NOT NULL AND a0.y IS a0.z OR a0.z IS NOT NULL) AND a2.z >= a0.x
!sorted SELECT a0.id,a1.id FROM m2 a0 JOIN m1 a1 ON (a1.y IS NOT NULL OR a1.y >= a0.z AND a1.z > 2) AND a1.w = 2.5 WHERE a1.x IS a1.x AND (a0.x IS a1.y OR a0.w < NULL AND a0.z BETWEEN 20 AND 7)
!sorted SELECT a0.id FROM m2 a0 WHERE (a0.z BETWEEN 2 AND a0.x OR a0.x = 3)
!sorted SELECT a0.id,a1.id,a2.id FROM m3 a0 JOIN m2 a1 ON (a1.x IS a0.x OR a1.y >= 'a' AND a1.w = a0.w) AND a1.x = a0.w CROSS JOIN m2 a2 ON a2.w = 'a' WHERE a2.y IN (NULL,2.5,2) AND (a1.w IS NOT NULL OR a1.w = NULL) AND a1.y IN ('a',20,'a')
!sorted SELECT a0.id FROM m2 a0 WHERE a0.z IN (2,5,20) AND a0.w IS a0.y AND (a0.w < NULL AND a0.z = a0.y OR a0.x IS NOT NULL OR a0.z IN (2.5,NULL,7)) AND (1 = a0.y AND a0.x IN (NULL,7,20) OR a0.w IS 2.5 OR a0.x >= a0.w)
!sorted SELECT a0.id,a1.id FROM m2 a0 LEFT JOIN m1 a1 ON a1.z = 20 WHERE a0.x > 20 AND (a0.y = a0.y AND a0.x IS 5 OR a0.x = a1.z)
!sorted SELECT a0.id,a1.id FROM m1 a0 LEFT JOIN m2 a1 ON (a1.y < a0.w AND a1.y > 2.5 OR a1.z >= 5) AND a1.x IN (20,a0.z,NULL) WHERE (a0.y = 7 OR a0.y BETWEEN 2.5 AND 7) AND (a0.x = a0.z AND a0.w = a1.x OR a0.z IS NOT NULL AND a0.w = 7 OR a0.x IS 5)
!sorted SELECT a0.id,a1.id FROM m2 a0 RIGHT JOIN m3 a1 ON (a1.x IS 2.5 OR a1.w = a0.w) AND a1.w IN (20,20,5) WHERE (a0.x = 20 AND a0.w >= 2 OR a0.x = 3) AND a0.z < 20
