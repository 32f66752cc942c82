package org.libsql4j.compat.files;

import java.util.ArrayList;
import java.util.List;

/** Statements that fill the sample files. */
final class SampleSchemas {
  private SampleSchemas() {}

  /** A counting table expression; {@code h} is a scattered number from 0 to 99,999. */
  static String counted(int rows) {
    return "WITH RECURSIVE n(i, h) AS (VALUES(1, 7919) UNION ALL"
        + " SELECT i + 1, (h * 31 + 77773) % 100000 FROM n WHERE i < "
        + rows
        + ") ";
  }

  /** All storage classes, extremes, text of several scripts, unique and other indexes. */
  static final List<String> MIXED =
      List.of(
          "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT, amount REAL, data BLOB, extra)",
          "CREATE INDEX item_name ON item(name)",
          "CREATE INDEX item_extra ON item(extra DESC, amount)",
          "CREATE TABLE pair(a INT, b TEXT COLLATE NOCASE, c, PRIMARY KEY(a, b)) WITHOUT ROWID",
          "CREATE TABLE log(x, y DEFAULT 'd', z INTEGER NOT NULL DEFAULT 0, u UNIQUE)",
          "CREATE INDEX log_part ON log(y) WHERE z > 500",
          counted(2500)
              + "INSERT INTO item SELECT i * 2, CASE i % 7 WHEN 0 THEN NULL WHEN 1 THEN 'Grüße ' || h"
              + " WHEN 2 THEN char(0x4e00 + h % 5000, 0x1f600 + h % 50) ELSE 'name ' || h END,"
              + " CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN h ELSE h / 7.0 END,"
              + " CASE i % 4 WHEN 0 THEN NULL ELSE unhex(printf('%.*c', 2 * (h % 90), '7')) END,"
              + " CASE i % 9 WHEN 0 THEN 9223372036854775807 WHEN 1 THEN -9223372036854775807 - 1"
              + " WHEN 2 THEN 1e308 WHEN 3 THEN '' WHEN 4 THEN x'' WHEN 5 THEN h % 10"
              + " WHEN 6 THEN printf('%.*c', h % 3000, 'w') WHEN 7 THEN -h * 1000003 END FROM n",
          counted(1500)
              + "INSERT OR IGNORE INTO pair SELECT h % 200, CASE h % 2 WHEN 0 THEN 'Key' ELSE 'kEy' END"
              + " || (i % 40), h FROM n",
          counted(2000)
              + "INSERT INTO log SELECT i % 50, CASE i % 3 WHEN 0 THEN h || '' ELSE 'y' || h END, h % 1000,"
              + " CASE i % 6 WHEN 0 THEN NULL WHEN 1 THEN i WHEN 2 THEN i + 0.5 WHEN 3 THEN 'u' || i"
              + " WHEN 4 THEN CAST('u' || i AS BLOB) ELSE -i END FROM n",
          "CREATE VIEW names AS SELECT id, upper(name) AS name FROM item WHERE name IS NOT NULL",
          "CREATE VIEW sums AS SELECT x, count(*) AS n, sum(z) AS z FROM log GROUP BY x");

  static final List<String> WITHOUT_ROWID =
      List.of(
          "CREATE TABLE one(k TEXT PRIMARY KEY, v) WITHOUT ROWID",
          "CREATE TABLE two(v, a INTEGER, w TEXT, b TEXT, PRIMARY KEY(b, a)) WITHOUT ROWID",
          "CREATE INDEX two_v ON two(v, w)",
          "CREATE TABLE down(a INT, b REAL, c TEXT COLLATE NOCASE, d, PRIMARY KEY(a DESC, c, b DESC))"
              + " WITHOUT ROWID",
          "CREATE UNIQUE INDEX down_d ON down(d DESC)",
          "CREATE TABLE big(k BLOB PRIMARY KEY, v TEXT) WITHOUT ROWID",
          counted(3000) + "INSERT OR IGNORE INTO one SELECT 'k' || h, i FROM n",
          counted(3000)
              + "INSERT OR REPLACE INTO two SELECT i, h % 60, 'w' || h, 'b' || i % 50 FROM n",
          counted(3000)
              + "INSERT OR IGNORE INTO down SELECT h % 30, i / 4.0, 'C' || h % 20, 'd' || i FROM n",
          counted(500)
              + "INSERT INTO big SELECT unhex(printf('%08d%.*c', h, 2 * (h % 1500), '5')), 'v' || i FROM n");

