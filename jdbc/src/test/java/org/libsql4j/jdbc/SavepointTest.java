package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Savepoints, also those that are misused. */
class SavepointTest {
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = TestDatabases.ours();
    TestDatabases.execute(connection, "CREATE TABLE t(a)");
    connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private void insert(int value) throws SQLException {
    TestDatabases.execute(connection, "INSERT INTO t VALUES (" + value + ")");
  }

  private String all() throws SQLException {
    return TestDatabases.value(connection, "SELECT group_concat(a) FROM t");
  }

  private static void isOver(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("3B001"));
  }

  /** SQL knows the later one of two with one name; the objects are told apart. */
  @Test
  void twoOfOneName() throws SQLException {
    Savepoint first = connection.setSavepoint("a");
    insert(1);
    Savepoint second = connection.setSavepoint("A");
    insert(2);
    connection.rollback(second);
    assertThat(all()).isEqualTo("1");
    insert(3);
    connection.rollback(first);
    assertThat(all()).isNull();
    isOver(() -> connection.rollback(second));
    assertThat(first.getSavepointName()).isEqualTo("a");
    assertThat(second.getSavepointName()).isEqualTo("A");
    assertThatThrownBy(first::getSavepointId).isInstanceOf(SQLException.class);
  }

  @Test
  void theNameIsThatOfSql() throws SQLException {
    connection.setSavepoint("my \"point\"");
    insert(1);
    TestDatabases.execute(connection, "ROLLBACK TO \"my \"\"point\"\"\"");
    assertThat(all()).isNull();
  }

  @Test
  void releasingEndsLaterOnesToo() throws SQLException {
    Savepoint first = connection.setSavepoint();
    insert(1);
    Savepoint second = connection.setSavepoint();
    assertThat(second.getSavepointId()).isNotEqualTo(first.getSavepointId());
    assertThatThrownBy(first::getSavepointName).isInstanceOf(SQLException.class);
    connection.releaseSavepoint(first);
    isOver(() -> connection.releaseSavepoint(first));
    isOver(() -> connection.rollback(second));
    connection.commit();
    assertThat(all()).isEqualTo("1");
  }

  @Test
  void anEndedTransactionEndsThem() throws SQLException {
    Savepoint first = connection.setSavepoint("a");
    connection.commit();
    isOver(() -> connection.rollback(first));
    Savepoint second = connection.setSavepoint("a");
    insert(1);
    isOver(() -> connection.rollback(first));
    connection.rollback(second);
    assertThat(all()).isNull();
    connection.rollback();
    isOver(() -> connection.releaseSavepoint(second));
    Savepoint third = connection.setSavepoint("a");
    TestDatabases.execute(connection, "COMMIT");
    isOver(() -> connection.rollback(third));
  }

  @Test
  void ofOthersOrWithoutTransaction() throws SQLException {
    try (Connection other = TestDatabases.ours()) {
      other.setAutoCommit(false);
      Savepoint foreign = other.setSavepoint("x");
      assertThatThrownBy(() -> connection.rollback(foreign))
          .hasMessageContaining("another connection");
    }
    Savepoint own = connection.setSavepoint("x");
    connection.setAutoCommit(true);
    assertThatThrownBy(() -> connection.setSavepoint("y")).hasMessageContaining("auto-commit");
    assertThatThrownBy(() -> connection.rollback(own)).hasMessageContaining("auto-commit");
  }
}
