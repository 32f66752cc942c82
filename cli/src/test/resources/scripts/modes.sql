create table t(a int, b text, c real, d blob);
insert into t values(1,'hello',1.5,x'0102'),(2,null,0.25,x'ff'),(-3,'it''s "q" é 日本',0.1,null),(4,'two
lines',-17.75,'a,b'),(5,'tab	x',-0.0,'<&>'),(6,'',1e10,123456789012345678),(7,'\x',9e999,-9e999);
.headers on
.mode list
select * from t;
.mode csv
select * from t;
.mode tabs
select * from t;
.mode ascii
select * from t;
.mode quote
select * from t where a < 7;
.mode insert
select * from t;
.mode insert "my table"
select * from t;
.mode json
select * from t;
.mode line
select * from t;
.mode html
select * from t;
.mode tcl
select * from t;
.mode column
select * from t;
.mode table
select * from t;
.mode box
select * from t;
.mode markdown
select * from t;
.mode qbox
select * from t;
.headers off
.mode insert select
select 1, null;
