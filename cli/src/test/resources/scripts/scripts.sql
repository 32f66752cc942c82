-- a comment
/* another
   one */
.print after a comment
select 1; -- with a comment
select 2; select
3; select 'a;
b'; /* ; */ select "a;b" from (select 4 as "a;b"); select [x;y] from (select 5 as [x;y]);
create table t(a, b);
create trigger tr after insert on t begin
  update t set b = case when new.a > 1 then 'big' else 'small' end where a = new.a;
  delete from t where a = 0;
end;
insert into t values(0,null),(1,null),(2,null);
select * from t;
select 6
/
select 7
go
;;
 ;
   select 8;
.echo on
select 9;
-- hello
select
  10;
.print "a b" 'c d' e\n "f\tg"

.echo off
.changes on
insert into t values(5,6);
delete from t;
.changes off
# nothing
explain query plan select 1;
.eqp on
select 11;
.eqp off
select 12
