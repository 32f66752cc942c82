package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLSyntaxErrorException;
import org.junit.jupiter.api.Test;
import org.libsql4j.error.ResultCode;

/** Messages and vendor codes are those that users of SQLite through JDBC know. */
class ErrorsDifferentialTest {
  private static final String[] SCHEMA = {
    "CREATE TABLE p(id INTEGER PRIMARY KEY, n TEXT NOT NULL UNIQUE, c CHECK (c > 0))",
    "CREATE TABLE s(a INT) STRICT",
    "INSERT INTO p VALUES (1, 'a', 1)",
  };

  /** A statement, the SQLSTATE, and the class of the exception. */
  private record Case(String sql, String state, Class<? extends SQLException> type) {}

  private static final Case[] CASES = {
    new Case(
        "INSERT INTO p VALUES (1, 'b', 1)",
        "23505",
        SQLIntegrityConstraintViolationException.class),
    new Case(
        "INSERT INTO p VALUES (2, 'a', 1)",
        "23505",
        SQLIntegrityConstraintViolationException.class),
    new Case(
        "INSERT INTO p VALUES (2, NULL, 1)",
        "23502",
        SQLIntegrityConstraintViolationException.class),
    new Case(
        "INSERT INTO p VALUES (2, 'b', 0)",
        "23513",
        SQLIntegrityConstraintViolationException.class),
    new Case("INSERT INTO s VALUES ('x')", "23000", SQLIntegrityConstraintViolationException.class),
    new Case("INSERT INTO p(id) VALUES ('x')", "22018", SQLException.class),
    new Case("SLECT 1", "42000", SQLSyntaxErrorException.class),
    new Case("SELECT * FROM nosuch", "42S02", SQLSyntaxErrorException.class),
    new Case("SELECT nosuch FROM p", "42S22", SQLSyntaxErrorException.class),
    new Case("SELECT nosuch()", "42000", SQLSyntaxErrorException.class),
    new Case("COMMIT", "HY000", SQLException.class),
  };

  @Test
  void failuresReadTheSame() throws SQLException {
    try (Connection ours = TestDatabases.ours();
        Connection theirs = TestDatabases.theirs()) {
      TestDatabases.execute(ours, SCHEMA);
      TestDatabases.execute(theirs, SCHEMA);
      for (Case c : CASES) {
        SQLException a = failure(ours, c.sql());
        SQLException b = failure(theirs, c.sql());
        assertThat(a.getMessage()).as(c.sql()).isEqualTo(b.getMessage());
        assertThat(a.getErrorCode()).as(c.sql()).isEqualTo(b.getErrorCode());
        assertThat(a.getSQLState()).as(c.sql()).isEqualTo(c.state());
        assertThat((Object) a).isInstanceOf(c.type()).isInstanceOf(EngineFailure.class);
      }
    }
  }

  @Test
  void foreignKeyFailuresReadTheSame() throws SQLException {
    try (Connection ours = TestDatabases.ours();
        Connection theirs = TestDatabases.theirs()) {
      for (Connection connection : new Connection[] {ours, theirs}) {
        TestDatabases.execute(connection, SCHEMA);
        TestDatabases.execute(
            connection, "PRAGMA foreign_keys = ON", "CREATE TABLE f(pid REFERENCES p)");
      }
      SQLException failure = failure(ours, "INSERT INTO f VALUES (9)");
      assertThat(failure.getMessage())
          .isEqualTo(failure(theirs, "INSERT INTO f VALUES (9)").getMessage());
      assertThat(failure.getSQLState()).isEqualTo("23503");
    }
  }

  private static SQLException failure(Connection connection, String sql) {
    return catchThrowableOfType(() -> TestDatabases.execute(connection, sql), SQLException.class);
  }

  @Test
  void failuresTellTheExtendedCode() throws SQLException {
    try (Connection ours = TestDatabases.ours()) {
      TestDatabases.execute(ours, SCHEMA);
      EngineFailure failure = (EngineFailure) failure(ours, "INSERT INTO p VALUES (2, 'a', 1)");
      assertThat(failure.resultCode()).isEqualTo(ResultCode.CONSTRAINT_UNIQUE);
      assertThat(failure.engineMessage()).isEqualTo("UNIQUE constraint failed: p.n");
    }
  }
}
