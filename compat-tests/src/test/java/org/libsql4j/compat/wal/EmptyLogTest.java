package org.libsql4j.compat.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.error.LibsqlException;

/**
 * Who opens a database with an empty log reads its index in the file, without a mapping, until
 * somebody writes; a C process that maps it must not notice, and no change of it be missed.
 */
class EmptyLogTest {
  private static final int STEPS = 400;

  @TempDir Path folder;

  @BeforeAll
  static void needsTheShell() {
    Assumptions.assumeTrue(SqliteShell.isInstalled(), "the sqlite3 shell is not installed");
  }

  private Path file() {
    return folder.resolve("a.db");
  }

  private Connection open() {
    return Database.builder(file().toString()).busyTimeoutMillis(20_000).build().connect();
  }

  private void create() {
    try (Connection connection = open()) {
      connection.execute("PRAGMA journal_mode=wal");
      connection.execute("CREATE TABLE t(a)");
      connection.execute("INSERT INTO t VALUES(0)");
    }
  }

  private static long value(Connection connection) {
    return connection.queryOne("SELECT a FROM t").getLong(0);
  }

  /** A mapping of a deleted file lives until the garbage collector finds it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void readersForAMomentMapNothing() throws IOException {
    create();
    System.gc();
    for (int i = 0; i < 50; i++) {
      try (Connection connection = open()) {
        assertThat(value(connection)).isZero();
        assertThat(folder.resolve("a.db-wal")).exists();
        assertThat(folder.resolve("a.db-shm")).exists();
      }
      assertThat(folder.resolve("a.db-shm")).doesNotExist();
    }
    List<String> maps = Files.readAllLines(Path.of("/proc/self/maps"));
    String shm = folder.resolve("a.db-shm").toString();
    assertThat(maps.stream().filter(line -> line.contains(shm)).count()).isLessThanOrEqualTo(1);
  }

  /** Nobody has read since the other one committed, so that closing is the first to see it. */
  @Test
  void theLastToCloseKeepsWhatAProcessWroteThatDied() throws Exception {
    create();
    try (Connection connection = open()) {
      assertThat(value(connection)).isZero();
      try (SqliteShell shell = new SqliteShell(file())) {
        assertThat(shell.line("UPDATE t SET a = 7; SELECT a FROM t;")).isEqualTo("7");
        shell.kill();
      }
    }
    assertThat(folder.resolve("a.db-wal")).doesNotExist();
    try (Connection connection = open()) {
      assertThat(value(connection)).isEqualTo(7);
    }
  }

  /** Others would die of it. */
  @Test
  void anIndexThatWasCutIsMadeAnew() throws Exception {
    create();
    try (Connection connection = open()) {
      assertThat(value(connection)).isZero();
      try (FileChannel index =
          FileChannel.open(folder.resolve("a.db-shm"), StandardOpenOption.WRITE)) {
        index.truncate(0);
      }
      assertThatThrownBy(() -> value(connection)).isInstanceOf(LibsqlException.class);
      assertThat(value(connection)).isZero();
      connection.execute("UPDATE t SET a = 3");
      try (SqliteShell shell = new SqliteShell(file())) {
        assertThat(shell.line("UPDATE t SET a = a + 1; SELECT a FROM t;")).isEqualTo("4");
      }
      assertThat(value(connection)).isEqualTo(4);
    }
  }

  @Test
  void aReaderKeepsItsSnapshotWhileAnotherProcessWritesAndMovesTheLog() throws Exception {
    create();
    try (Connection connection = open();
        SqliteShell shell = new SqliteShell(file())) {
      connection.execute("BEGIN");
      assertThat(value(connection)).isZero();
      assertThat(shell.line("UPDATE t SET a = 1; PRAGMA wal_checkpoint(passive);"))
          .as("busy, frames, moved: the reader is in the way")
          .isEqualTo("0|1|0");
      for (int i = 0; i < 30; i++) {
        assertThat(value(connection)).isZero();
      }
      connection.execute("COMMIT");
      assertThat(value(connection)).isEqualTo(1);
      connection.execute("UPDATE t SET a = a + 1");
      assertThat(shell.line("SELECT a FROM t;")).isEqualTo("2");
    }
  }

  /** Any order of opening, reading, writing, moving the log, closing and dying. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nobodyMissesAChange(long seed) throws Exception {
    create();
    Random random = new Random(seed);
    Connection[] ours = new Connection[3];
    SqliteShell shell = null;
    long expected = 0;
    for (int step = 0; step < STEPS; step++) {
      String where = "seed " + seed + ", step " + step;
      int which = random.nextInt(ours.length);
      switch (random.nextInt(8)) {
        case 0:
          if (ours[which] != null) {
            ours[which].close();
            ours[which] = null;
          }
          break;
        case 1, 2, 3:
          ours[which] = ours[which] == null ? open() : ours[which];
          assertThat(value(ours[which])).as(where).isEqualTo(expected);
          break;
        case 4:
          ours[which] = ours[which] == null ? open() : ours[which];
          ours[which].execute("UPDATE t SET a = a + 1");
          expected++;
          break;
        case 5:
          shell = shell == null ? new SqliteShell(file()) : shell;
          expected += 10;
          assertThat(shell.line("UPDATE t SET a = a + 10; SELECT a FROM t;"))
              .as(where)
              .isEqualTo("" + expected);
          break;
        case 6:
          if (shell != null) {
            assertThat(shell.line("PRAGMA wal_checkpoint(truncate);")).as(where).startsWith("0|");
          }
          break;
        default:
          if (shell != null && random.nextBoolean()) {
            shell.kill();
          } else if (shell != null) {
            shell.close();
          }
          shell = null;
          break;
      }
    }
    for (Connection connection : ours) {
      if (connection != null) {
        connection.close();
      }
    }
    if (shell != null) {
      shell.close();
    }
    try (Connection connection = open()) {
      assertThat(value(connection)).isEqualTo(expected);
      assertThat(connection.queryOne("PRAGMA integrity_check").getString(0)).isEqualTo("ok");
    }
  }
}
