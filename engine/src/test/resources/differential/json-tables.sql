-- json_each and json_tree in all places of a query.
SELECT group_concat(value) FROM json_each('[1,2,3]')
SELECT value FROM json_each('[5,4,3]') ORDER BY rowid
SELECT value FROM json_each('[5,4,3]') ORDER BY rowid desc
CREATE TABLE t(a,j)
INSERT INTO t VALUES(1,'[1,2]'),(2,'[3]'),(3,'[]'),(4,NULL)
SELECT a,value FROM t,json_each(t.j)
SELECT a,value FROM t,json_each(j) WHERE value>1
SELECT a,value FROM json_each(j),t WHERE value>1
SELECT a,value FROM t LEFT JOIN json_each(t.j)
SELECT a,value FROM t LEFT JOIN json_each(t.j) ON value>1
SELECT a,value FROM t LEFT JOIN json_each(t.j) ON value>1 WHERE a<3
SELECT a,(SELECT count(*) FROM json_each(t.j)) FROM t
SELECT a FROM t WHERE EXISTS(SELECT 1 FROM json_each(t.j) WHERE value=2)
SELECT a FROM t WHERE 3 IN (SELECT value FROM json_each(t.j))
SELECT a FROM t WHERE a IN (SELECT value FROM json_each('[1,4]'))
SELECT value FROM json_each WHERE json='[7,8]'
SELECT value FROM json_each WHERE json IN ('[7,8]','[9]')
SELECT value,count(*) FROM json_each('[1,2,1]') GROUP BY value
SELECT DISTINCT value FROM json_each('[1,2,1]')
SELECT * FROM t(1)
SELECT * FROM nope(1)
SELECT * FROM main.json_each('[1]')
SELECT * FROM foo.json_each('[1]')
SELECT json_each.value FROM json_each('[1]')
SELECT x.* FROM json_each('[1]') AS x
SELECT a,value FROM json_each('[1,2]') RIGHT JOIN t ON value=a
SELECT a,value FROM t RIGHT JOIN json_each('[1,9]') ON value=a
SELECT a,value FROM t FULL JOIN json_each('[1,9]') ON value=a
CREATE VIEW v AS SELECT value FROM json_each('[1,2]')
SELECT * FROM v
SELECT value FROM json_each('[1,2]') WHERE value LIKE '2'
SELECT value FROM json_each('[1,2]') WHERE value <> 2
SELECT value FROM json_each('[1,2,null]') WHERE value IS NOT NULL
EXPLAIN QUERY PLAN SELECT a,value FROM t,json_each(t.j)
SELECT json_group_array(value) FROM json_each('[1,2,null,{"a":[1]}]')
SELECT json_insert('{"a":1}','$.b',value) FROM json_each('[[1]]')
PRAGMA table_info(json_each)
PRAGMA table_xinfo(json_each)
CREATE VIRTUAL TABLE x USING json_each
CREATE VIRTUAL TABLE x USING nope
DELETE FROM json_each
UPDATE json_each SET value=1
INSERT INTO json_each VALUES(1)
DROP TABLE json_each
CREATE INDEX i ON json_each(value)
ALTER TABLE json_each RENAME TO x
ALTER TABLE json_each ADD COLUMN x
CREATE TABLE json_each(a)
SELECT * FROM json_each
DROP TABLE json_each
SELECT * FROM json_each('[1]')
SELECT e.value FROM (json_each('[1,2]')) e
SELECT a.value,b.value FROM json_each('[1,2]') a, json_each('[3,4]') b
SELECT a.value,b.value FROM json_each('[[1,2],[3]]') a, json_each(a.value) b
SELECT a.value,b.value FROM json_each(b.value) a, json_each('[[1,2],[3]]') b
SELECT a.value FROM json_each(a.value) a
SELECT count(*) FROM json_tree('{"a":{"b":[1,2,{"c":3}]}}') WHERE type='object'
SELECT value FROM json_each('[1,2,3,4]') LIMIT 2 OFFSET 1
WITH c AS (SELECT value v FROM json_each('[1,2]')) SELECT * FROM c, c d
SELECT * FROM (SELECT * FROM json_each('[1,2]') LIMIT 1)
SELECT rowid, oid, _rowid_ FROM json_each('[1,2]')
SELECT * FROM t JOIN json_each('[1,2]') USING(value)
SELECT * FROM json_each('[1,2]') NATURAL JOIN json_tree('[1,2]')
SELECT key,path,fullkey FROM json_tree('{"a":1,"b":[1,[2]]}','$.b[1]')
SELECT key,path,fullkey FROM json_tree('{"a":1,"b":[1,[2]],"c":{"d":5,"e":6}}','$.c.e')
SELECT key,path,fullkey FROM json_tree('{"a":1,"b":[1,[2]],"c":{"d":5,"e.f":6}}','$.c."e.f"')
SELECT key,path,fullkey FROM json_tree('{"a":1,"b":[1,[2]],"c":{"d":5,"e[0]":6}}','$.c.e[0]')
SELECT key,path,fullkey FROM json_tree('{"a":1,"b":[1,[2]],"c":{"d":5,"e[0]":[7]}}','$."c"."e[0]"[0]')
SELECT key,path,fullkey FROM json_tree('[[1,2,3]]','$[0][12]')
SELECT key,path,fullkey FROM json_tree('[[1,2,3]]','$[0][#-2]')
SELECT key,path,fullkey FROM json_tree('[[1,2,3]]','$[0][1]')
