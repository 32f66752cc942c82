PRAGMA encoding = 'UTF-16be';
SELECT hex(x'0102'), hex('ab'), hex(zeroblob(3)), hex(unhex('4142')), hex(x'');
SELECT hex(jsonb('[1,"x"]')), hex(substr(x'010203', 2, 1));
SELECT length(x'616263' || ''), hex(x'616263' || ''), hex(x'616263' || x'64');
SELECT hex(CAST(x'616263' AS TEXT)), length(CAST(x'616263' AS TEXT)), length(CAST(x'61' AS TEXT));
SELECT 'x' || x'00', quote('x' || x'7a7a'), upper(x'0061'), upper(x'006100');
CREATE TABLE t(a TEXT, b);
INSERT INTO t VALUES(x'0041', CAST(x'004142' AS TEXT)), (zeroblob(3), x'00' || x'41');
SELECT a, b, hex(a), hex(b), length(b) FROM t;
