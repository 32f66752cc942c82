package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Searches for one row are planned without looking for other ways, and as SQLite plans them. */
class SingleRowPlanTest {
  private static final String[] SCHEMA = {
    "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT UNIQUE, b, c TEXT COLLATE NOCASE, d)",
    "CREATE UNIQUE INDEX t_bc ON t(b, c)",
    "CREATE UNIQUE INDEX t_part ON t(d) WHERE d > 5",
    "CREATE INDEX t_d ON t(d)",
    "CREATE TABLE w(k TEXT PRIMARY KEY, v) WITHOUT ROWID",
    "CREATE TABLE u(k TEXT PRIMARY KEY, v UNIQUE, x)",
    "INSERT INTO t VALUES(1, 'one', 1, 'x', 9), (2, 'two', 1, 'y', 3), (3, NULL, 2, 'x', NULL)",
    "INSERT INTO w VALUES('a', 1), ('b', 2)",
    "INSERT INTO u VALUES('a', 1, 5), ('b', 2, 6)",
  };

  private static final String[] QUERIES = {
    "SELECT * FROM t WHERE id = 2",
    "SELECT * FROM t WHERE id = 2 AND d = 3",
    "SELECT * FROM t WHERE d = 3 AND id IS 2",
    "SELECT * FROM t WHERE rowid = '2' AND b = 1",
    "SELECT * FROM t WHERE id = 2 AND id = 1",
    "SELECT * FROM t WHERE id = 2 OR id = 1",
    "SELECT * FROM t WHERE id = a",
    "SELECT * FROM t WHERE id = id",
    "SELECT * FROM t WHERE id IN (2) AND d = 3",
    "SELECT * FROM t WHERE id = 2 ORDER BY d DESC",
    "SELECT b FROM t WHERE id = 2 ORDER BY random()",
    "SELECT DISTINCT b FROM t WHERE id = 2",
    "SELECT count(*), max(d) FROM t WHERE id = 2 GROUP BY b ORDER BY b DESC",
    "SELECT * FROM t NOT INDEXED WHERE id = 2",
    "SELECT * FROM t INDEXED BY t_d WHERE id = 2 AND d = 3",
    "SELECT * FROM t WHERE a = 'two'",
    "SELECT a FROM t WHERE a = 'two'",
    "SELECT * FROM t WHERE a IS 'two'",
    "SELECT * FROM t WHERE a IS NULL",
    "SELECT * FROM t WHERE a = 'TWO' COLLATE NOCASE",
    "SELECT * FROM t WHERE a = 2 AND d = 3",
    "SELECT * FROM t WHERE b = 1 AND c = 'Y'",
    "SELECT b, c FROM t WHERE c = 'Y' AND b = 1 ORDER BY c",
    "SELECT * FROM t WHERE b = 1 AND c = 'Y' COLLATE BINARY",
    "SELECT * FROM t WHERE b = 1 AND c > 'a'",
    "SELECT * FROM t WHERE b = 1 AND c = 'y' AND d = 3",
    "SELECT * FROM t WHERE a = 'one' AND b = 1 AND c = 'x'",
    "SELECT * FROM t WHERE d = 9",
    "SELECT * FROM t WHERE d = 9 AND d > 5",
    "SELECT * FROM w WHERE k = 'b'",
    "SELECT * FROM w WHERE k = 'b' ORDER BY v",
    "SELECT * FROM u WHERE k = 'b'",
    "SELECT * FROM u WHERE k = 'b' AND x = 6",
    "SELECT * FROM u WHERE k = 'b' AND v = 2",
    "SELECT * FROM u WHERE v = '2'",
    "SELECT (SELECT a FROM t WHERE t.id = u.v AND t.d = u.x - 3) FROM u",
    "SELECT (SELECT v FROM u AS i WHERE i.k = u.k) FROM u",
    "UPDATE t SET d = d WHERE id = 2",
    "UPDATE t SET d = d WHERE a = 'two'",
    "DELETE FROM t WHERE id = 77",
    "DELETE FROM u WHERE k = 'zz'",
  };

  @Test
  void plansAndRowsAreSqlites() throws Exception {
    try (java.sql.Connection theirs = DriverManager.getConnection("jdbc:sqlite::memory:");
        Connection ours = Database.builder(":memory:").build().connect()) {
      for (String sql : SCHEMA) {
        theirs.createStatement().execute(sql);
        ours.execute(sql);
      }
      for (String sql : QUERIES) {
        for (String prefix : new String[] {"EXPLAIN QUERY PLAN ", ""}) {
          assertThat(rows(ours, prefix + sql))
              .as(prefix + sql)
              .isEqualTo(rows(theirs, prefix + sql));
        }
      }
    }
  }

  private static List<String> rows(Connection connection, String sql) {
    List<String> out = new ArrayList<>();
    try (Statement statement = connection.prepare(sql)) {
      boolean plan = sql.startsWith("EXPLAIN");
      while (statement.step()) {
        StringBuilder row = new StringBuilder();
        for (int i = plan ? 3 : 0; i < statement.columnCount(); i++) {
          row.append(statement.getString(i)).append('|');
        }
        out.add(row.toString());
      }
    }
    return out;
  }

  private static List<String> rows(java.sql.Connection connection, String sql) throws Exception {
    List<String> out = new ArrayList<>();
    try (java.sql.Statement statement = connection.createStatement()) {
      boolean plan = sql.startsWith("EXPLAIN");
      if (!statement.execute(sql)) {
        return out;
      }
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          StringBuilder row = new StringBuilder();
          for (int i = plan ? 4 : 1; i <= rows.getMetaData().getColumnCount(); i++) {
            row.append(rows.getString(i)).append('|');
          }
          out.add(row.toString());
        }
      }
    }
    return out;
  }
}
