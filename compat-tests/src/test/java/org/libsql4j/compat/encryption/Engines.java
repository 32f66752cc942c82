package org.libsql4j.compat.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.libsql4j.Database;
import org.libsql4j.EncryptionConfig;
import org.libsql4j.compat.engines.NativeEngine;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.compat.engines.Programs;
import org.libsql4j.compat.engines.SqlEngine;
import org.libsql4j.compat.sqld.NodePackages;

/** The two engines that know libSQL's encryption, and what tests do with both. */
enum Engines {
  OURS {
    @Override
    SqlEngine open(Path file, String key) {
      return OurEngine.of(
          Database.builder(file.toString())
              .encryption(EncryptionConfig.aes256Cbc(key))
              .build()
              .connect());
    }
  },
  NATIVE {
    @Override
    SqlEngine open(Path file, String key) {
      return NativeEngine.open(file, key);
    }
  };

  /** What is in every row, and in no file. */
  static final String SECRET = "nobody else must see this";

  abstract SqlEngine open(Path file, String key);

  Engines other() {
    return this == OURS ? NATIVE : OURS;
  }

  /** Skips the test where there is no native engine. */
  static void assumeInstalled() {
    assumeTrue(Programs.isInstalled("node", "--version"), "node is not installed");
    NodePackages.assumeNativeClient();
  }

  static void fill(SqlEngine engine, int rows) {
    engine.must("PRAGMA synchronous = OFF");
    engine.must("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT, b BLOB)");
    engine.must("CREATE INDEX t_v ON t(v)");
    engine.must(
        "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < "
            + rows
            + ") INSERT INTO t SELECT i, '"
            + SECRET
            + " ' || i, zeroblob(i % 100 * 30) FROM c");
  }

  static void assertHolds(SqlEngine engine, int rows) {
    String query = "SELECT count(*) FROM t WHERE v LIKE '" + SECRET + "%'";
    assertThat(engine.value(query)).as(engine.toString()).isEqualTo("" + rows);
    assertThat(engine.value("SELECT sum(length(b)) FROM t WHERE id <= 99"))
        .as(engine.toString())
        .isEqualTo("148500");
    assertSound(engine);
  }

  static void assertSound(SqlEngine engine) {
    assertThat(engine.must("PRAGMA integrity_check").rows())
        .as(engine.toString())
        .containsExactly("'ok'");
  }

  /** Looks for the content in all files of a folder. */
  static void assertNothingReadable(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isDirectory(file)) {
          continue;
        }
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content.contains("nobody else")).as(file.toString()).isFalse();
        assertThat(content.contains("SQLite format")).as(file.toString()).isFalse();
        assertThat(content.contains("CREATE TABLE")).as(file.toString()).isFalse();
      }
    }
  }

  /** Copies a database with its journal or log, as a power failure would leave them. */
  static void copy(Path from, Path to) throws IOException {
    for (String suffix : new String[] {"", "-wal", "-journal"}) {
      Path file = Path.of(from + suffix);
      if (Files.exists(file)) {
        Files.copy(file, Path.of(to + suffix));
      }
    }
  }
}
