package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values on many pages are read as they were written, whether their pages are in the cache. */
class LargeValuesTest {
  private static final int ROWS = 40;

  @TempDir Path directory;

  private static byte[] value(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Sizes around whole numbers of pages. */
  private static int size(int row, int pageSize) {
    return row * (pageSize - 4) + row % 9 - 4 + pageSize;
  }

  private static byte[] read(Connection connection, long id) {
    try (Rows rows = connection.query("SELECT x FROM b WHERE id = ?", id)) {
      rows.next();
      return rows.getBlob(0);
    }
  }

  private static void check(Connection connection, int pageSize, long changed, long seed) {
    for (int round = 0; round < 3; round++) {
      for (int row = 0; row < ROWS; row++) {
        byte[] expected = value(row == changed ? seed : row, size(row, pageSize));
        assertThat(Arrays.equals(read(connection, row), expected)).as("row %d", row).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"512, DELETE", "4096, DELETE", "1024, WAL", "4096, WAL", "65536, TRUNCATE"})
  void readsWhatWasWritten(int pageSize, String journalMode) {
    Database database = Database.openLocal(directory.resolve("a.db"));
    try (Connection writer = database.connect()) {
      writer.executeMultiple(
          "PRAGMA page_size=" + pageSize + "; CREATE TABLE b(id INTEGER PRIMARY KEY, x);");
      writer.query("PRAGMA journal_mode=" + journalMode).close();
      for (int row = 0; row < ROWS; row++) {
        writer.execute("INSERT INTO b VALUES(?, ?)", row, value(row, size(row, pageSize)));
      }
      writer.query("PRAGMA wal_checkpoint(TRUNCATE)").close();
    }
    try (Connection reader = database.connect();
        Connection writer = database.connect()) {
      reader.executeMultiple("PRAGMA cache_size=20");
      check(reader, pageSize, -1, 0);
      writer.execute("UPDATE b SET x = ? WHERE id = 30", value(1000, size(30, pageSize)));
      check(reader, pageSize, 30, 1000);
      writer.query("PRAGMA wal_checkpoint(TRUNCATE)").close();
      check(reader, pageSize, 30, 1000);
      reader.executeMultiple("BEGIN");
      reader.execute("UPDATE b SET x = ? WHERE id = 31", value(1001, size(31, pageSize)));
      assertThat(Arrays.equals(read(reader, 31), value(1001, size(31, pageSize)))).isTrue();
      reader.executeMultiple("ROLLBACK");
      check(reader, pageSize, 30, 1000);
      byte[] whole = value(35, size(35, pageSize));
      try (Rows rows = reader.query("SELECT substr(x, 3000, 9000) FROM b WHERE id = 35")) {
        rows.next();
        int end = Math.min(whole.length, 2999 + 9000);
        assertThat(rows.getBlob(0)).isEqualTo(Arrays.copyOfRange(whole, 2999, end));
      }
    }
  }
}