  static final List<String> OVERFLOW =
      List.of(
          "CREATE TABLE doc(id INTEGER PRIMARY KEY, title TEXT, body TEXT, scan BLOB)",
          "CREATE INDEX doc_title ON doc(title)",
          "CREATE TABLE word(w TEXT UNIQUE, n INT)",
          counted(60)
              + "INSERT INTO doc SELECT i, printf('%05d%.*c', h, h % 9000, 't'),"
              + " printf('%05d%.*c', h, 100000 + h, 'b'), zeroblob(h) FROM n",
          counted(400)
              + "INSERT OR IGNORE INTO word SELECT printf('%.*c%05d', 500 + h % 9000, 'w', h), i FROM n",
          "CREATE VIEW sizes AS SELECT id, length(body) AS b, length(scan) AS s FROM doc");

  static final List<String> FREE_PAGES =
      List.of(
          "CREATE TABLE keep(id INTEGER PRIMARY KEY, t TEXT)",
          "CREATE INDEX keep_t ON keep(t)",
          "CREATE TABLE gone(id INTEGER PRIMARY KEY, t TEXT UNIQUE)",
          counted(6000) + "INSERT INTO keep SELECT i, 'keep ' || h || i FROM n",
          counted(6000) + "INSERT INTO gone SELECT i, printf('%d%.*c', i, 300, 'g') FROM n",
          "DELETE FROM gone WHERE id > 40",
          "DELETE FROM keep WHERE id % 4 <> 0");

  /** Many tables, indexes and views; partial, descending and expression indexes; odd names. */
  static final List<String> MANY_OBJECTS = manyObjects();

  private static List<String> manyObjects() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      all.add(
          "CREATE TABLE t"
              + i
              + "(id INTEGER PRIMARY KEY, a INT, b TEXT, c DEFAULT (1+"
              + i
              + "))");
      all.add("CREATE INDEX t" + i + "_a ON t" + i + "(a" + (i % 2 == 0 ? "" : " DESC") + ", b)");
      all.add("CREATE VIEW v" + i + " AS SELECT a, b FROM t" + i + " WHERE a > 50");
      all.add(counted(30) + "INSERT INTO t" + i + "(a, b) SELECT h % 100, 'b' || h FROM n");
    }
    all.add("CREATE TABLE \"select\"(\"from\" INT, \"Großes Feld\" TEXT, \"group\" NUMERIC)");
    all.add("CREATE INDEX \"the index\" ON \"select\"(\"Großes Feld\" DESC)");
    all.add("CREATE INDEX part ON \"select\"(\"from\") WHERE \"group\" IS NOT NULL");
    all.add(
        "CREATE TABLE expr(a INT, b TEXT, c REAL, d INT AS (a + 1), e TEXT AS (b || a) STORED)");
    all.add("CREATE INDEX expr_sum ON expr(a + c)");
    all.add("CREATE INDEX expr_lower ON expr(lower(b), a DESC)");
    all.add("CREATE INDEX expr_d ON expr(d) WHERE a % 2 = 0");
    all.add(
        "CREATE TABLE strict(id INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT, r REAL, x ANY) STRICT");
    all.add(
        counted(800) + "INSERT INTO \"select\" SELECT h % 90, 'Ä' || h, nullif(h % 5, 0) FROM n");
    all.add(
        counted(800) + "INSERT INTO expr(a, b, c) SELECT h % 70, 'B' || h % 300, i / 3.0 FROM n");
    all.add(counted(800) + "INSERT INTO strict(t, r, x) SELECT 't' || h, h, h FROM n");
    return List.copyOf(all);
  }
}
