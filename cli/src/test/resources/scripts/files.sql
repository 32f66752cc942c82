.once out1.txt
select 1; select 2;
select 3;
.output out2.txt
select 4;
.print hi
.output
.print back
.output stdout
.read out2.sql
.shell cat out1.txt out2.txt
.system echo sys
.once '|tr a-z A-Z'
select 'piped';
.once out3.sql
select 'select 5; .print no' || char(10) || ';.print yes' || char(10) || 'select zz;';
.read out3.sql
.read '|echo "select 55;"'
.open files.db
create table t(x);
insert into t values(1);
.open
.tables
.open files.db
select * from t;
.open --readonly files.db
insert into t values(2);
.open --new files.db
.tables
.show
.exit 3
select 'not reached';
