-- A value's subtype stays inside of the subquery that computes it.
CREATE TABLE t1(a);
INSERT INTO t1 VALUES('x');
CREATE VIEW t2(b) AS SELECT json(1);
CREATE TABLE t3(b);
INSERT INTO t3 VALUES(json(1));
SELECT * FROM t3, t1 WHERE NOT json_quote(b);
SELECT * FROM t2, t1 WHERE NOT json_quote(b);
WITH t4(a) AS MATERIALIZED (SELECT json('[1]')) SELECT json_quote(a) FROM t4;
WITH t4(a) AS NOT MATERIALIZED (SELECT json('[1]')) SELECT json_quote(a) FROM t4;
SELECT *, json_quote(y) FROM (SELECT +json('1') AS y);
SELECT *, json_quote(y) FROM (SELECT +json('1') AS y) WHERE json_quote(y)='"1"';
SELECT json_quote(y) FROM (SELECT json(a || 1) AS y FROM (SELECT 1 AS a UNION ALL SELECT 2));
CREATE TABLE t0(c0);
INSERT INTO t0 VALUES ('1');
CREATE VIEW v0(c0) AS SELECT CASE WHEN 1 THEN json_patch('1', '1') END FROM t0 GROUP BY t0.c0;
SELECT * FROM v0 WHERE json_quote(v0.c0) != '1';
SELECT json_quote(j) FROM (SELECT json_group_array(c0) AS j FROM t0);
SELECT json_array(j, json(j)) FROM (SELECT CASE WHEN c0 THEN json('{}') ELSE c0 END AS j FROM t0);
