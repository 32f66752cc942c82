-- Rows of the schema table that make no sense.
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',2,'CREATE TABLE x(')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',2,'CREATE TABLE y(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','y',2,'CREATE TABLE x(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('view','x','x',2,'CREATE TABLE x(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',999,'CREATE TABLE x(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',null,'CREATE TABLE x(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x','abc','CREATE TABLE x(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',-1,'CREATE TABLE x(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',0,'CREATE TABLE x(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','t','t',2,'CREATE TABLE t(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',2,'DROP TABLE t')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',2,'CREATE TABLE x(a,a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',2,'CREATE TABLE x(a) without rowid')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('index','x','t',2,'CREATE INDEX x ON nosuch(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('index','x','nosuch',2,'CREATE INDEX x ON nosuch(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('index','x','t',3,'CREATE INDEX x ON t(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('index','x','t',2,'CREATE INDEX x ON t(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('index','x','t',2,null)
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('index','sqlite_autoindex_t_1','t',1,null)
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('index','sqlite_autoindex_t_1','t',99,null)
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values(null,null,null,5,null)
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table',null,'x',2,'CREATE TABLE x(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',2,'')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',2,'x')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('view','x','x',0,'CREATE VIEW x AS SELECT')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('trigger','x','t',0,'CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('trigger','x','zz',0,'CREATE TRIGGER x AFTER INSERT ON zz BEGIN SELECT 1; END')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',2,'CREATE TABLE x AS SELECT 1')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','sqlite_foo','sqlite_foo',2,'CREATE TABLE sqlite_foo(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',2,'CREATE TEMP TABLE x(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',2,'CREATE TABLE foo.x(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',2,'create /* c */ table x(a)')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
!new
create table t(a unique, b)
pragma writable_schema=1
insert into sqlite_master values('table','x','x',2,x'00ff')
!reopen
select * from t
pragma user_version
select 1
pragma integrity_check
pragma writable_schema=1
select count(*) from sqlite_master
select * from t
