package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.func.FunctionDefinition;

/** One connection that several threads use at a time, each with statements of its own. */
class SharedConnectionTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 300;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void threadsDoNotDisturbEachOther(boolean pooled) throws Exception {
    LibsqlConnectionPoolDataSource source =
        new LibsqlConnectionPoolDataSource("jdbc:libsql::memory:?statement_cache_size=3");
    PooledConnection pool = source.getPooledConnection();
    try (Connection connection =
        pooled ? pool.getConnection() : LibsqlDriver.open("jdbc:libsql::memory:", null)) {
      TestDatabases.execute(
          connection, "CREATE TABLE t(thread INT, n INT, data BLOB)", "CREATE TABLE u(a)");
      ExecutorService executor = Executors.newFixedThreadPool(THREADS);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        running.add(
            executor.submit(
                () -> {
                  work(connection, thread);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
      executor.shutdown();
      assertThat(TestDatabases.value(connection, "SELECT count(*) FROM t"))
          .isEqualTo(String.valueOf(THREADS * ROUNDS));
    }
    pool.close();
  }

  /** It ended the query of the other thread, which it waited for. */
  @Test
  void aQueryTimeoutIsForItsOwnStatement() throws Exception {
    try (Connection connection = LibsqlDriver.open("jdbc:libsql::memory:", null);
        Statement timed = connection.createStatement()) {
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch done = new CountDownLatch(1);
      connection
          .unwrap(org.libsql4j.Connection.class)
          .createFunction(
              FunctionDefinition.scalar(
                  "pause",
                  0,
                  (context, arguments) -> {
                    running.countDown();
                    pause(done);
                  }));
      ExecutorService executor = Executors.newSingleThreadExecutor();
      Future<String> other =
          executor.submit(
              () ->
                  TestDatabases.value(
                      connection,
                      "WITH RECURSIVE x(a) AS (SELECT pause() IS NULL UNION ALL SELECT a + 1 FROM x"
                          + " LIMIT 10000) SELECT count(*) FROM x"));
      running.await();
      timed.setQueryTimeout(1);
      assertThat(TestDatabases.rows(timed.executeQuery("SELECT 7"))).containsExactly("7");
      assertThat(other.get()).isEqualTo("10000");
      executor.shutdown();
    }
  }

  /** For longer than the query timeout. */
  private static void pause(CountDownLatch never) {
    try {
      assertThat(never.await(1500, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void work(Connection connection, int thread) throws SQLException {
    Random random = new Random(thread);
    for (int n = 0; n < ROUNDS; n++) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO t VALUES (?, ?, zeroblob(10))",
              ResultSet.TYPE_FORWARD_ONLY,
              ResultSet.CONCUR_READ_ONLY,
              random.nextBoolean()
                  ? ResultSet.HOLD_CURSORS_OVER_COMMIT
                  : ResultSet.CLOSE_CURSORS_AT_COMMIT)) {
        insert.setInt(1, thread);
        insert.setInt(2, n);
        assertThat(insert.executeUpdate()).isEqualTo(1);
      }
      try (PreparedStatement query =
          connection.prepareStatement("SELECT n FROM t WHERE thread = ? ORDER BY n DESC LIMIT 2")) {
        query.setInt(1, thread);
        try (ResultSet rows = query.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt(1)).isEqualTo(n);
          assertThat(rows.next()).isEqualTo(n > 0);
        }
      }
      if (n % 50 == 0) {
        DatabaseMetaData meta = connection.getMetaData();
        try (ResultSet columns = meta.getColumns(null, null, "t", null);
            Statement statement = connection.createStatement()) {
          assertThat(TestDatabases.rows(columns)).hasSize(3);
          statement.execute("SELECT 1; SELECT 2");
        }
      }
    }
  }
}
