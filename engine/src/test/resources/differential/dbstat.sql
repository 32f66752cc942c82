-- dbstat, page by page and summed up.
CREATE TABLE t(a INTEGER PRIMARY KEY, b)
CREATE INDEX tb ON t(b)
CREATE TABLE w(x PRIMARY KEY, y) WITHOUT ROWID
INSERT INTO t SELECT value, 'hello' || value FROM json_each('[1,2,3,4,5,6,7]')
INSERT INTO t VALUES(100, hex(zeroblob(5000)))
INSERT INTO t SELECT a+1000, b||a FROM t WHERE a<100
INSERT INTO t SELECT a+2000, b||b||b||b||b||b||b||b||b FROM t WHERE a<>100
INSERT INTO t SELECT a+4000, b||b||b||b||b||b||b||b||b FROM t WHERE a<>100
INSERT INTO w VALUES(1,2)
CREATE TEMP TABLE tt(a)
PRAGMA table_xinfo(dbstat)
SELECT * FROM dbstat
SELECT * FROM dbstat WHERE aggregate=1
SELECT * FROM dbstat('main',1)
SELECT * FROM dbstat('temp')
SELECT * FROM dbstat('nope')
SELECT * FROM dbstat WHERE name='t'
SELECT * FROM dbstat WHERE name='t' AND aggregate=true
SELECT name,path FROM dbstat ORDER BY path DESC
SELECT name,path FROM dbstat ORDER BY name,path
SELECT name,path FROM dbstat ORDER BY name DESC,path
SELECT count(*) FROM dbstat WHERE schema='main'
EXPLAIN QUERY PLAN SELECT * FROM dbstat ORDER BY name,path
EXPLAIN QUERY PLAN SELECT * FROM dbstat ORDER BY path
EXPLAIN QUERY PLAN SELECT * FROM dbstat WHERE name='t' AND aggregate=1
EXPLAIN QUERY PLAN SELECT * FROM dbstat WHERE schema='main'
CREATE VIRTUAL TABLE ds USING dbstat
CREATE VIRTUAL TABLE ds2 USING dbstat(temp)
CREATE VIRTUAL TABLE ds3 USING dbstat(nope)
SELECT count(*) FROM ds
DROP TABLE ds
