package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.error.LibsqlException;

/** The rows of RETURNING come when all changes are done, and keep nothing waiting. */
class ReturningTest {
  @TempDir Path folder;
  private Connection connection;
  private Connection other;

  @BeforeEach
  void open() {
    Database database =
        Database.builder(folder.resolve("r.db").toString()).busyTimeout(Duration.ZERO).build();
    connection = database.connect();
    other = database.connect();
    connection.executeMultiple(
        "CREATE TABLE t(a INTEGER PRIMARY KEY, b UNIQUE); CREATE TABLE log(x);"
            + "CREATE TABLE p(a PRIMARY KEY);"
            + "CREATE TABLE c(a REFERENCES p, b REFERENCES p DEFERRABLE INITIALLY DEFERRED);"
            + "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES(new.a); END");
  }

  @AfterEach
  void close() {
    other.close();
    connection.close();
  }

  private Statement atFirstRow(String sql) {
    Statement statement = connection.prepare(sql);
    assertThat(statement.step()).isTrue();
    return statement;
  }

  @Test
  void commitsBeforeTheFirstRowWithoutTransaction() {
    try (Statement rows = atFirstRow("INSERT INTO t VALUES(1,'x'),(2,'y'),(3,'z') RETURNING a,b")) {
      assertThat(other.queryOne("SELECT count(*) FROM t").getLong(0)).isEqualTo(3);
      assertThat(connection.changes()).isEqualTo(3);
      other.execute("DELETE FROM t WHERE a=2");
      connection.execute("UPDATE t SET b='w' WHERE a=3");
      connection.execute("DROP TABLE c");
      assertThat(rows.step()).isTrue();
      assertThat(rows.getLong(0)).isEqualTo(2);
      assertThat(rows.step()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("z");
      assertThat(rows.step()).isFalse();
    }
    assertThat(other.queryOne("SELECT count(*) FROM log").getLong(0)).isEqualTo(3);
  }

  @Test
  void transactionsEndWhileRowsAreLeft() {
    connection.execute("BEGIN");
    try (Statement first = atFirstRow("INSERT INTO t VALUES(1,1),(2,2) RETURNING a");
        Statement second = atFirstRow("UPDATE t SET b=b+10 WHERE a<9 RETURNING b")) {
      connection.execute("COMMIT");
      assertThat(other.queryOne("SELECT sum(b) FROM t").getLong(0)).isEqualTo(23);
      assertThat(first.step()).isTrue();
      assertThat(second.step()).isTrue();
      assertThat(second.getLong(0)).isEqualTo(12);
    }
    connection.execute("BEGIN");
    try (Statement rows = atFirstRow("DELETE FROM t RETURNING a")) {
      connection.execute("SAVEPOINT s");
      connection.execute("RELEASE s");
      connection.execute("ROLLBACK");
      assertThat(rows.step()).isTrue();
    }
    assertThat(connection.queryOne("SELECT count(*) FROM t").getLong(0)).isEqualTo(2);
  }

  @Test
  void violatedForeignKeysShowBeforeTheFirstRow() {
    connection.execute("PRAGMA foreign_keys=ON");
    for (String row : new String[] {"(1,NULL)", "(NULL,1)"}) {
      try (Statement statement =
          connection.prepare("INSERT INTO c VALUES" + row + " RETURNING *")) {
        assertThatThrownBy(statement::step)
            .isInstanceOf(LibsqlException.class)
            .hasMessage("FOREIGN KEY constraint failed");
        assertThat(statement.isRunning()).isFalse();
      }
      assertThat(connection.queryOne("SELECT count(*) FROM c").getLong(0)).isZero();
    }
    connection.execute("BEGIN");
    try (Statement statement = connection.prepare("INSERT INTO c VALUES(NULL,2) RETURNING *")) {
      assertThat(statement.step()).isTrue();
      assertThatThrownBy(() -> connection.execute("COMMIT"))
          .hasMessage("FOREIGN KEY constraint failed");
    }
    connection.execute("ROLLBACK");
  }

  @Test
  void aCommitThatIsRefusedUndoesTheStatement() {
    try (Statement reader = other.prepare("SELECT * FROM sqlite_schema");
        Statement statement = connection.prepare("INSERT INTO t VALUES(1,1) RETURNING a")) {
      assertThat(reader.step()).isTrue();
      assertThatThrownBy(statement::step).hasMessage("database is locked");
      assertThat(statement.isRunning()).isFalse();
      reader.reset();
      assertThat(connection.queryOne("SELECT count(*) FROM t").getLong(0)).isZero();
      assertThat(statement.step()).isTrue();
      assertThat(statement.step()).isFalse();
    }
    assertThat(other.queryOne("SELECT count(*) FROM t").getLong(0)).isEqualTo(1);
  }
}
