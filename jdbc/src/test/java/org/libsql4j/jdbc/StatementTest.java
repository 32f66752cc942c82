package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.libsql4j.jdbc.TestDatabases.execute;
import static org.libsql4j.jdbc.TestDatabases.rows;
import static org.libsql4j.jdbc.TestDatabases.value;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementTest {
  /** Billions of rows: never ends by itself. */
  private static final String ENDLESS =
      "SELECT count(*) FROM n a, n b, n c, n d, n e, n f, n g, n h, n i, n j WHERE a.x + j.x > 99";

  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = TestDatabases.ours();
    statement = connection.createStatement();
    statement.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT UNIQUE)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void countsWhatItChanges() throws SQLException {
    assertThat(statement.executeUpdate("INSERT INTO t VALUES (1,'a'),(2,'b'),(3,'c')"))
        .isEqualTo(3);
    assertThat(statement.getUpdateCount()).isEqualTo(3);
    assertThat(statement.executeLargeUpdate("UPDATE t SET b = b || 'x' WHERE a > 1")).isEqualTo(2);
    assertThat(statement.execute("DELETE FROM t WHERE a = 1")).isFalse();
    assertThat(statement.getLargeUpdateCount()).isEqualTo(1);
    assertThat(statement.getMoreResults()).isFalse();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    assertThat(statement.executeUpdate("CREATE TABLE u(a)")).isZero();
  }

  @Test
  void givesTheResultsOfAllStatements() throws SQLException {
    boolean isRows =
        statement.execute(
            "INSERT INTO t VALUES (1,'a'),(2,'b'); SELECT a FROM t; -- a comment\n"
                + "DELETE FROM t WHERE a = 1; SELECT b FROM t /* the end */;");
    assertThat(isRows).isFalse();
    assertThat(statement.getUpdateCount()).isEqualTo(2);
    assertThat(statement.getMoreResults()).isTrue();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    assertThat(rows(statement.getResultSet())).containsExactly("1", "2");
    assertThat(statement.getMoreResults()).isFalse();
    assertThat(statement.getUpdateCount()).isEqualTo(1);
    assertThat(statement.getMoreResults()).isTrue();
    assertThat(rows(statement.getResultSet())).containsExactly("b");
    assertThat(statement.getMoreResults()).isFalse();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
  }

  @Test
  void runsAllStatementsEvenIfNobodyAsksForTheirResults() throws SQLException {
    statement.execute("SELECT 1; INSERT INTO t VALUES (1,'a'); INSERT INTO t VALUES (2,'b')");
    assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("2");
    assertThat(
            statement.executeUpdate("INSERT INTO t VALUES (3,'c'); INSERT INTO t VALUES (4,'d')"))
        .isEqualTo(2);
    assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("4");
  }

  @Test
  void takesTextWithoutStatements() throws SQLException {
    assertThat(statement.execute("")).isFalse();
    assertThat(statement.execute(" ; -- nothing")).isFalse();
    assertThat(statement.getUpdateCount()).isZero();
  }

  @Test
  void tellsQueriesFromUpdates() throws SQLException {
    assertThatThrownBy(() -> statement.executeQuery("INSERT INTO t VALUES (1,'a')"))
        .hasMessageContaining("query does not return ResultSet");
    assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("0");
    assertThatThrownBy(() -> statement.executeUpdate("SELECT 1"))
        .hasMessageContaining("Query returns results");
    statement.executeUpdate("PRAGMA cache_size = 100");
    assertThat(statement.executeUpdate("INSERT INTO t VALUES (1,'a') RETURNING a")).isEqualTo(1);
  }

  @Test
  void whatIsReturnedKeepsNoTransactionOpen() throws SQLException {
    ResultSet unread = statement.executeQuery("INSERT INTO t VALUES (1,'a'),(2,'b') RETURNING a");
    assertThat(unread.next()).isTrue();
    try (Statement second = connection.createStatement()) {
      connection.setAutoCommit(false);
      ResultSet again = second.executeQuery("UPDATE t SET b = b || 'x' RETURNING b");
      connection.commit();
      assertThat(again.next()).isTrue();
      assertThat(again.getString(1)).isEqualTo("ax");
      assertThat(second.executeUpdate("INSERT INTO t VALUES (3,'c')")).isEqualTo(1);
      connection.commit();
    }
    assertThat(unread.next()).isTrue();
    assertThat(unread.getInt(1)).isEqualTo(2);
    assertThat(unread.next()).isFalse();
  }

  @Test
  void longFieldsAreCut() throws SQLException {
    for (int type : new int[] {ResultSet.TYPE_FORWARD_ONLY, ResultSet.TYPE_SCROLL_INSENSITIVE}) {
      try (Statement cutting = connection.createStatement(type, ResultSet.CONCUR_READ_ONLY)) {
        cutting.setMaxFieldSize(3);
        ResultSet row = cutting.executeQuery("SELECT 'abcd', 'aä€', x'01020304', 12345, 'abc'");
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("abc");
        assertThat(row.getObject(2)).isEqualTo("aä");
        assertThat(row.getBytes(3)).containsExactly(1, 2, 3);
        assertThat(row.getBlob(3).length()).isEqualTo(3);
        assertThat(row.getString(4)).isEqualTo("12345");
        assertThat(row.getString(5)).isEqualTo("abc");
      }
    }
  }

  @Test
  void returningIsAQueryThatChanges() throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("INSERT INTO t VALUES (1,'a'),(2,'b') RETURNING a, b")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("b")).isEqualTo("a");
    }
    assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("2");
  }

  @Test
  void limitsRows() throws SQLException {
    execute(connection, "INSERT INTO t VALUES (1,'a'),(2,'b'),(3,'c')");
    statement.setMaxRows(2);
    assertThat(rows(statement.executeQuery("SELECT a FROM t"))).containsExactly("1", "2");
    statement.setLargeMaxRows(0);
    assertThat(rows(statement.executeQuery("SELECT a FROM t"))).hasSize(3);
    assertThatThrownBy(() -> statement.setMaxRows(-1)).isInstanceOf(SQLException.class);
  }

  @Test
  void closesTheRowsBeforeWhenExecutedAgain() throws SQLException {
    ResultSet first = statement.executeQuery("SELECT 1");
    ResultSet second = statement.executeQuery("SELECT 2");
    assertThat(first.isClosed()).isTrue();
    assertThat(second.next()).isTrue();
    statement.close();
    statement.close();
    assertThat(second.isClosed()).isTrue();
    assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
  }

  @Test
  void closesOnCompletion() throws SQLException {
    statement.closeOnCompletion();
    assertThat(statement.isCloseOnCompletion()).isTrue();
    ResultSet rows = statement.executeQuery("SELECT 1");
    assertThat(statement.isClosed()).isFalse();
    rows.close();
    assertThat(statement.isClosed()).isTrue();
  }

  private void fillForEndless() throws SQLException {
    execute(connection, "CREATE TABLE n(x)");
    StringBuilder insert = new StringBuilder("INSERT INTO n VALUES (0)");
    for (int i = 1; i < 50; i++) {
      insert.append(",(").append(i).append(')');
    }
    execute(connection, insert.toString());
  }

  @Test
  void givesUpAfterTheQueryTimeout() throws SQLException {
    fillForEndless();
    statement.setQueryTimeout(1);
    long start = System.nanoTime();
    assertThatThrownBy(() -> statement.executeQuery(ENDLESS))
        .isInstanceOf(SQLTimeoutException.class);
    assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    assertThat(value(connection, "SELECT 1")).isEqualTo("1");
    assertThat(rows(statement.executeQuery("SELECT 2"))).containsExactly("2");
  }

  @Test
  void canBeCancelledByAnotherThread() throws Exception {
    fillForEndless();
    Thread canceller =
        new Thread(
            () -> {
              try {
                Thread.sleep(100);
                statement.cancel();
              } catch (InterruptedException | SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    canceller.start();
    assertThatThrownBy(() -> statement.executeQuery(ENDLESS))
        .hasMessageStartingWith("[SQLITE_INTERRUPT]")
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("57014"));
    canceller.join();
    statement.cancel();
    assertThat(value(connection, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void runsBatches() throws SQLException {
    statement.addBatch("INSERT INTO t VALUES (1,'a'),(2,'b')");
    statement.addBatch("DELETE FROM t WHERE a = 1");
    assertThat(statement.executeBatch()).containsExactly(2, 1);
    assertThat(statement.executeBatch()).isEmpty();
    statement.addBatch("INSERT INTO t VALUES (3,'c')");
    statement.addBatch("INSERT INTO t VALUES (3,'c')");
    statement.addBatch("INSERT INTO t VALUES (4,'d')");
    assertThatThrownBy(() -> statement.executeBatch())
        .isInstanceOf(BatchUpdateException.class)
        .satisfies(
            e -> {
              assertThat(((BatchUpdateException) e).getUpdateCounts()).containsExactly(1);
              assertThat(((BatchUpdateException) e).getErrorCode()).isEqualTo(19);
            });
    statement.addBatch("SELECT 1");
    assertThatThrownBy(() -> statement.executeLargeBatch())
        .isInstanceOf(BatchUpdateException.class);
    statement.addBatch("x");
    statement.clearBatch();
    assertThat(statement.executeBatch()).isEmpty();
  }

  @Test
  void knowsTheKeysItGenerated() throws SQLException {
    statement.executeUpdate("INSERT INTO t(b) VALUES ('a'),('b')");
    assertThat(rows(statement.getGeneratedKeys())).containsExactly("2");
    statement.executeUpdate("INSERT INTO t(b) VALUES ('c'),('d')", Statement.RETURN_GENERATED_KEYS);
    assertThat(rows(statement.getGeneratedKeys())).containsExactly("3", "4");
    statement.execute("UPDATE t SET b = 'z' WHERE a = 1");
    assertThat(rows(statement.getGeneratedKeys())).isEmpty();
    statement.executeUpdate("INSERT INTO t(b) VALUES ('e'),('f');", new String[] {"A", "b"});
    assertThat(rows(statement.getGeneratedKeys())).containsExactly("5|e", "6|f");
    assertThat(statement.getUpdateCount()).isEqualTo(2);
    assertThatThrownBy(
            () -> statement.executeUpdate("INSERT INTO t(b) VALUES ('g')", new String[] {"nosuch"}))
        .hasMessageContaining("no such column: nosuch");
  }

  @Test
  void keysOfTriggersDoNotCount() throws SQLException {
    execute(
        connection,
        "CREATE TABLE log(id INTEGER PRIMARY KEY, b)",
        "INSERT INTO log VALUES (100, 0)",
        "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log(b) VALUES (new.b); END");
    statement.executeUpdate("INSERT INTO t(b) VALUES ('c'),('d')", Statement.RETURN_GENERATED_KEYS);
    assertThat(rows(statement.getGeneratedKeys())).containsExactly("1", "2");
  }

  @Test
  void statesOfNames() throws SQLException {
    String[][] cases = {
      {"SELECT * FROM nope", "42S02"},
      {"DROP VIEW nope", "42S02"},
      {"DROP INDEX nope", "42S12"},
      {"SELECT nope FROM names", "42S22"},
      {"CREATE TABLE names(a)", "42S01"},
      {"CREATE INDEX named ON names(a)", "42S11"},
      {"ALTER TABLE names ADD COLUMN a", "42S21"},
      {"SELECT nope()", "42000"},
    };
    try (Connection connection = TestDatabases.ours()) {
      TestDatabases.execute(connection, "CREATE TABLE names(a)", "CREATE INDEX named ON names(a)");
      for (String[] c : cases) {
        assertThatThrownBy(() -> TestDatabases.execute(connection, c[0]))
            .isInstanceOfSatisfying(
                java.sql.SQLSyntaxErrorException.class,
                e -> assertThat(e.getSQLState()).as(c[0]).isEqualTo(c[1]));
      }
    }
  }

  @Test
  void valuesThatAreTooLongAreSqlExceptions() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:libsql::memory:?limit_length=100");
        PreparedStatement query = connection.prepareStatement("SELECT ?");
        PreparedStatement several = connection.prepareStatement("SELECT ?; SELECT 1")) {
      for (PreparedStatement statement : List.of(query, several)) {
        statement.setBytes(1, new byte[101]);
        assertThatThrownBy(statement::execute)
            .isInstanceOf(java.sql.SQLDataException.class)
            .hasMessageContaining("too big");
        statement.setString(1, "x".repeat(101));
        assertThatThrownBy(statement::execute)
            .isInstanceOf(java.sql.SQLDataException.class)
            .hasMessageContaining("too big");
      }
    }
  }
}
