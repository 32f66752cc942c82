-- PRAGMA optimize.
CREATE TABLE t(a,b)
CREATE INDEX ti ON t(a)
CREATE TABLE u(a PRIMARY KEY,b) WITHOUT ROWID
CREATE TABLE e(a unique)
PRAGMA optimize(-1)
INSERT INTO t VALUES(1,2),(3,4)
INSERT INTO u VALUES(1,2),(3,4)
PRAGMA optimize(-1)
PRAGMA optimize(3)
PRAGMA optimize(1)
PRAGMA optimize(0)
PRAGMA optimize
SELECT * FROM sqlite_stat1 ORDER BY 1,2
PRAGMA optimize(-1)
INSERT INTO t SELECT value,value FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30]')
PRAGMA optimize(0x10002)
SELECT * FROM sqlite_stat1 ORDER BY 1,2
PRAGMA main.optimize
PRAGMA temp.optimize
