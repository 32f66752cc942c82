-- Scans whose loop starts with comparisons, over rows of every kind of storage.
CREATE TABLE t(id INTEGER PRIMARY KEY, k, g, x TEXT, v REAL);
INSERT INTO t(k, g, x, v) VALUES (0, 1, 'a', 1.5), (1, 0, 'b', 2), (127, 2, 'c', NULL), (-128, 3, NULL, 4.25), (128, 4, 'e', 5), (-129, 5, 'f', 6), (32767, 6, 'g', 7), (-32769, 7, 'h', 8), (8388607, 8, 'i', 9), (-8388609, 9, 'j', 10), (2147483647, 10, 'k', 11), (-2147483649, 11, 'l', 12), (140737488355327, 12, 'm', 13), (-140737488355329, 13, 'n', 14), (9223372036854775807, 14, 'o', 15), (-9223372036854775807 - 1, 15, 'p', 16), (NULL, 16, 'q', 17), (2.5, 17, 'r', 18), ('text', 18, 's', 19), ('12', 19, 't', 20), (x'0102', 20, 'u', 21), (3, NULL, 'v', 22), (4, 'x', 'w', 23);
SELECT id, k, g FROM t WHERE k > 0;
SELECT id, k, g FROM t WHERE k > -1000 AND g < 9;
SELECT id, k, g FROM t WHERE g < 9 AND k <> 1 AND v >= 2;
SELECT id FROM t WHERE x > 'd' AND x <= 'q' AND k IS NOT NULL;
SELECT id, typeof(k) FROM t WHERE k < 'a';
SELECT id FROM t WHERE k <= 9223372036854775807 AND k >= 2;
SELECT id, k FROM t WHERE k IS NOT 3 AND g IS NOT NULL;
SELECT count(*), sum(v), min(k), max(k) FROM t WHERE k >= -9223372036854775808 AND g <= 100;
-- a condition on a column that old rows do not have
ALTER TABLE t ADD COLUMN late DEFAULT 7;
INSERT INTO t(k, g, late) VALUES (5, 5, 6), (6, 6, 8);
SELECT id, late FROM t WHERE late > 6;
SELECT id, late FROM t WHERE late = 7 AND g > 3;
-- rows with overflow pages, and headers longer than a byte can say
INSERT INTO t(k, g, x) VALUES (7, 7, printf('%.*c', 9000, 'z')), (8, 8, printf('%.*c', 70000, 'y'));
SELECT id, k, length(x) FROM t WHERE g > 6 AND k < 10;
SELECT id, length(x) FROM t WHERE x >= 'y' AND g = 8;
-- no row, one row, and none that is met
CREATE TABLE e(a, b);
SELECT * FROM e WHERE a > 1 AND b < 2;
INSERT INTO e VALUES (5, 5);
SELECT * FROM e WHERE a > 1 AND b < 2;
SELECT * FROM e WHERE a > 1 AND b > 2;
-- in joins, either side, with the comparison against the outer row
CREATE TABLE p(a, b);
INSERT INTO p VALUES (1, 1), (2, 5), (3, NULL), (4, 100);
SELECT p.a, t.id FROM p, t WHERE +t.g < p.b AND +t.k > p.a ORDER BY 1, 2;
SELECT p.a, t.id FROM p LEFT JOIN t ON +t.g > p.b AND +t.k < p.a ORDER BY 1, 2;
SELECT t.id, p.a FROM t LEFT JOIN p ON p.a > +t.g AND p.b < 6 ORDER BY 1, 2;
-- the table changes under the scan
UPDATE t SET g = g + 1 WHERE g > 5 AND k > 0;
DELETE FROM t WHERE g > 10 AND k > 5;
SELECT id, g FROM t;
-- patterns among the conditions
CREATE TABLE pt(id INTEGER PRIMARY KEY, x, y TEXT, n INT);
INSERT INTO pt(x, y, n) VALUES ('alpha qz', 'Ab', 1), ('beta', 'aB', 2), (NULL, NULL, 3), (12, '12', 4), (1.25, '1.25', 5), (x'616c', x'616c', 6), ('ALPHA', 'é', 7), ('', '', 8), ('al' || char(0) || 'x', 'zero', 9), ('qz', '日本語', 10), (-12, 'a%', 11), ('a_', 'a_', 12);
INSERT INTO pt(x, y, n) SELECT x, hex(zeroblob(3000)) || y, n + 12 FROM pt;
SELECT id FROM pt WHERE x LIKE '%qz%';
SELECT id FROM pt WHERE x LIKE 'al%' AND n > 2;
SELECT id FROM pt WHERE n > 2 AND x LIKE 'a%' AND y NOT LIKE '%z%';
SELECT id FROM pt WHERE x NOT LIKE '%a%';
SELECT id, x FROM pt WHERE x NOT LIKE '1%' AND n < 20;
SELECT id, y FROM pt WHERE y GLOB '*本*';
SELECT id FROM pt WHERE y GLOB 'a*' AND n <> 2;
SELECT id FROM pt WHERE x LIKE '';
SELECT id FROM pt WHERE x LIKE NULL;
SELECT id FROM pt WHERE x LIKE 12;
SELECT id FROM pt WHERE x NOT LIKE 12 AND y LIKE '%b';
SELECT id FROM pt WHERE x LIKE 'a#_' ESCAPE '#';
SELECT id FROM pt WHERE x LIKE '_l%' AND x NOT GLOB 'A*';
SELECT a.id, b.id FROM pt a, pt b WHERE b.n < 5 AND a.n < 13 AND b.x LIKE a.x;
SELECT count(*), max(id) FROM pt WHERE x LIKE 'AL%' OR y LIKE 'ab';
PRAGMA case_sensitive_like = 1;
SELECT id FROM pt WHERE x LIKE 'al%' AND n > 0;
SELECT id FROM pt WHERE x NOT LIKE 'A%';
PRAGMA case_sensitive_like = 0;
SELECT id FROM pt WHERE x LIKE 'al%' AND n > 0;
ALTER TABLE pt ADD COLUMN z DEFAULT 'later';
INSERT INTO pt(x, z) VALUES ('n', 'now'), ('m', NULL);
SELECT id FROM pt WHERE z LIKE '%t%';
SELECT id FROM pt WHERE z NOT LIKE '%t%';
