package org.libsql4j.compat.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Row;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.faults.FailingVfs;
import org.libsql4j.vfs.NioVfs;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * Every operation on real files fails once, or from then on, for a connection that finds a log
 * empty and keeps it open while another one writes: it keeps no lock that it does not need, and
 * reads what is there as soon as nothing fails any more.
 */
class EmptyLogFaultsTest {
  /** How many operations fail. */
  private static final int[] TIMES = {1, 1_000_000};

  @TempDir Path folder;

  private final FailingVfs failing = new FailingVfs(NioVfs.instance());
  private @Nullable Connection ours;
  private @Nullable Connection other;

  /** In the first row, and how many there are. */
  private long value;

  private long rows;

  @AfterEach
  void closeAndDelete() throws IOException {
    failing.recover();
    if (ours != null) {
      ours.close();
      ours = null;
    }
    closeOther();
    for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
      Files.deleteIfExists(folder.resolve("a.db" + suffix));
    }
  }

  private void closeOther() {
    if (other != null) {
      other.close();
      other = null;
    }
  }

  private Connection open(VirtualFileSystem vfs) {
    String file = folder.resolve("a.db").toString();
    Connection connection = Database.builder(file).vfs(vfs).busyTimeoutMillis(0).build().connect();
    connection.execute("PRAGMA synchronous = off");
    return connection;
  }

  private Connection other() {
    Connection present = other;
    if (present == null) {
      present = open(NioVfs.instance());
      other = present;
    }
    return present;
  }

  private void create(int pageSize, int rowCount) {
    try (Connection connection = open(NioVfs.instance())) {
      connection.execute("PRAGMA page_size = " + pageSize);
      connection.execute("PRAGMA journal_mode = wal");
      connection.execute("CREATE TABLE t(a, b)");
      grow(connection, rowCount);
    }
    value = 0;
    rows = rowCount;
  }

  private static void grow(Connection connection, int rowCount) {
    connection.execute(
        "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ?)"
            + " INSERT INTO t SELECT 0, zeroblob(300) FROM c",
        rowCount);
  }

  /** The steps of our connection and, with a colon in front, of the other one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "read read :add read add read :shrink read :grow read",
        "read add :add :truncate read add",
        "read truncate read add :add read restart read",
        "read :grow :truncate truncate read :shrink passive read",
        "read concurrent :add read concurrent",
        "read begin read :add keep commit read :truncate :add read",
        "read delete add read wal read add :add read",
        "read :add read :close exclusive read add normal read"
      })
  void noLockIsKeptAndNothingIsMissed(String steps) throws IOException {
    for (int times : TIMES) {
      for (FailingVfs.Fault fault :
          List.of(FailingVfs.Fault.IO_ERROR, FailingVfs.Fault.DISK_FULL)) {
        int skip = 0;
        while (failsAfter(skip, times, fault, steps)) {
          skip++;
        }
        assertThat(skip).isPositive();
      }
    }
  }

  /** Returns whether something failed. */
  private boolean failsAfter(int skip, int times, FailingVfs.Fault fault, String steps)
      throws IOException {
    create(1024, 10);
    failing.failAfter(skip, times, fault);
    String where = times + " times " + fault + " after " + skip + " operations, at ";
    String at = "open";
    try {
      ours = openAtLast();
      for (String step : steps.split(" ")) {
        at = step;
        if (step.startsWith(":")) {
          run(other(), step.substring(1));
        } else {
          runAndRecover(ours, step, skip % 2 == 0);
        }
      }
      at = "end";
      failing.recover();
      run(ours, "read"); // Tries again to lower a lock.
      assertThat(other().queryOne("PRAGMA wal_checkpoint(truncate)").getLong(0)).isZero();
      run(other(), "add");
      run(ours, "read");
      run(ours, "add");
      run(other(), "read");
      assertThat(ours.queryOne("PRAGMA integrity_check").getString(0)).isEqualTo("ok");
    } catch (LibsqlException | AssertionError e) {
      throw new AssertionError(where + at, e);
    }
    closeAndDelete();
    return failing.hasFailed();
  }

  private Connection openAtLast() {
    try {
      return open(failing);
    } catch (LibsqlException e) {
      failing.recover();
      return open(failing);
    }
  }

  private void runAndRecover(Connection connection, String step, boolean early) {
    long before = value;
    try {
      run(connection, step);
    } catch (LibsqlException e) {
      assertThat(failing.hasFailed()).as("nothing has failed but: " + e).isTrue();
      if (early) {
        failing.recover();
      }
      try {
        rollBack(connection);
      } catch (LibsqlException failure) {
        assertThat(early).as("ROLLBACK: " + failure).isFalse();
      }
      failing.recover();
      rollBack(connection);
      if (step.equals("add") || step.equals("concurrent")) {
        value = connection.queryOne("SELECT max(a) FROM t").getLong(0);
        assertThat(value).isBetween(before, before + 1);
      }
      run(connection, "read");
    }
  }

  private static void rollBack(Connection connection) {
    if (!connection.isAutoCommit()) {
      connection.execute("ROLLBACK");
    }
  }

  private void run(Connection connection, String step) {
    switch (step) {
      case "read" -> check(connection, value, rows);
      case "begin" -> connection.execute("BEGIN");
      case "keep" -> check(connection, connection.isAutoCommit() ? value : value - 1, rows);
      case "commit" -> connection.execute(connection.isAutoCommit() ? "SELECT 1" : "COMMIT");
      case "add" -> add(connection);
      case "concurrent" -> {
        connection.execute("BEGIN CONCURRENT");
        add(connection);
        value--;
        connection.execute("COMMIT");
        value++;
      }
      case "grow" -> {
        grow(connection, 50);
        rows += 50;
      }
      case "shrink" -> {
        connection.execute("DELETE FROM t WHERE rowid > 1");
        connection.execute("VACUUM");
        rows = 1;
      }
      case "close" -> closeOther();
      case "exclusive", "normal" -> connection.queryOne("PRAGMA locking_mode = " + step);
      case "delete", "wal" -> connection.queryOne("PRAGMA journal_mode = " + step);
      default -> connection.queryOne("PRAGMA wal_checkpoint(" + step + ")");
    }
  }

  private void add(Connection connection) {
    connection.execute("UPDATE t SET a = a + 1 WHERE rowid = 1");
    value++;
  }

  private static void check(Connection connection, long expected, long count) {
    Row row = connection.queryOne("SELECT max(a), count(*), count(b) FROM t");
    assertThat(row.getLong(0)).isEqualTo(expected);
    assertThat(row.getLong(1)).isEqualTo(count);
  }

  /** So many frames were added that the second region of the index has to be mapped. */
  @Test
  void changesThatCouldNotBeLookedAtAreNotMissed() throws IOException {
    int skip = 0;
    do {
      create(512, 6_000);
      other().execute("PRAGMA wal_autocheckpoint = 0");
      run(other(), "add");
      ours = open(failing);
      ours.execute("PRAGMA cache_size = 10000");
      check(ours, 1, rows);
      other().execute("UPDATE t SET a = 2");
      failing.failAfter(skip, 1, FailingVfs.Fault.IO_ERROR);
      try {
        ours.execute("SELECT a FROM t WHERE rowid = 1");
      } catch (LibsqlException e) {
        assertThat(e.resultCode()).isEqualTo(failing.failure());
      }
      failing.recover();
      long sum = ours.queryOne("SELECT sum(a) FROM t").getLong(0);
      assertThat(sum).as("after operation " + skip).isEqualTo(2 * rows);
      closeAndDelete();
      skip++;
    } while (failing.hasFailed());
    assertThat(skip).isGreaterThan(3);
  }

  /** A checkpoint makes a damaged index anew, and fails just after that. */
  @Test
  void changesThatACheckpointFoundAreNotMissed() throws IOException {
    int skip = 0;
    do {
      create(1024, 10);
      run(other(), "add");
      ours = open(failing);
      run(ours, "read");
      run(other(), "add");
      try (RandomAccessFile index =
          new RandomAccessFile(folder.resolve("a.db-shm").toFile(), "rw")) {
        index.seek(20);
        index.write(99);
      }
      failing.failAfter(skip, 1, FailingVfs.Fault.IO_ERROR);
      try {
        ours.queryOne("PRAGMA wal_checkpoint");
      } catch (LibsqlException e) {
        assertThat(e.resultCode()).isEqualTo(failing.failure());
      }
      failing.recover();
      run(ours, "read");
      closeAndDelete();
      skip++;
    } while (failing.hasFailed());
    assertThat(skip).isGreaterThan(7);
  }

  /** Salts tell the frames of this round from others that may be behind them. */
  @Test
  void aLogThatCouldNotStartOverHasSaltsAllTheSame() throws IOException {
    int skip = 0;
    do {
      create(1024, 10);
      ours = open(failing);
      run(ours, "read");
      failing.failAfter(skip, 1, FailingVfs.Fault.IO_ERROR);
      try {
        run(ours, "truncate");
      } catch (LibsqlException e) {
        assertThat(e.resultCode()).isEqualTo(failing.failure());
      }
      failing.recover();
      run(ours, "add");
      byte[] log = Files.readAllBytes(folder.resolve("a.db-wal"));
      assertThat(Arrays.copyOfRange(log, 16, 24)).as("salts").isNotEqualTo(new byte[8]);
      closeAndDelete();
      skip++;
    } while (failing.hasFailed());
    assertThat(skip).isGreaterThan(5);
  }

  /** The locks go with the log that is left, whether it could be emptied or not. */
  @Test
  void whoFailsToLeaveTheLogSaysSoAndKeepsNobodyOut() throws IOException {
    int skip = 0;
    do {
      create(1024, 10);
      ours = open(failing);
      run(ours, "add");
      failing.failAfter(skip, 1, FailingVfs.Fault.IO_ERROR);
      String mode = "wal";
      try {
        mode = ours.queryOne("PRAGMA journal_mode = delete").getString(0);
      } catch (LibsqlException e) {
        assertThat(e.resultCode()).isEqualTo(failing.failure());
      }
      failing.recover();
      assertThat(mode).as("operation " + skip).isEqualTo(failing.hasFailed() ? "wal" : "delete");
      run(other(), "read");
      run(other(), "add");
      run(ours, "read");
      closeAndDelete();
      skip++;
    } while (failing.hasFailed());
    assertThat(skip).isGreaterThan(10);
  }
}
