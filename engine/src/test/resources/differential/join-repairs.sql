-- Statements that once went wrong.
create table t(a integer primary key, b text, c real);
insert into t values(1,'one',1.5),(2,'two',2.5),(3,'three',3);
create table u(x int, y text collate nocase, z);
insert into u values(1,'ONE',100),(2,'TWO',200),(2,'tWo',201),(7,'seven',700),(null,null,0);
create table w(k text primary key, v int, u unique) without rowid;
insert into w values('a',1,10),('b',2,20),('c',3,null),('d',null,40);
-- An automatic index must keep rows that are equal by collation.
select count(*) from u as u0 join (select * from u where x is not null order by y) as u1 on u0.y = u1.y;
-- Constants inside of constants.
select ((2 & 3) | cast(u0.z as real)), sum(u0.x) from u as u0 group by ((2 & 3) | cast(u0.z as real)) order by 1;
-- The rows that matched a right join, when nothing is on the left.
select w1.k, u2.y from w as w0 join w as w1 on w1.u in (select y from u where x > 1) full join u as u2 on w1.v in ('one') order by 2, u2.z;
-- A constant in an IN list must not take on the operand's affinity elsewhere.
select k not in (20, 0, 'ONE', x'0102', 20), w0.u not between 0 and 'two' from w as w0 order by k;
-- x NOT IN () is TRUE, and IS TRUE tests for truth.
select (c & 10) is (b not in ()), (c & 10) is (b in ()) from t order by a;
-- Signs in front of a column number.
select -(-2), count(distinct rowid) from u group by -(-2);
select a, b from t order by +2;
-- Group columns come from the row of the extreme.
select y, max(z) from u group by y order by 2;
-- Of equal rows the first one stays.
select y from u union select y from u order by 1;
!new
-- USING with several tables on its left.
CREATE TABLE t2(k,v);
INSERT INTO t2 VALUES(1,2),(2,3),(2,2);
SELECT * FROM t2 AS one, t2 AS two NATURAL JOIN t2 AS three;
SELECT * FROM t2 AS one, t2 AS two JOIN t2 AS three USING(k);
SELECT three.k FROM t2 AS one, t2 AS two JOIN t2 AS three USING(k);
SELECT k FROM t2 AS one, t2 AS two JOIN t2 AS three USING(k);
SELECT * FROM t2 AS one, t2 AS two RIGHT JOIN t2 AS three USING(k);
SELECT * FROM t2 AS one, t2 AS two LEFT JOIN t2 AS three USING(k);
SELECT * FROM (t2 AS one, t2 AS two) LEFT JOIN t2 AS three USING(k);
SELECT * FROM (t2 AS one JOIN t2 AS two USING (k)) LEFT JOIN t2 AS three USING(k);
CREATE TABLE c1(x INTEGER PRIMARY KEY, b INT);
INSERT INTO c1(x,b) VALUES(1,1),(8,8),(17,17),(NULL,NULL);
CREATE TABLE c2(x INT,c INT);
INSERT INTO c2(x,c) VALUES(2,2),(8,8),(NULL,NULL);
CREATE TABLE t1(a INT PRIMARY KEY, b INT, c INT);
INSERT INTO t1(a) VALUES(1),(2),(8),(19);
!sorted SELECT * FROM t1, (c1 NATURAL RIGHT JOIN c2);
!sorted SELECT x, c1.x, c2.x FROM t1, (c1 NATURAL RIGHT JOIN c2);
!sorted SELECT * FROM t1, (c1 NATURAL FULL JOIN c2);
!sorted SELECT * FROM t1, (c1 NATURAL FULL JOIN c2), c2 AS z;
!sorted SELECT * FROM t1 LEFT JOIN (c1 JOIN c2 USING(x)) ON a=x;
!sorted SELECT * FROM t1 LEFT JOIN (c1 FULL JOIN c2 USING(x)) ON a=x;
!sorted SELECT c1.x,c2.x,x FROM (c1 FULL JOIN c2 USING(x)) RIGHT JOIN (SELECT 8 AS x UNION SELECT 9) USING (x);
!sorted SELECT * FROM (c1 a JOIN c1 b USING (x)) JOIN c1 c USING(x);
!new
-- Joins in parentheses.
CREATE TABLE t3(id INTEGER PRIMARY KEY, x);
CREATE TABLE t4(id INTEGER PRIMARY KEY, y);
CREATE TABLE t5(id INTEGER PRIMARY KEY, z);
CREATE TABLE t6(id INTEGER PRIMARY KEY, u);
INSERT INTO t3 VALUES(1,'a'),(2,'b'),(3,'c');
INSERT INTO t4 VALUES(2,'d'),(3,'e'),(4,'f');
INSERT INTO t5 VALUES(3,'g'),(4,'h'),(5,'i');
INSERT INTO t6 VALUES(1,'j'),(4,'k'),(6,'l');
SELECT * FROM t3 FULL JOIN (t4 FULL JOIN (t5 FULL JOIN t6 USING(id)) USING(id)) AS j1 ON j1.id=t3.id ORDER BY coalesce(t3.id,j1.id);
SELECT t4.id, t6.id, j1.id FROM t3 FULL JOIN (t4 FULL JOIN (t5 FULL JOIN t6 USING(id)) USING(id)) AS j1 ON j1.id=t3.id ORDER BY coalesce(t3.id,j1.id);
SELECT * FROM t3 LEFT JOIN (t4 JOIN t5 USING(id)) AS q USING(id);
SELECT q.y, q.z FROM t3 LEFT JOIN (t4 JOIN t5 USING(id)) AS q USING(id);
SELECT id FROM t3 LEFT JOIN (t4 JOIN t5 USING(id)) AS q USING(id);
SELECT q.id FROM t3 LEFT JOIN (t4 JOIN t5 USING(id)) AS q USING(id);
SELECT * FROM t3 AS one, (t3 AS two NATURAL JOIN t3 AS three);
