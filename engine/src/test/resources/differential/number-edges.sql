-- A real number among the values of sum() takes an overflow before it back.
SELECT sum(column1) FROM (VALUES(9223372036854775807),(1),(1.5));
SELECT sum(column1) FROM (VALUES(9223372036854775807),(1),('x'));
SELECT sum(column1) FROM (VALUES(9223372036854775807),(1.5),(9223372036854775807),(1));
SELECT sum(column1) FROM (VALUES(9223372036854775807),(1),(NULL));
SELECT abs(-0.0), abs('-0.0'), abs(0.0 * -1);
