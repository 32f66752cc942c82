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
