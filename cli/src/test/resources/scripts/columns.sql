.mode column
select 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbb ccccc ddddd' as x, 2 as y;
.mode box --wrap 10 --ww
select 'the quick brown fox jumps' as x, 2 as y;
.mode table --wrap 10
select 'the quick brown fox jumps' as x, 2 as y;
.mode markdown --quote
select 'the quick brown fox jumps' as "x|y", 2 as y, x'01', null, 'a|b';
.mode qbox
select 'the quick brown fox jumps' as "x|y", 2 as y, x'01', null, 1.5;
.mode column
.width 5 -6
select 'the quick brown fox jumps' as x, 2 as y;
.headers off
select 1, 2;
.mode box
select 1, 2;
.mode table
select 1, 2;
.mode line
.headers on
select 1 as aaaaaaaaaaaaaa, 2 as b;
select null as x;
.mode json
select 1 where 0;
select '/' as "a""b", char(8232), '</script>';
.mode table
select 1 where 0;
.mode column
select 1 where 0;
.mode csv
select 1 where 0;
.mode
.mode lis
.mode LIST
.mode list
.mode tcl
select null, 1;
.mode insert "my tab"
select null, 1;
.mode insert select
select null, 1;
.nullvalue N
.mode csv
select null,'';
.mode column
select null;
.mode line
select null;
.mode tabs
select null,2;
.mode ascii
select null,2;
.show
.mode semi
select 5;
