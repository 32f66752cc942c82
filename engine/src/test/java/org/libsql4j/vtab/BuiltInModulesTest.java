package org.libsql4j.vtab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.RowText;
import org.libsql4j.Rows;
import org.libsql4j.error.LibsqlException;

/** Built-in modules that the real engine at hand does not have. */
class BuiltInModulesTest {
  private Connection connection;

  @BeforeEach
  void open() {
    connection = Database.inMemory().connect();
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private String query(String sql) {
    return RowText.of(connection, sql, " ");
  }

  // ---- generate_series

  @Test
  void countsUpAndDown() {
    assertThat(query("SELECT value FROM generate_series(1, 9, 2)")).isEqualTo("1 3 5 7 9");
    assertThat(query("SELECT value FROM generate_series(1, 4)")).isEqualTo("1 2 3 4");
    assertThat(query("SELECT value FROM generate_series(10, 1, -3)")).isEqualTo("10 7 4 1");
    assertThat(query("SELECT value FROM generate_series(1, 3, 0)")).isEqualTo("1 2 3");
    assertThat(query("SELECT value FROM generate_series(3, 1)")).isEmpty();
    assertThat(query("SELECT value FROM generate_series(1, 3, -1)")).isEmpty();
    assertThat(query("SELECT value FROM generate_series(1, NULL)")).isEmpty();
    assertThat(query("SELECT value FROM generate_series(7) LIMIT 2")).isEqualTo("7 8");
  }

  @Test
  void countsToTheEndsOfTheRange() {
    assertThat(
            query(
                "SELECT value FROM generate_series(-9223372036854775807 - 1, 9223372036854775807,"
                    + " 9223372036854775807)"))
        .isEqualTo("-9223372036854775808 -1 9223372036854775806");
    assertThat(
            query(
                "SELECT value FROM generate_series(9223372036854775807,"
                    + " -9223372036854775807 - 1, -9223372036854775807 - 1)"))
        .isEqualTo("9223372036854775807 -1");
    assertThat(query("SELECT max(value) FROM generate_series(1, 100000)")).isEqualTo("100000");
  }

  @Test
  void sortsBothWays() {
    assertThat(query("SELECT rowid, value FROM generate_series(1, 9, 4) ORDER BY value DESC"))
        .isEqualTo("3|9 2|5 1|1");
    assertThat(query("SELECT value FROM generate_series(9, 1, -4) ORDER BY value"))
        .isEqualTo("1 5 9");
    assertThat(query("EXPLAIN QUERY PLAN SELECT * FROM generate_series(1, 9) ORDER BY value"))
        .endsWith("SCAN generate_series VIRTUAL TABLE INDEX 0x13:");
  }

  @Test
  void needsStart() {
    assertThatThrownBy(() -> query("SELECT * FROM generate_series"))
        .isInstanceOf(LibsqlException.class)
        .hasMessage("first argument to \"generate_series()\" missing or unusable");
  }

  // ---- sqlite_dbpage

  @Test
  void readsAndOverwritesPages() {
    connection.execute("CREATE TABLE t(a)");
    connection.execute("INSERT INTO t VALUES (1), (2)");
    assertThat(query("SELECT pgno, length(data), schema FROM sqlite_dbpage"))
        .isEqualTo("1|4096|main 2|4096|main");
    assertThat(query("SELECT CAST(substr(data, 1, 15) AS TEXT) FROM sqlite_dbpage WHERE pgno = 1"))
        .isEqualTo("SQLite format 3");
    connection.execute("CREATE TEMP TABLE saved AS SELECT data FROM sqlite_dbpage WHERE pgno = 2");
    connection.execute("UPDATE sqlite_dbpage SET data = zeroblob(4096) WHERE pgno = 2");
    assertThatThrownBy(() -> query("SELECT * FROM t")).isInstanceOf(LibsqlException.class);
    connection.execute("UPDATE sqlite_dbpage SET data = (SELECT data FROM saved) WHERE pgno = 2");
    assertThat(query("SELECT * FROM t")).isEqualTo("1 2");
    assertThatThrownBy(() -> connection.execute("DELETE FROM sqlite_dbpage"))
        .hasMessage("cannot delete");
  }

  // ---- speed

  /** One pass over a large array: a quadratic walk would take minutes. */
  @Test
  void walksOverLargeArraysInOnePass() {
    String array = query("SELECT json_group_array(value) FROM generate_series(1, 300000)");
    try (Rows rows = connection.query("SELECT sum(value), max(key) FROM json_each(?)", array)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(0)).isEqualTo(300_000L * 300_001 / 2);
      assertThat(rows.getLong(1)).isEqualTo(299_999);
    }
  }
}
