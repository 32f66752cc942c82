package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening and closing, in and out of order, leaves no file open. */
class LeakTest {
  private static final File DESCRIPTORS = new File("/proc/self/fd");
  private static final int ROUNDS = 400;

  @TempDir Path directory;

  private static int openFiles() {
    String[] names = DESCRIPTORS.list();
    return names == null ? 0 : names.length;
  }

  @Test
  void nothingStaysOpen() {
    assumeTrue(DESCRIPTORS.isDirectory());
    Database database = Database.openLocal(directory.resolve("a.db"));
    try (Connection connection = database.connect()) {
      connection.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
      connection.execute("INSERT INTO t(b) VALUES('x'), ('y'), (zeroblob(10000))");
    }
    round(database, 0);
    int before = openFiles();
    for (int i = 0; i < ROUNDS; i++) {
      round(database, i);
    }
    assertThat(openFiles()).isLessThan(before + 10);
  }

  private static void round(Database database, int number) {
    Connection connection = database.connect();
    Statement statement = connection.prepare("SELECT * FROM t");
    statement.step();
    Rows rows = connection.query("SELECT b FROM t WHERE a = ?", number % 3);
    rows.next();
    IncrementalBlob blob = connection.openBlob("main", "t", "b", 3, number % 2 == 0);
    blob.read(0, 10);
    AutoCloseable[] all = {connection, statement, rows, blob};
    for (int i = 0; i < all.length; i++) {
      close(all[(i + number) % all.length]);
    }
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
