.once i.csv
select 'id,name,"odd ""c"' || char(10) || '1,"a, b",x' || char(13,10) || '2,"two' || char(10) || 'lines",' || char(10) || '3,short' || char(10) || '4,a,b,toomany';
.mode csv
.import i.csv t
.schema
select * from t;
create table u(a, b, c check (c <> 'x'));
.import --csv --skip 1 -v i.csv u
.mode quote
select * from u;
.once i.txt
select '1|2' || char(10) || '3|4' || char(10) || '"q"x|5';
.mode list
create table w(a int, b);
.import i.txt w
select * from w;
.import i.txt
.once d.csv
select 'a,a,b,,b' || char(10) || '1,2,3,4,5';
.import --csv d.csv dup
.schema dup
select * from dup;
.separator ab
.import i.txt w
.separator "|"
create temp table x(a, b);
.import --schema temp i.txt x
select count(*) from x;
