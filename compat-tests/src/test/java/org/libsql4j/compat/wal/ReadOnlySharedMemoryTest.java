package org.libsql4j.compat.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Rows;

/** {@code readonly_shm}: a log that this process may only read, beside a C process that writes. */
class ReadOnlySharedMemoryTest {
  @TempDir Path folder;

  @BeforeAll
  static void needsTheShell() {
    Assumptions.assumeTrue(SqliteShell.isInstalled(), "the sqlite3 shell is not installed");
  }

  private Path file() {
    return folder.resolve("a.db");
  }

  private Connection open() {
    return Database.builder(file().toString())
        .readOnlySharedMemory(true)
        .busyTimeoutMillis(20_000)
        .build()
        .connect();
  }

  private static long count(Connection connection) {
    try (Rows rows = connection.query("SELECT count(*) FROM t")) {
      rows.next();
      return rows.getLong(0);
    }
  }

  private static void assertReadOnly(Connection connection) {
    assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES(0)"))
        .hasMessage("attempt to write a readonly database");
    assertThatThrownBy(() -> connection.execute("PRAGMA wal_checkpoint"))
        .hasMessage("attempt to write a readonly database");
  }

  /** With the writer there, its index is used; after its death, an index of our own. */
  @Test
  void followsTheWriterAndOutlivesIt() throws Exception {
    try (SqliteShell writer = new SqliteShell(file())) {
      writer.line("PRAGMA journal_mode=wal;");
      writer.line("CREATE TABLE t(a); INSERT INTO t VALUES(1); SELECT 1;");
      try (Connection reader = open()) {
        assertThat(count(reader)).isEqualTo(1);
        writer.line("INSERT INTO t VALUES(2); SELECT 1;");
        assertThat(count(reader)).isEqualTo(2);
        assertReadOnly(reader);
        writer.line("PRAGMA wal_checkpoint(restart);");
        writer.line("INSERT INTO t VALUES(3); SELECT 1;");
        assertThat(count(reader)).isEqualTo(3);
        writer.kill();
        assertThat(count(reader)).isEqualTo(3);
      }
      Files.write(folder.resolve("a.db-shm"), new byte[] {1, 2, 3, 4}); // Not to be trusted.
      try (Connection reader = open()) {
        assertThat(count(reader)).isEqualTo(3);
        assertReadOnly(reader);
        assertThat(count(reader)).isEqualTo(3);
      }
      assertThat(Files.readAllBytes(folder.resolve("a.db-shm"))).hasSize(4);
    }
  }

  /** A transaction that reads without a writer keeps its snapshot when one comes. */
  @Test
  void aSnapshotSurvivesTheArrivalOfAWriter() throws Exception {
    leaveALog();
    try (Connection reader = open()) {
      reader.begin();
      assertThat(count(reader)).isEqualTo(100);
      try (SqliteShell writer = new SqliteShell(file())) {
        writer.line("DELETE FROM t; SELECT 1;");
        writer.line("PRAGMA busy_timeout=50;");
        writer.line("PRAGMA wal_checkpoint(truncate);");
        writer.line("INSERT INTO t(a) VALUES(7); SELECT 1;");
        assertThat(count(reader)).isEqualTo(100);
        reader.commit();
        assertThat(count(reader)).isEqualTo(1);
        writer.line("PRAGMA wal_checkpoint(truncate);");
        writer.line("INSERT INTO t(a) VALUES(8); SELECT 1;");
        assertThat(count(reader)).isEqualTo(2);
      }
      assertThat(count(reader)).isEqualTo(2);
      try (SqliteShell writer = new SqliteShell(file())) {
        writer.line("INSERT INTO t(a) VALUES(9); SELECT 1;");
      }
      assertThat(count(reader)).isEqualTo(3);
    }
  }

  @Test
  void isNotCreated() {
    try (Connection connection = Database.openLocal(file()).connect()) {
      connection.executeMultiple("PRAGMA journal_mode=wal; CREATE TABLE t(a)");
    }
    try (Connection reader = open()) {
      assertThatThrownBy(() -> count(reader)).hasMessage("unable to open database file");
    }
    assertThat(folder.resolve("a.db-shm")).doesNotExist();
  }

  private void leaveALog() throws IOException, InterruptedException {
    try (SqliteShell writer = new SqliteShell(file())) {
      writer.line("PRAGMA journal_mode=wal;");
      writer.line("CREATE TABLE t(a, b); SELECT 1;");
      writer.line(
          "INSERT INTO t SELECT value, randomblob(200) FROM generate_series(1, 100); SELECT 1;");
      writer.kill();
    }
    assertThat(folder.resolve("a.db-wal")).isNotEmptyFile();
  }
}
