package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Values that are read and written in pieces. */
class IncrementalBlobTest {
  @TempDir Path directory;
  private Connection connection;

  @BeforeEach
  void open() {
    connection = Database.openLocal(directory.resolve("a.db")).connect();
    connection.executeMultiple(
        "PRAGMA foreign_keys=ON;"
            + "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c, k REFERENCES t, i UNIQUE);"
            + "CREATE INDEX e ON t(c || 'x');"
            + "CREATE TABLE b(x);"
            + "INSERT INTO t VALUES(1, 'text', 2.5, NULL, x'00'), (2, NULL, 7, 1, NULL);"
            + "INSERT INTO b VALUES(zeroblob(100000)), ('hello');"
            + "CREATE VIEW v AS SELECT * FROM t;"
            + "CREATE TABLE w(a PRIMARY KEY) WITHOUT ROWID;"
            + "CREATE TABLE g(a, b AS (a));");
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private long number(String sql) {
    try (Rows rows = connection.query(sql)) {
      rows.next();
      return rows.getLong(0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none, a, 1, false, no such table: main.none",
    "v, a, 1, false, cannot open view: v",
    "w, a, 1, false, cannot open table without rowid: w",
    "g, a, 1, false, cannot open table with generated columns: g",
    "pragma_table_list, a, 1, false, no such table: main.pragma_table_list",
    "t, nix, 1, false, 'no such column: \"nix\"'",
    "t, b, 9, false, no such rowid: 9",
    "t, a, 1, false, cannot open value of type null",
    "t, b, 2, false, cannot open value of type null",
    "t, c, 1, false, cannot open value of type real",
    "t, c, 2, false, cannot open value of type integer",
    "t, i, 1, true, cannot open indexed column for writing",
    "t, k, 1, true, cannot open indexed column for writing",
  })
  void errors(String table, String column, long rowid, boolean write, String message) {
    assertThatThrownBy(() -> connection.openBlob("main", table, column, rowid, write))
        .hasMessage(message);
    assertThat(connection.isAutoCommit()).isTrue();
  }

  @Test
  void foreignKeyColumnsAreNotWritten() {
    connection.execute("DROP INDEX e");
    assertThatThrownBy(() -> connection.openBlob("main", "t", "k", 1, true))
        .hasMessage("cannot open foreign key column for writing");
    connection.execute("PRAGMA foreign_keys=OFF");
    assertThatThrownBy(() -> connection.openBlob("main", "t", "k", 1, true))
        .hasMessage("cannot open value of type null");
  }

  @Test
  void piecesAreReadAndWritten() throws Exception {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);
    try (IncrementalBlob blob = connection.openBlob("main", "b", "x", 1, true)) {
      assertThat(blob.length()).isEqualTo(content.length);
      try (OutputStream out = blob.outputStream(0)) {
        for (int at = 0; at < content.length; at += 7919) {
          out.write(content, at, Math.min(7919, content.length - at));
        }
      }
      assertThat(blob.read(50_000, 100))
          .isEqualTo(java.util.Arrays.copyOfRange(content, 50_000, 50_100));
      try (InputStream in = blob.inputStream(0)) {
        assertThat(in.readAllBytes()).isEqualTo(content);
      }
      assertThatThrownBy(() -> blob.read(99_999, new byte[2], 0, 2)).hasMessage("SQL logic error");
      blob.reopen(2);
      assertThat(blob.read(0, 5)).isEqualTo("hello".getBytes());
      blob.write(4, new byte[] {'0'});
    }
    try (Rows rows = connection.query("SELECT x FROM b")) {
      rows.next();
      assertThat(rows.getBlob(0)).isEqualTo(content);
      rows.next();
      assertThat(rows.getString(0)).isEqualTo("hell0");
    }
  }

  @Test
  void aChangeOfTheRowEndsIt() {
    try (IncrementalBlob blob = connection.openBlob("main", "b", "x", 2, false)) {
      connection.execute("UPDATE b SET x = 'other' WHERE rowid = 1");
      assertThat(blob.read(0, 5)).isEqualTo("hello".getBytes());
      connection.execute("UPDATE b SET x = 'hullo' WHERE rowid = 2");
      assertThatThrownBy(() -> blob.read(0, 5))
          .isInstanceOfSatisfying(
              LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(ResultCode.ABORT));
      assertThat(blob.length()).isZero();
    }
  }

  @Test
  void itHoldsATransaction() {
    try (Connection other = Database.openLocal(directory.resolve("a.db")).connect()) {
      other.busyTimeout(0);
      IncrementalBlob blob = connection.openBlob("main", "b", "x", 2, true);
      blob.write(0, "H".getBytes());
      assertThatThrownBy(() -> other.execute("DELETE FROM b")).hasMessage("database is locked");
      blob.close();
      assertThat(number("SELECT count(*) FROM b WHERE x = 'Hello'")).isEqualTo(1);
      other.execute("DELETE FROM b");
    }
  }

  @Test
  void rollbackUndoesWhatWasWritten() {
    connection.begin();
    try (IncrementalBlob blob = connection.openBlob("main", "b", "x", 2, true)) {
      blob.write(0, "H".getBytes());
    }
    connection.rollback();
    assertThat(number("SELECT count(*) FROM b WHERE x = 'hello'")).isEqualTo(1);
  }

  @Test
  void readingDoesNotAllowToWrite() {
    try (IncrementalBlob blob = connection.openBlob("main", "b", "x", 2, false)) {
      assertThatThrownBy(() -> blob.write(0, new byte[1]))
          .hasMessage("attempt to write a readonly database");
      blob.close();
      assertThatThrownBy(() -> blob.read(0, 1)).hasMessage("blob is closed");
    }
  }

  @Test
  void anotherConnectionsSchemaChangeIsNoticed() {
    try (Connection other = Database.openLocal(directory.resolve("a.db")).connect()) {
      other.execute("ALTER TABLE b ADD COLUMN y DEFAULT 'added'");
      assertThatThrownBy(() -> connection.openBlob("main", "b", "y", 2, false))
          .hasMessage("cannot open value of type null");
      connection.openBlob("main", "b", "x", 2, false).close();
    }
  }
}
