package org.libsql4j.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Statement;

/** Database files that are made to be replicated, and what became of them. */
final class SourceFile {
  private SourceFile() {}

  /** A database file whose table {@code t} has so many rows. */
  static byte[] withRows(Path folder, int rows) throws IOException {
    Path path = folder.resolve("source-" + rows + ".db");
    try (Connection connection = Database.openLocal(path).connect()) {
      connection.execute("PRAGMA journal_mode=DELETE");
      connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
      connection.execute(
          "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < "
              + rows
              + ") INSERT INTO t SELECT n, printf('%.*c', 500, 'x') FROM c");
    }
    byte[] bytes = Files.readAllBytes(path);
    Files.delete(path);
    return bytes;
  }

  /** How many rows a file has, which is sound. */
  static long rows(Path file) {
    try (Connection connection = Database.openLocal(file).connect();
        Statement check = connection.prepare("PRAGMA integrity_check");
        Statement count = connection.prepare("SELECT count(*) FROM t")) {
      assertThat(check.step()).isTrue();
      assertThat(check.getString(0)).isEqualTo("ok");
      assertThat(count.step()).isTrue();
      return count.getLong(0);
    }
  }
}
