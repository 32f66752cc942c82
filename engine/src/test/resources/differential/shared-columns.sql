-- Aggregates that compute with the same columns again and again.
CREATE TABLE t(id INTEGER PRIMARY KEY, k INT, g INT, v REAL, n NUMERIC, x TEXT, w INT AS (k + 1), s INT AS (g * 2) STORED);
INSERT INTO t(k, g, v, n, x) VALUES (1, 1, 1.5, 2, 'a'), (2, 1, 2, '3', 'b'), (NULL, 2, 4, 5, 'c'), (4, 2, NULL, 'six', NULL), ('seven', 3, 8, 9, '10'), (9223372036854775807, 3, 1, 1, 'd'), (-5, 3, '9.5', x'31', 'e'), (0, NULL, 0, 0, '');
SELECT sum(k + g), sum(k - g), min(k * g), max(k + v), avg(v * 2 + v), count(k + 1) FROM t WHERE id <> 6;
SELECT sum(CASE WHEN k > g THEN k - g ELSE g - k END), total(k * 1.0), min(-k), max(-k) FROM t;
SELECT sum(k + g) FILTER (WHERE k > 1), max(k * 2) FILTER (WHERE g + 1 > 2), count(*) FILTER (WHERE k < g OR k > 3) FROM t WHERE id <> 6;
SELECT typeof(sum(k + 1)), typeof(max(k + v)), min(n + n), max(n || n), max(typeof(n + 0)), max(typeof(n)) FROM t WHERE id <> 6;
SELECT sum(v + v), min(v * v), group_concat(v + 1), group_concat(typeof(v - v)) FROM t;
SELECT g, sum(k + g), max(k - g), min(k * k), k FROM t WHERE id <> 6 GROUP BY g;
SELECT g, x, max(k + k + g) FROM t WHERE id <> 6 GROUP BY g ORDER BY sum(k + k) DESC, 1;
SELECT g + 1, sum(k * (g + 1)), count(DISTINCT k + g), sum(DISTINCT k + k) FROM t WHERE id < 6 GROUP BY g + 1 HAVING sum(k + g) > 1;
SELECT sum(w + w + k), sum(s * s - s) FROM t WHERE id <> 6;
SELECT sum(id * id + id), max(rowid + rowid) FROM t;
SELECT sum(k + g + (SELECT count(*) FROM t b WHERE b.k < t.k + t.g)) FROM t WHERE id <> 6;
SELECT sum(k IN (1, 2) OR k + 1 > 3), sum(k BETWEEN 1 AND 4 AND k + g > 2), max(coalesce(k + k, g - g)), max(iif(k > 1, k + 1, k - 1)) FROM t WHERE id <> 6;
SELECT sum(cast(k AS TEXT) + k + k), max(abs(k + k)), max(k + k, g + g) FROM t WHERE id <> 6;
SELECT group_concat(k + g ORDER BY k - g), group_concat(k + k, ',' ORDER BY g + k DESC) FROM t WHERE id <> 6;
-- from an index, joined, and the row of NULLs of an outer join
CREATE INDEX tkg ON t(k, g);
SELECT sum(k + g), sum(k - g), max(k * g) FROM t WHERE k > 0 AND k < 100;
CREATE TABLE u(k INT, z INT);
INSERT INTO u VALUES (1, 10), (2, 20), (77, 30);
SELECT sum(u.z + t.k), sum(u.z - t.k), count(t.k + t.k), max(coalesce(t.k + t.k, -1)) FROM u LEFT JOIN t ON t.k = u.k;
SELECT sum(u.z + t.k), sum(u.z - t.k), count(t.k + t.k), count(u.z + u.z) FROM u FULL JOIN t ON t.k = u.k WHERE t.id <> 6 OR t.id IS NULL;
SELECT u.z, sum(u.z + t.g), sum(u.z * t.g - t.g) FROM u, t WHERE t.k >= u.k AND t.id <> 6 GROUP BY u.z;
CREATE TABLE r(a INT, b INT, c REAL, PRIMARY KEY (b, a)) WITHOUT ROWID;
INSERT INTO r VALUES (1, 2, 3), (4, 5, 6), (7, 8, 9.5);
SELECT sum(a + b), sum(a * b - a), max(c * c + a) FROM r;
-- sums in triggers, views and subqueries
CREATE TABLE log(x);
CREATE TRIGGER tu AFTER INSERT ON u BEGIN INSERT INTO log SELECT sum(k + z) + sum(k - z) FROM u; END;
INSERT INTO u VALUES (5, 50);
SELECT * FROM log;
SELECT (SELECT sum(t.k + u.z) + sum(t.k * u.z) FROM t WHERE t.g = 1) FROM u;
SELECT (SELECT sum(u.k + t.k) - min(u.z + u.z) FROM t WHERE t.g < 3) FROM u;
ALTER TABLE u ADD COLUMN late INT DEFAULT 3;
SELECT sum(late + late), sum(late * z) FROM u;
