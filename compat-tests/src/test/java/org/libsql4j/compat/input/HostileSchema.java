package org.libsql4j.compat.input;

import java.util.List;
import java.util.Random;

/** Statements of the real engine that make the schema of a database hostile. */
final class HostileSchema {
  private static final List<String> TEXTS =
      List.of(
          "CREATE TABLE t(a",
          "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c, d, e, f, g)",
          "CREATE TABLE t(b TEXT PRIMARY KEY, a) WITHOUT ROWID",
          "CREATE TABLE t(a, a)",
          "CREATE TABLE t(x GENERATED ALWAYS AS (x) VIRTUAL, a, b)",
          "CREATE TABLE t(x AS (y) STORED, y AS (x) STORED, a)",
          "CREATE TABLE t(a CHECK ((SELECT 1)), b)",
          "CREATE TABLE t(a DEFAULT (no_such_function()), b)",
          "CREATE TABLE t(a COLLATE nonsense PRIMARY KEY, b UNIQUE)",
          "CREATE TABLE t(a REFERENCES t(zz) ON DELETE CASCADE, b)",
          "CREATE TABLE other(a, b)",
          "CREATE TABLE t AS SELECT 1",
          "CREATE TABLE t(a INTEGER, b INTEGER) STRICT",
          "CREATE VIRTUAL TABLE t USING no_such_module(a, b)",
          "CREATE VIRTUAL TABLE t USING dbstat",
          "CREATE INDEX t_b ON no_such_table(b)",
          "CREATE INDEX t_b ON t(zz)",
          "CREATE UNIQUE INDEX t_b ON t(a, b, c, d)",
          "CREATE INDEX t_b ON t(random())",
          "CREATE INDEX t_b ON t((SELECT max(a) FROM t))",
          "CREATE INDEX t_b ON sqlite_schema(sql)",
          "CREATE VIEW w AS SELECT * FROM w",
          "CREATE VIEW w AS SELECT * FROM w, w, w",
          "CREATE VIEW t AS SELECT * FROM w",
          "CREATE VIEW w(a, b, c) AS SELECT 1",
          "CREATE TRIGGER t_i AFTER INSERT ON t BEGIN INSERT INTO t DEFAULT VALUES; END",
          "CREATE TRIGGER t_i AFTER INSERT ON w BEGIN SELECT 1; END",
          "CREATE TRIGGER t_i INSTEAD OF INSERT ON t BEGIN SELECT new.zz; END",
          "DROP TABLE t",
          "SELECT 1",
          "PRAGMA writable_schema = 1",
          "ATTACH 'x' AS y",
          "",
          ";",
          "--",
          "CREATE",
          "'");

  private HostileSchema() {}

  static List<String> statements(Random random) {
    return List.of("PRAGMA writable_schema = 1", change(random), change(random));
  }

  private static String change(Random random) {
    String where = " WHERE rowid = " + (1 + random.nextInt(13));
    String update = "UPDATE sqlite_schema SET ";
    return switch (random.nextInt(9)) {
      case 0 -> update + "rootpage = " + rootPage(random) + where;
      case 1 ->
          update
              + "type = '"
              + List.of("table", "index", "view", "trigger", "", "x").get(random.nextInt(6))
              + "'"
              + where;
      case 2 -> update + "name = tbl_name || 'x'" + where;
      case 3 -> update + "tbl_name = 'u'" + where;
      case 4 ->
          update
              + "sql = "
              + List.of(
                      "NULL",
                      "x'00ff'",
                      "zeroblob(300)",
                      "17",
                      "replace(hex(zeroblob(3000)), '0', '(')",
                      "'CREATE TABLE t(' || "
                          + "substr(replace(hex(zeroblob(3000)), '0', 'a INT,'), 1, 20000) || 'z)'")
                  .get(random.nextInt(6))
              + where;
      case 5 -> update + "sql = substr(sql, 1, " + random.nextInt(80) + ")" + where;
      case 6 ->
          "UPDATE sqlite_schema SET sql = substr(sql, 1, "
              + random.nextInt(60)
              + ") || char("
              + random.nextInt(256)
              + ") || substr(sql, "
              + random.nextInt(60)
              + ")"
              + where;
      case 7 -> "INSERT INTO sqlite_schema SELECT * FROM sqlite_schema" + where;
      default ->
          update
              + "sql = '"
              + TEXTS.get(random.nextInt(TEXTS.size())).replace("'", "''")
              + "'"
              + where;
    };
  }

  private static String rootPage(Random random) {
    return List.of(
            "0",
            "1",
            "-1",
            "2",
            "3",
            "2147483647",
            "4294967296",
            "'x'",
            "NULL",
            "1.5",
            "rootpage + 1",
            "(SELECT max(rootpage) FROM sqlite_schema)")
        .get(random.nextInt(12));
  }
}
