-- Which object ALTER TABLE complains of, and what it does not look at.
CREATE TABLE t1(d INTEGER PRIMARY KEY, "sel""q" UNIQUE, new INTEGER);
CREATE TABLE "t 3"("Select" INTEGER PRIMARY KEY, "b" INTEGER NOT NULL DEFAULT 7);
CREATE TRIGGER r5 AFTER DELETE ON t1 BEGIN SELECT new FROM t1 WHERE 3 ORDER BY 4; END;
ALTER TABLE "t 3" RENAME TO [x"y];
CREATE VIEW v4 AS SELECT z.* FROM t1 AS z GROUP BY 7 ORDER BY CAST(`new` AS INT);
ALTER TABLE "x""y" RENAME COLUMN b TO `main`;
DROP VIEW v4;
DROP TRIGGER r5;
CREATE VIEW v13("q r") AS SELECT main AS d, "z".* FROM "x""y" AS z ORDER BY 'Z';
ALTER TABLE t1 DROP COLUMN new;
SELECT * FROM v13;
DROP VIEW v13;
-- Errors come by age of what is wrong.
CREATE TRIGGER r8 BEFORE UPDATE ON t1 BEGIN SELECT 1 FROM t1 WHERE nope; END;
CREATE VIEW v16 AS SELECT d FROM t1 JOIN t1 AS j2 ON 1;
ALTER TABLE "x""y" RENAME TO xy;
DROP TRIGGER r8;
ALTER TABLE "x""y" RENAME TO xy;
DROP VIEW v16;
ALTER TABLE "x""y" RENAME TO xy;
-- A trigger's row has the name of its table as it was written.
CREATE TRIGGER r9 AFTER UPDATE ON XY BEGIN SELECT 1; END;
CREATE INDEX i9 ON XY(main);
SELECT type, name, tbl_name, sql FROM sqlite_master;
ALTER TABLE xy RENAME TO Yx;
SELECT type, name, tbl_name, sql FROM sqlite_master;
-- A dropped column's name in double quotes is a string from then on.
CREATE VIEW v20 AS SELECT main FROM yx ORDER BY CASE WHEN length("q") THEN 'Z' ELSE "q" END;
ALTER TABLE yx ADD COLUMN q;
ALTER TABLE yx RENAME COLUMN q TO "r s";
ALTER TABLE yx DROP COLUMN "r s";
SELECT sql FROM sqlite_master WHERE name = 'v20';
DROP VIEW v20;
-- Indexes come before triggers where they are loaded anew.
CREATE TABLE t2(a, b, c);
CREATE TRIGGER r21 AFTER INSERT ON t2 BEGIN SELECT new.b; END;
CREATE INDEX i21 ON t2(a) WHERE b IS NULL;
ALTER TABLE t2 DROP COLUMN b;
DROP INDEX i21;
ALTER TABLE t2 DROP COLUMN b;
-- The names of CHECK constraints without a name.
CREATE TABLE c1(a CHECK("a" > 5), b CHECK(  'x' = b), c CHECK([c] <> `c`), d CHECK(`d`), e CHECK("e""" IS NULL), "e""");
INSERT INTO c1(a) VALUES(1);
INSERT INTO c1(b) VALUES(1);
INSERT INTO c1(c) VALUES(1);
INSERT INTO c1(d) VALUES(0);
INSERT INTO c1 VALUES(null,null,null,null,null,5);
CREATE TABLE c2(a, CHECK("a" > 5), CONSTRAINT "x y" CHECK(a <> 6), CHECK ( a <> 7 ));
INSERT INTO c2 VALUES(1);
INSERT INTO c2 VALUES(6);
INSERT INTO c2 VALUES(7);
CREATE INDEX ix1 ON c1(nope) WHERE nada;
CREATE INDEX ix1 ON c1(a) WHERE nada;
CREATE INDEX ix1 ON c1(nope) WHERE a;
