.mode csv
select 'a b', 'it''s', 'é', ';', '#', '-', 'a'||char(9), ' a', char(127), '|', 'a,b', '\', x'', '';
.separator ";"
select 'a;b', 'a,b', null;
.separator ; "\r\n"
select 1, 2;
.headers on
select 1 as "a b", 2 as b;
