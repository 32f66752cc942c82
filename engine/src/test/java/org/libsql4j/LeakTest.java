package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opening and closing, in and out of order, leaves no file open and nothing in memory.
 *
 * <p>The system property {@code libsql4j.leak.cycles} says how often.
 */
class LeakTest {
  private static final File DESCRIPTORS = new File("/proc/self/fd");
  private static final int CYCLES = Integer.getInteger("libsql4j.leak.cycles", 2_000);
  private static final int WARM_UP = 300;

  /** Twice the noise of a quiet JVM, and far less than a connection of each cycle. */
  private static final long TOLERATED_BYTES = 6 << 20;

  private static final int TOLERATED_FILES = 10;

  @TempDir Path directory;

  private interface Cycle {
    void run(int number);
  }

  private static int openFiles() {
    String[] names = DESCRIPTORS.list();
    return names == null ? 0 : names.length;
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static void check(String what, Cycle cycle) {
    for (int i = 0; i < WARM_UP; i++) {
      cycle.run(i);
    }
    int filesBefore = openFiles();
    long bytesBefore = usedBytes();
    long start = System.nanoTime();
    for (int i = 0; i < CYCLES; i++) {
      cycle.run(i);
    }
    long micros = (System.nanoTime() - start) / 1000;
    int files = openFiles() - filesBefore;
    long bytes = usedBytes() - bytesBefore;
    System.out.printf(
        "%s: %d cycles of %d us; %+d files, %+d KiB%n",
        what, CYCLES, micros / CYCLES, files, bytes >> 10);
    assertThat(files).as(what + ": files").isLessThan(TOLERATED_FILES);
    assertThat(bytes).as(what + ": bytes").isLessThan(TOLERATED_BYTES);
  }

  private Database withRows(String name) {
    Database database = Database.openLocal(directory.resolve(name));
    try (Connection connection = database.connect()) {
      connection.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
      connection.execute("INSERT INTO t(b) VALUES('x'), ('y'), (zeroblob(10000))");
    }
    return database;
  }

  @Test
  void connectionsAndWhatTheyOpen() {
    Database database = withRows("a.db");
    check("connections", number -> open(database, number));
  }

  @Test
  void connectionsWithALog() {
    Database database = withRows("wal.db");
    try (Connection kept = database.connect()) {
      kept.query("PRAGMA journal_mode=WAL").close();
      kept.query("SELECT * FROM t").toList();
      check("connections with a log", number -> open(database, number));
    }
  }

  @Test
  void connectionsInMemory() {
    check(
        "connections in memory",
        number -> {
          try (Connection connection = Database.inMemory().connect()) {
            connection.execute("CREATE TEMP TABLE t(a)");
            connection.execute("INSERT INTO t VALUES(?)", number);
            connection.query("SELECT a FROM t ORDER BY -a").next();
          }
        });
  }

  @Test
  void statementsOfOneConnection() {
    try (Connection connection = withRows("b.db").connect()) {
      check("statements", number -> statements(connection, number));
    }
  }

  @Test
  void failures() {
    Path missing = directory.resolve("no/such/folder/a.db");
    try (Connection connection = withRows("c.db").connect()) {
      check(
          "failures",
          number -> {
            fails(() -> Database.openLocal(missing).connect());
            fails(() -> connection.prepare("SELECT nosuch FROM t"));
            fails(() -> connection.execute("INSERT INTO t(a) VALUES(1)"));
            fails(() -> connection.openBlob("main", "t", "b", 99, false));
            fails(() -> connection.execute("ATTACH '" + missing + "' AS m"));
          });
    }
  }

  private static void fails(Runnable action) {
    try {
      action.run();
    } catch (org.libsql4j.error.LibsqlException e) {
      return;
    }
    throw new AssertionError("did not fail");
  }

  private static void open(Database database, int number) {
    Connection connection = database.connect();
    Statement statement = connection.prepare("SELECT * FROM t");
    statement.step();
    Rows rows = connection.query("SELECT b FROM t WHERE a = ?", number % 3);
    rows.next();
    IncrementalBlob blob = connection.openBlob("main", "t", "b", 3, number % 2 == 0);
    blob.read(0, 10);
    closeAll(number, connection, statement, rows, blob);
  }

  private static void statements(Connection connection, int number) {
    Statement statement = connection.prepare("SELECT * FROM t -- " + number);
    statement.step();
    Rows rows = connection.query("SELECT b FROM t WHERE a = ? ORDER BY b", number % 3);
    rows.next();
    Transaction transaction = connection.transaction(TransactionMode.DEFERRED);
    transaction.execute("UPDATE t SET b = b WHERE a = 1");
    Savepoint savepoint = transaction.savepoint("s");
    closeAll(number, statement, rows, savepoint, transaction);
  }

  private static void closeAll(int number, AutoCloseable... all) {
    for (int i = 0; i < all.length; i++) {
      try {
        all[(i + number) % all.length].close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
