PRAGMA encoding = 'UTF-16be';
SELECT hex(x'0102'), hex('ab'), hex(zeroblob(3)), hex(unhex('4142')), hex(x'');
SELECT hex(jsonb('[1,"x"]')), hex(substr(x'010203', 2, 1));
SELECT length(x'616263' || ''), hex(x'616263' || ''), hex(x'616263' || x'64');
SELECT hex(CAST(x'616263' AS TEXT)), length(CAST(x'616263' AS TEXT)), length(CAST(x'61' AS TEXT));
SELECT 'x' || x'00', quote('x' || x'7a7a'), upper(x'0061'), upper(x'006100');
CREATE TABLE t(a TEXT, b);
INSERT INTO t VALUES(x'0041', CAST(x'004142' AS TEXT)), (zeroblob(3), x'00' || x'41');
SELECT quote(a), b, hex(a), hex(b), length(b) FROM t;
-- numbers in blobs
!new
PRAGMA encoding='UTF-16le'
CREATE TABLE t(i INTEGER, r REAL, n NUMERIC, x TEXT, b BLOB)
SELECT CAST(x'31003200' AS INTEGER), CAST(x'3132' AS INTEGER), CAST(x'31003200' AS REAL), CAST(x'31002e003500' AS NUMERIC), CAST(x'3132' AS NUMERIC), CAST(x'3132' AS REAL)
SELECT x'31003200' + 1, x'3132' + 1, x'3132' * 1.0, -x'3100', x'31' + 0, x'310032' + 0
SELECT CAST(x'31003200' AS TEXT), length(CAST(x'310032' AS TEXT)), typeof(CAST(x'31003200' AS TEXT)), hex(CAST(x'31003200' AS TEXT))
SELECT x'3100' || 'a', x'3100' LIKE '1', x'31' LIKE '1', length(x'3100'), upper(x'61006200'), quote(x'3100'), x'3100' = '1', x'3100' < 'a'
SELECT abs(x'3100'), round(x'31003200'), sum(x'3100'), total(x'31'), avg(x'3100'), max(x'3100', 5), x'3100' & 1, ~x'3100', x'3100' % 7, x'3100' << 1
SELECT CASE WHEN x'3100' THEN 1 ELSE 0 END, NOT x'3000', x'3000' AND 1, iif(x'31', 1, 2), x'' OR 0
INSERT INTO t VALUES(x'3100', x'3100', x'3100', x'3100', x'3100'), (x'31', x'31', x'31', x'31', x'31')
SELECT typeof(i), typeof(r), typeof(n), typeof(x), typeof(b) FROM t
SELECT i + 1, r + 1, n + 1, x + 1, b + 1 FROM t
SELECT CAST(i AS INTEGER), CAST(r AS REAL), CAST(n AS NUMERIC), CAST(x AS TEXT), CAST(b AS INTEGER) FROM t
SELECT CAST(i AS TEXT) || 'z', x || '', group_concat(x'6100') FROM t GROUP BY rowid
SELECT printf('%d', x'3100'), printf('%s', x'61006200'), printf('%f', x'31002e003500'), substr(x'61006200', 2), instr(x'61006200', x'62'), instr('ab', x'6200'), replace(x'61006200', x'6100', 'z'), trim(x'20006100'), hex(x'3100'), char(x'4100'), unicode(x'4100')
SELECT CAST('12' AS BLOB), CAST(12 AS BLOB), CAST(CAST('12' AS BLOB) AS INTEGER), CAST(CAST(12 AS BLOB) AS INTEGER), CAST(1.5 AS BLOB)
SELECT date(x'3200300032003000'), json(x'31003200'), json_extract(x'5b0031005d00', '$[0]'), coalesce(x'3100'), nullif(x'3100', '1'), x'3100' IN ('1'), x'3100' BETWEEN 0 AND 'z', unhex(x'34003100')
SELECT 5 LIMIT x'3100'
SELECT x'31003200' || x'3300', typeof(x'31' || x'32'), (x'31003200' || '') + 0, 'a' || x'62'
SELECT x'3100' COLLATE NOCASE = x'3100', x'41' COLLATE NOCASE = x'61', min(x'3100', x'3000'), 'abc' GLOB x'61002a00', x'2f' || x'00'
SELECT sqrt(x'3400'), pow(x'3200', 2), sign(x'2d003100'), mod(x'3700', 4), ceil(x'31002e003500'), log10(x'310030003000')
SELECT json_array(x'3100'), json_quote(x'3100')
SELECT json_valid(x'31003200'), json_type(x'31003200')
!new
PRAGMA encoding='UTF-16be'
CREATE TABLE t(i INTEGER, r REAL, n NUMERIC, x TEXT, b BLOB)
SELECT CAST(x'31003200' AS INTEGER), CAST(x'3132' AS INTEGER), CAST(x'31003200' AS REAL), CAST(x'31002e003500' AS NUMERIC), CAST(x'3132' AS NUMERIC), CAST(x'3132' AS REAL)
SELECT x'31003200' + 1, x'3132' + 1, x'3132' * 1.0, -x'3100', x'31' + 0, x'310032' + 0
SELECT CAST(x'31003200' AS TEXT), length(CAST(x'310032' AS TEXT)), typeof(CAST(x'31003200' AS TEXT)), hex(CAST(x'31003200' AS TEXT))
SELECT x'3100' || 'a', x'3100' LIKE '1', x'31' LIKE '1', length(x'3100'), upper(x'61006200'), quote(x'3100'), x'3100' = '1', x'3100' < 'a'
SELECT abs(x'3100'), round(x'31003200'), sum(x'3100'), total(x'31'), avg(x'3100'), max(x'3100', 5), x'3100' & 1, ~x'3100', x'3100' % 7, x'3100' << 1
SELECT CASE WHEN x'3100' THEN 1 ELSE 0 END, NOT x'3000', x'3000' AND 1, iif(x'31', 1, 2), x'' OR 0
INSERT INTO t VALUES(x'3100', x'3100', x'3100', x'3100', x'3100'), (x'31', x'31', x'31', x'31', x'31')
SELECT typeof(i), typeof(r), typeof(n), typeof(x), typeof(b) FROM t
SELECT i + 1, r + 1, n + 1, x + 1, b + 1 FROM t
SELECT CAST(i AS INTEGER), CAST(r AS REAL), CAST(n AS NUMERIC), CAST(x AS TEXT), CAST(b AS INTEGER) FROM t
SELECT CAST(i AS TEXT) || 'z', x || '', group_concat(x'6100') FROM t GROUP BY rowid
SELECT printf('%d', x'3100'), printf('%s', x'61006200'), printf('%f', x'31002e003500'), substr(x'61006200', 2), instr(x'61006200', x'62'), instr('ab', x'6200'), replace(x'61006200', x'6100', 'z'), trim(x'20006100'), hex(x'3100'), char(x'4100'), unicode(x'4100')
SELECT CAST('12' AS BLOB), CAST(12 AS BLOB), CAST(CAST('12' AS BLOB) AS INTEGER), CAST(CAST(12 AS BLOB) AS INTEGER), CAST(1.5 AS BLOB)
SELECT date(x'3200300032003000'), json(x'31003200'), json_extract(x'5b0031005d00', '$[0]'), coalesce(x'3100'), nullif(x'3100', '1'), x'3100' IN ('1'), x'3100' BETWEEN 0 AND 'z', unhex(x'34003100')
SELECT 5 LIMIT x'3100'
SELECT x'31003200' || x'3300', typeof(x'31' || x'32'), (x'31003200' || '') + 0, 'a' || x'62'
SELECT x'3100' COLLATE NOCASE = x'3100', x'41' COLLATE NOCASE = x'61', min(x'3100', x'3000'), 'abc' GLOB x'61002a00', x'2f' || x'00'
SELECT sqrt(x'3400'), pow(x'3200', 2), sign(x'2d003100'), mod(x'3700', 4), ceil(x'31002e003500'), log10(x'310030003000')
SELECT json_array(x'3100'), json_quote(x'3100')
SELECT json_valid(x'31003200'), json_type(x'31003200')
