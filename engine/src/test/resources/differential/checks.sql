-- foreign_key_check, integrity_check and quick_check on databases with errors in them.
create table p(a integer primary key, b text unique collate nocase, c, d, unique(c,d));
create table c1(x references p, y references p(b), z, foreign key(z,x) references p(c,d));
create table c2(x references nosuch(q));
create table c3(x primary key references p(b)) without rowid;
create table c4(x references p(c));
insert into p values(1,'One',10,20),(2,'two',30,40);
insert into c1 values(1,'one',null),('2','TWO',null),(3,'x',null),(20,'One',10),(null,null,null),(40,null,'30');
insert into c2 values(null),(5);
insert into c3 values('ONE'),('zzz');
pragma foreign_key_check(c1);
pragma foreign_key_check(c2);
pragma foreign_key_check(c3);
pragma foreign_key_check(c4);
drop table c4;
pragma foreign_key_check(nosuch);
!sorted pragma foreign_key_check;
pragma main.foreign_key_check(c3);
!new
create table t(a,b,c text not null, d int, check(a<100), check(b>0));
create unique index tu on t(a,b);
create index ti on t(c collate nocase, d desc) where d>1;
insert into t values(1,2,'x',1),(2,3,'y',2),(3,4,'z',3);
create table w(a primary key, b text unique, c int) without rowid;
insert into w values(1,'a',1),(2,'b',2);
create table s(a int, b text, c any, d real, e blob) strict;
insert into s values(1,'x',2.5,3,x'01');
pragma writable_schema=1;
update sqlite_master set sql='CREATE TABLE t(a,b,c ,d int)' where name='t';
delete from sqlite_master where name='tu';
update sqlite_master set sql='CREATE TABLE s(a, b, c , d , e )' where name='s';
update sqlite_master set sql='CREATE TABLE w(a primary key, b unique, c ) without rowid' where name='w';
!reopen
insert into t values(1,2,null,5),(200,-1,5,'7'),(null,null,'q','abc'),(null,null,'q',x'00');
insert into s values('a',x'00',3,'y',5);
insert into w values(3,5,'5');
pragma writable_schema=1;
insert into sqlite_master values('index','tu','t',3,'CREATE UNIQUE INDEX tu on t(a,b)');
update sqlite_master set sql='CREATE TABLE t(a,b,c text not null, d int, check(a<100), check(b>0))' where name='t';
update sqlite_master set sql='CREATE TABLE s(a int, b text, c any, d real, e blob) strict' where name='s';
update sqlite_master set sql='CREATE TABLE w(a primary key, b text unique, c int) without rowid' where name='w';
!reopen
pragma integrity_check;
pragma quick_check;
pragma integrity_check(3);
pragma integrity_check(w);
pragma integrity_check(t);
pragma quick_check(s);
