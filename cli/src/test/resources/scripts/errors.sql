select 1;
select * FORM t;

select
  2
from nowhere;
create table t(a unique, b not null, c check(c>0));
insert into t values(1,1,1); insert into t values(1,2,3); select 'not reached';
insert into t values(2,null,1);
insert into t values(2,2,0);
.foo
.mode wrong
.headers
.nullvalue
.headers maybe
.width 1 x
.schema --wrong
.schema a b
.dump --wrong
.indexes a b
.read nofile.sql
.import nofile.csv t
.separator
.timer
select abs(-9223372036854775808);
select json('{');
select zzz, 111111111111111111111111111111111111111111111111111111111111 from t;
select 'é', 'éééééééééééééééééééééééééééééééééééééééééééééééééééééééééé', zzz, 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz';
select 2 +
