package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Result sets of other kinds than forward-only ones that are held over commits. */
class ScrollingTest {
  private static final int SCROLLS = ResultSet.TYPE_SCROLL_INSENSITIVE;
  private static final int READS = ResultSet.CONCUR_READ_ONLY;

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = TestDatabases.ours();
    TestDatabases.execute(connection, "CREATE TABLE t(a)", "INSERT INTO t VALUES (1), (2), (3)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** Random moves, and where a cursor should be that is a number alone. */
  @Test
  void movesEverywhere() throws SQLException {
    Random random = new Random(11);
    for (int count : new int[] {0, 1, 2, 7}) {
      String sql = "SELECT value FROM generate_series(1, " + count + ")";
      try (PreparedStatement statement = connection.prepareStatement(sql, SCROLLS, READS);
          ResultSet rows = statement.executeQuery()) {
        int at = 0;
        for (int i = 0; i < 500; i++) {
          int number = random.nextInt(2 * count + 5) - count - 2;
          int target =
              switch (random.nextInt(8)) {
                case 0 -> checked(rows.next(), at + 1, count);
                case 1 -> checked(rows.previous(), at - 1, count);
                case 2 -> checked(rows.first(), 1, count);
                case 3 -> checked(rows.last(), count, count);
                case 4 ->
                    checked(
                        rows.absolute(number), number >= 0 ? number : count + 1 + number, count);
                case 5 -> checked(rows.relative(number), at + number, count);
                case 6 -> {
                  rows.beforeFirst();
                  yield 0;
                }
                default -> {
                  rows.afterLast();
                  yield count + 1;
                }
              };
          at = count == 0 ? 0 : Math.max(0, Math.min(count + 1, target));
          boolean onRow = at >= 1 && at <= count;
          assertThat(rows.getRow()).isEqualTo(onRow ? at : 0);
          assertThat(rows.isBeforeFirst()).isEqualTo(count > 0 && at == 0);
          assertThat(rows.isAfterLast()).isEqualTo(count > 0 && at == count + 1);
          assertThat(rows.isFirst()).isEqualTo(onRow && at == 1);
          assertThat(rows.isLast()).isEqualTo(onRow && at == count);
          if (onRow) {
            assertThat(rows.getInt(1)).isEqualTo(at);
          } else {
            assertThatThrownBy(() -> rows.getInt(1)).isInstanceOf(SQLException.class);
          }
        }
      }
    }
  }

  private static int checked(boolean found, int target, int count) {
    assertThat(found).isEqualTo(target >= 1 && target <= count);
    return target;
  }

  @Test
  void aScrollingResultIsWhatItWas() throws SQLException {
    DatabaseMetaData meta = connection.getMetaData();
    assertThat(meta.supportsResultSetType(SCROLLS)).isTrue();
    assertThat(meta.supportsResultSetConcurrency(SCROLLS, READS)).isTrue();
    assertThat(meta.othersInsertsAreVisible(SCROLLS)).isFalse();
    try (Statement statement = connection.createStatement(SCROLLS, READS)) {
      statement.setMaxRows(2);
      ResultSet rows = statement.executeQuery("SELECT a FROM t");
      TestDatabases.execute(connection, "DELETE FROM t");
      assertThat(rows.last()).isTrue();
      assertThat(rows.getInt("a")).isEqualTo(2);
      assertThat(rows.getType()).isEqualTo(SCROLLS);
      assertThat(statement.getResultSetType()).isEqualTo(SCROLLS);
      rows.setFetchDirection(ResultSet.FETCH_REVERSE);
      assertThat(connection.getWarnings() == null).isTrue();
      rows.close();
      assertThatThrownBy(rows::first).hasMessageContaining("closed");
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1")) {
      assertThatThrownBy(rows::last).isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThat(rows.next()).isTrue();
    }
  }

  /** The specification of JDBC asks for warnings, not for exceptions, where a kind is not there. */
  @Test
  void otherKindsAreReplacedWithAWarning() throws SQLException {
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
      assertThat(statement.getResultSetType()).isEqualTo(SCROLLS);
      assertThat(statement.getResultSetConcurrency()).isEqualTo(READS);
      SQLWarning warning = connection.getWarnings();
      assertThat(warning.getSQLState()).isEqualTo("01S02");
      assertThat(warning.getMessage()).contains("changes made by others");
      assertThat(warning.getNextWarning().getMessage()).contains("read-only");
      connection.clearWarnings();
      assertThat(connection.getWarnings() == null).isTrue();
      try (ResultSet rows = statement.executeQuery("SELECT a FROM t")) {
        rows.first();
        assertThatThrownBy(() -> rows.updateInt(1, 2))
            .isInstanceOf(SQLFeatureNotSupportedException.class);
      }
    }
    assertThatThrownBy(() -> connection.createStatement(1, READS)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> connection.createStatement(SCROLLS, 1))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> connection.createStatement(SCROLLS, READS, 0))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void resultsEndWithTheTransactionOrDoNot() throws SQLException {
    connection.setAutoCommit(false);
    try (Statement held = connection.createStatement();
        Statement closed =
            connection.createStatement(
                ResultSet.TYPE_FORWARD_ONLY, READS, ResultSet.CLOSE_CURSORS_AT_COMMIT)) {
      assertThat(held.getResultSetHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
      assertThat(closed.getResultSetHoldability()).isEqualTo(ResultSet.CLOSE_CURSORS_AT_COMMIT);
      ResultSet first = held.executeQuery("SELECT a FROM t");
      ResultSet second = closed.executeQuery("SELECT a FROM t");
      assertThat(second.getHoldability()).isEqualTo(ResultSet.CLOSE_CURSORS_AT_COMMIT);
      connection.commit();
      assertThat(first.next()).isTrue();
      assertThat(second.isClosed()).isTrue();
      second = closed.executeQuery("SELECT a FROM t");
      connection.rollback();
      assertThat(second.isClosed()).isTrue();
      connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
      try (PreparedStatement byDefault = connection.prepareStatement("SELECT a FROM t")) {
        assertThat(connection.getHoldability()).isEqualTo(ResultSet.CLOSE_CURSORS_AT_COMMIT);
        ResultSet third = byDefault.executeQuery();
        connection.setAutoCommit(true);
        assertThat(third.isClosed()).isTrue();
      }
    }
  }
}
