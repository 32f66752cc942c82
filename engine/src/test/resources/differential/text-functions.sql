-- Functions on texts of all lengths, with and without characters that are not ASCII.
CREATE TABLE t(id INTEGER PRIMARY KEY, x);
WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < 20) INSERT INTO t(x) SELECT substr('aZ@[`{mMé€zA09 xyzXYZ', 1, n) FROM c;
WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < 20) INSERT INTO t(x) SELECT substr('aZ@[`{mMqrzA09 xyzXYZabcdefgh', 1, n) FROM c;
INSERT INTO t(x) VALUES (NULL), (12345678901), (-1.5e100), (x'61ff00627a5a'), ('ab' || char(0) || 'cdefghijkl'), (char(0)), ('ééééééééé'), ('12345678é'), ('1234567é8'), (x'c3a9c3a9c3a9c3a9c3');
SELECT id, hex(upper(x)), hex(lower(x)), length(x), octet_length(x) FROM t;
SELECT id, hex(substr(x, 3)), hex(substr(x, -3)), hex(substr(x, 2, 9)), hex(substr(x, 9, -5)), hex(substr(x, 0, 4)), hex(substr(x, -100, 103)), hex(substr(x, 9223372036854775807)), hex(substr(x, 2, 9223372036854775807)), hex(substr(x, -5, -9223372036854775808)) FROM t;
SELECT id, upper(lower(upper(x))) = upper(x), length(upper(x) || lower(x)), length(x || x || x), x || 1 || x || 2.5 FROM t;
SELECT sum(length(upper(substr(x, 3, 12)) || x)) FROM t;
SELECT group_concat(quote(upper(x) || quote(x))) FROM t WHERE id < 30;
-- results in registers that arguments are in as well
SELECT coalesce(nullif(upper(x), 'A'), x, 'none'), max(x, upper(x)), min(lower(x), x), iif(length(x) > 3, upper(x), x) FROM t;
SELECT replace(upper(x), 'Z', x), instr(x, 'z'), trim(upper(x)), printf('%s-%s', x, upper(x)) FROM t WHERE id < 40;
UPDATE t SET x = upper(x) || substr(x, 2) WHERE id % 2 = 0;
SELECT id, quote(x) FROM t;
SELECT upper(x), count(*) FROM t GROUP BY upper(x) ORDER BY 1;
