package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rows read and written are counted as libSQL 0.24 counts them. */
class StatementCountersTest {
  /** Rows read, rows written, statement: as a server of libSQL answered them. */
  private static final Object[][] SERVER = {
    {1, 3, "INSERT INTO t VALUES(1,1,1)"},
    {3, 9, "INSERT INTO t VALUES(2,2,2),(3,3,3),(4,4,4)"},
    {0, 2, "INSERT INTO w VALUES('x',1),('y',2)"},
    {4, 0, "SELECT * FROM t"},
    {2, 0, "SELECT b FROM t WHERE b=2"},
    {2, 0, "SELECT * FROM t WHERE b=2"},
    {3, 0, "SELECT * FROM t WHERE b>1"},
    {4, 0, "SELECT * FROM t ORDER BY a DESC"},
    {8, 0, "SELECT * FROM t ORDER BY -a"},
    {1, 0, "SELECT count(*) FROM t"},
    {3, 0, "SELECT count(*) FROM t WHERE a>1"},
    {6, 0, "SELECT * FROM t WHERE a IN (1,3,9)"},
    {7, 0, "SELECT * FROM t WHERE b IN (1,3,9)"},
    {1, 0, "SELECT * FROM t WHERE a=77"},
    {0, 0, "SELECT * FROM t WHERE b=77"},
    {1, 0, "SELECT max(a) FROM t"},
    {1, 0, "SELECT max(b) FROM t"},
    {8, 0, "SELECT * FROM t x, t y WHERE x.a=y.b"},
    {1, 2, "UPDATE t SET b=b+10 WHERE a=2"},
    {4, 8, "UPDATE t SET b=b+10"},
    {1, 3, "REPLACE INTO t VALUES(20,1,14)"},
    {0, 0, "DELETE FROM t WHERE b=77"},
    {1, 1, "DELETE FROM t WHERE a=20"},
    {4, 4, "DELETE FROM t WHERE b>0"},
    {3, 9, "INSERT INTO t VALUES(2,2,2),(3,3,3),(4,4,4)"},
    {0, 3, "DELETE FROM t"},
    {1, 0, "SELECT * FROM w WHERE k='x'"},
    {2, 0, "SELECT * FROM w"},
    {0, 2, "DELETE FROM w"},
    {2, 3, "INSERT OR IGNORE INTO t VALUES(1,1,1),(1,1,1)"},
    {1, 2, "INSERT INTO t VALUES(1,5,5) ON CONFLICT(a) DO UPDATE SET b=excluded.b"},
    {2, 3, "INSERT INTO t VALUES(7,7,7) RETURNING a"},
    {2, 0, "SELECT DISTINCT b FROM t"},
    {2, 0, "SELECT b, count(*) FROM t GROUP BY b"},
    {0, 0, "SELECT 1"},
  };

  @Test
  void rowsReadAndWritten() {
    try (Connection connection = Database.inMemory().connect()) {
      connection.executeMultiple(
          "CREATE TABLE t(a INTEGER PRIMARY KEY,b,c); CREATE INDEX tb ON t(b);"
              + "CREATE UNIQUE INDEX tc ON t(c);"
              + "CREATE TABLE w(k PRIMARY KEY, v) WITHOUT ROWID");
      for (Object[] row : SERVER) {
        try (Statement statement = connection.prepare((String) row[2])) {
          while (statement.step()) {
            assertThat(statement.counters().rowsRead()).isNotNegative();
          }
          StatementCounters counters = statement.counters();
          assertThat(counters.rowsRead() + " " + counters.rowsWritten())
              .as((String) row[2])
              .isEqualTo(row[0] + " " + row[1]);
        }
      }
    }
  }

  @Test
  void triggersCountAndResettingClears() {
    try (Connection connection = Database.inMemory().connect()) {
      connection.executeMultiple(
          "CREATE TABLE t(a); CREATE TABLE log(a);"
              + " CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO log SELECT a FROM t; END");
      try (Statement statement = connection.prepare("INSERT INTO t VALUES(1), (2)")) {
        statement.execute();
        assertThat(statement.counters().rowsRead()).isEqualTo(5);
        assertThat(statement.counters().rowsWritten()).isEqualTo(5);
        statement.resetCounters();
        assertThat(statement.counters().rowsRead()).isZero();
        assertThat(statement.counters().rowsWritten()).isZero();
      }
    }
  }
}
