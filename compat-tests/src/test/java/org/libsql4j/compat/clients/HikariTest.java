package org.libsql4j.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.jdbc.LibsqlConnection;
import org.libsql4j.jdbc.LibsqlDataSource;

/** HikariCP: one pool with a single connection that writes, one with many that read. */
class HikariTest {
  private static final int READERS = 4;
  private static final int TRANSFERS = 50;

  @TempDir Path folder;

  private String url() {
    return "jdbc:libsql:" + folder.resolve("pooled.db");
  }

  private HikariDataSource writer() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("writer");
    config.setJdbcUrl(url());
    config.setMaximumPoolSize(1);
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
    return new HikariDataSource(config);
  }

  private HikariDataSource readers() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("readers");
    config.setJdbcUrl(url());
    config.setMaximumPoolSize(READERS);
    config.setReadOnly(true);
    return new HikariDataSource(config);
  }

  private static void execute(HikariDataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }

  private static long number(HikariDataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return number(connection, sql);
    }
  }

  /** The pool asks each connection not to be read-only, as it was not told to be. */
  @Test
  void poolsOfAFileThatIsOpenedReadOnly() throws SQLException {
    try (HikariDataSource writer = writer()) {
      execute(writer, "CREATE TABLE t(a); INSERT INTO t VALUES (7)");
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url());
    config.addDataSourceProperty("mode", "ro");
    try (HikariDataSource pool = new HikariDataSource(config)) {
      assertThat(number(pool, "SELECT a FROM t")).isEqualTo(7);
      assertThatThrownBy(() -> execute(pool, "DELETE FROM t"))
          .hasFieldOrPropertyWithValue("SQLState", "25006");
    }
  }

  @Test
  void oneWritesWhileManyRead() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(READERS + 2);
    try (HikariDataSource writer = writer()) {
      execute(
          writer,
          "CREATE TABLE account(id INTEGER PRIMARY KEY, balance INTEGER NOT NULL);"
              + "INSERT INTO account VALUES (1, 500), (2, 500)");
      try (HikariDataSource readers = readers()) {
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Integer>> reads = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
          reads.add(threads.submit(() -> sumUntil(done, readers)));
        }
        List<Future<Integer>> writes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          writes.add(threads.submit((Callable<Integer>) () -> transfer(writer)));
        }
        for (Future<Integer> write : writes) {
          write.get();
        }
        done.set(true);
        for (Future<Integer> read : reads) {
          assertThat(read.get()).isPositive();
        }
        assertThat(number(readers, "SELECT balance FROM account WHERE id = 2"))
            .isEqualTo(500 + 2 * TRANSFERS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int sumUntil(AtomicBoolean done, HikariDataSource pool) throws SQLException {
    int times = 0;
    while (!done.get() || times == 0) {
      try (Connection connection = pool.getConnection()) {
        assertThat(connection.isReadOnly()).isTrue();
        assertThat(number(connection, "SELECT sum(balance) FROM account")).isEqualTo(1000);
      }
      times++;
    }
    return times;
  }

  private static int transfer(HikariDataSource pool) throws SQLException {
    for (int i = 0; i < TRANSFERS; i++) {
      try (Connection connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        try (PreparedStatement move =
            connection.prepareStatement("UPDATE account SET balance = balance + ? WHERE id = ?")) {
          for (int id = 1; id <= 2; id++) {
            move.setInt(1, id == 1 ? -1 : 1);
            move.setInt(2, id);
            assertThat(move.executeUpdate()).isEqualTo(1);
          }
        }
        connection.commit();
      }
    }
    return TRANSFERS;
  }

  @Test
  void readersCannotWrite() throws SQLException {
    try (HikariDataSource writer = writer()) {
      execute(writer, "CREATE TABLE t(a)");
      try (HikariDataSource readers = readers()) {
        assertThatThrownBy(() -> execute(readers, "INSERT INTO t VALUES (1)"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("attempt to write a readonly database");
        assertThat(number(readers, "SELECT count(*) FROM t")).isZero();
      }
    }
  }

  /** Whatever its user did to it, the next one gets the connection as the pool was set up. */
  @Test
  void aReturnedConnectionIsCleaned() throws SQLException {
    try (HikariDataSource pool = writer()) {
      execute(pool, "CREATE TABLE t(a)");
      try (Connection connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        connection.setNetworkTimeout(Runnable::run, 1000);
        connection.createStatement().execute("INSERT INTO t VALUES (1)");
      }
      try (Connection connection = pool.getConnection()) {
        assertThat(connection.getAutoCommit()).isTrue();
        assertThat(connection.getTransactionIsolation())
            .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        assertThat(connection.getNetworkTimeout()).isZero();
        assertThat(number(connection, "SELECT count(*) FROM t")).isZero();
        connection.setReadOnly(true);
      }
      execute(pool, "INSERT INTO t VALUES (2)");
      assertThat(number(pool, "SELECT count(*) FROM t")).isEqualTo(1);
    }
  }

  /** A failed statement says nothing about its connection, which therefore stays in the pool. */
  @Test
  void failuresDoNotCostConnections() throws SQLException {
    try (HikariDataSource pool = writer()) {
      execute(pool, "CREATE TABLE t(a UNIQUE)");
      LibsqlConnection before = physical(pool);
      assertThatThrownBy(() -> execute(pool, "INSERT INTO t VALUES (1), (1)"))
          .isInstanceOf(SQLIntegrityConstraintViolationException.class);
      assertThatThrownBy(() -> execute(pool, "SELECT nothing")).isInstanceOf(SQLException.class);
      try (Connection connection = pool.getConnection()) {
        assertThatThrownBy(() -> connection.prepareCall("{call p()}"))
            .isInstanceOf(SQLFeatureNotSupportedException.class);
      }
      assertBusyIsTransient(pool);
      assertThat(physical(pool)).isSameAs(before);
    }
  }

  private void assertBusyIsTransient(HikariDataSource pool) throws SQLException {
    try (Connection other = new LibsqlDataSource(url()).getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      execute(pool, "PRAGMA busy_timeout = 0");
      assertThatThrownBy(() -> execute(pool, "INSERT INTO t VALUES (3)"))
          .isInstanceOf(SQLTransientException.class);
    }
  }

  @Test
  void aBrokenConnectionIsReplaced() throws SQLException {
    try (HikariDataSource pool = writer()) {
      execute(pool, "CREATE TABLE t(a)");
      LibsqlConnection before = physical(pool);
      try (Connection connection = pool.getConnection()) {
        before.engine().close();
        assertThatThrownBy(connection::createStatement).hasMessageContaining("closed");
      }
      assertThat(physical(pool)).isNotSameAs(before);
      assertThat(number(pool, "SELECT count(*) FROM t")).isZero();
    }
  }

  private static LibsqlConnection physical(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return connection.unwrap(LibsqlConnection.class);
    }
  }

  @Test
  void initSqlAndTheDataSourceClass() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSourceClassName("org.libsql4j.jdbc.LibsqlDataSource");
    config.addDataSourceProperty("url", "jdbc:libsql:file:pool?mode=memory&cache=shared");
    config.setConnectionInitSql("PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4096");
    config.setConnectionTestQuery("SELECT 1");
    config.setMaximumPoolSize(2);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      execute(pool, "CREATE TABLE t(a); INSERT INTO t VALUES (7)");
      try (Connection first = pool.getConnection();
          Connection second = pool.getConnection()) {
        assertThat(number(first, "SELECT a FROM t")).isEqualTo(7);
        assertThat(number(second, "SELECT a FROM t")).isEqualTo(7);
        assertThat(number(second, "PRAGMA cache_size")).isEqualTo(-4096);
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        assertThat(bean.getActiveConnections()).isEqualTo(2);
      }
    }
  }
}
