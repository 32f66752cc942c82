CREATE TABLE "odd name"(a, "b c");
create table Zeta(id integer primary key autoincrement, n text default 'x''y' -- comment
);
CREATE TABLE IF NOT EXISTS beta(a,b,c, primary key(a,b)) without rowid;
create table wide(first_column integer not null, second_column text default '(,)', third_column, primary key(first_column, second_column));
CREATE UNIQUE INDEX ix on beta(c);
CREATE INDEX iz on Zeta(n);
CREATE VIEW v AS select a,b as "b b" from beta;
CREATE VIEW broken AS select * from nowhere;
CREATE TRIGGER tr after insert on beta begin select 1; select 2; end;
insert into Zeta(n) values('p'),(null),('multi
line'),('cr'||char(13)||char(10)||'x\n'),(char(10)||char(13));
insert into "odd name" values(x'00ff', 1.5),(1e999,-2.5),('a''b', 9223372036854775807);
insert into beta values(1,2,3);
create temp table tmp1(a);
attach ':memory:' as aux;
create table aux.inaux(x);
create view aux.vinaux as select x from inaux;
create table "select"(x unique); insert into "select" values(1);
.schema
.schema ze%
.schema b*
.schema --indent
.schema aux.%
.schema --nosys
.schema nosuch
.tables
.tables %e%
.indexes
.indexes beta
.databases
.dump
.dump Zeta
.dump --data-only --nosys
.dump --newlines Zeta
.dump --preserve-rowids Zeta select
