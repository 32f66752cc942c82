package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.libsql4j.jdbc.TestDatabases.execute;
import static org.libsql4j.jdbc.TestDatabases.value;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The query timeout limits all waiting for locks, whatever a statement needs them for. */
class QueryTimeoutTest {
  @TempDir Path directory;

  private Connection holder;
  private Connection waiter;

  private Connection open() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:libsql:"
            + directory.resolve("a.db")
            + "?busy_timeout=30000&transaction_mode=immediate");
  }

  @BeforeEach
  void lock() throws SQLException {
    holder = open();
    execute(holder, "CREATE TABLE t(a)");
    waiter = open();
    execute(holder, "BEGIN EXCLUSIVE", "INSERT INTO t VALUES (1)");
  }

  @AfterEach
  void close() throws SQLException {
    waiter.close();
    holder.close();
  }

  private void assertTimeout(ThrowingCallable action) throws SQLException {
    long start = System.nanoTime();
    assertThatThrownBy(action)
        .isInstanceOf(SQLTimeoutException.class)
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("57014"));
    assertThat(System.nanoTime() - start).isLessThan(15_000_000_000L);
    execute(holder, "ROLLBACK");
    assertThat(value(waiter, "SELECT count(*) FROM t")).isEqualTo("0");
  }

  /** It was not, which kept the caller waiting for the whole busy timeout. */
  @Test
  void limitsTheBeginningOfATransaction() throws SQLException {
    waiter.setAutoCommit(false);
    try (Statement statement = waiter.createStatement()) {
      statement.setQueryTimeout(1);
      assertTimeout(() -> statement.executeQuery("SELECT 1"));
    }
  }

  @Test
  void limitsTheTransactionOfABatch() throws SQLException {
    execute(holder, "COMMIT");
    try (PreparedStatement statement = waiter.prepareStatement("INSERT INTO t VALUES (?)")) {
      execute(holder, "DELETE FROM t", "BEGIN IMMEDIATE");
      statement.setQueryTimeout(1);
      for (int i = 0; i < 2; i++) {
        statement.setInt(1, i);
        statement.addBatch();
      }
      assertTimeout(statement::executeBatch);
    }
  }

  @Test
  void limitsReadingTheSchema() throws SQLException {
    try (Statement statement = waiter.createStatement()) {
      statement.setQueryTimeout(1);
      assertTimeout(() -> statement.executeQuery("SELECT * FROM t"));
    }
  }
}
