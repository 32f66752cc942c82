package org.libsql4j.compat.input;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.error.LibsqlException;

/** Files with random bytes changed: an answer or an SQL error, and never a hang. */
class DamagedBytesTest {
  private static final int FILES = Integer.getInteger("compat.damaged.files", 300);
  private static final long SEED = Long.getLong("compat.damaged.seed", 20_260_101);

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT * FROM t ORDER BY a",
          "SELECT b, a FROM t ORDER BY b",
          "SELECT count(*) FROM t",
          "PRAGMA integrity_check",
          "INSERT INTO t(b) VALUES ('new'), ('newer'), (printf('%5000d', 1))",
          "UPDATE t SET b = b || 'x' WHERE a % 7 = 0",
          "DELETE FROM t WHERE a % 3 = 0",
          "CREATE TABLE u AS SELECT * FROM t",
          "DROP TABLE t",
          "PRAGMA integrity_check");

  @TempDir Path folder;

  @Test
  void damageIsReported() throws Exception {
    Path sound = folder.resolve("sound.db");
    BadFile.ZERO_JOURNAL.create(sound);
    byte[] bytes = Files.readAllBytes(sound);
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("damaged.db");
      Random random = new Random(SEED + i);
      Files.write(file, damaged(bytes, random));
      Files.deleteIfExists(BadFile.journal(file));
      assertTimeoutPreemptively(
          Duration.ofSeconds(30), () -> use(file), "file " + i + " of seed " + SEED);
    }
  }

  private static byte[] damaged(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    int page = random.nextInt(bytes.length / 1024);
    for (int i = random.nextInt(6); i >= 0; i--) {
      // Mostly in the headers and pointers at the beginning of pages.
      int range = random.nextInt(3) == 0 ? 1024 : page == 0 ? 140 : 40;
      bytes[page * 1024 + random.nextInt(range)] = (byte) random.nextInt();
      page = random.nextBoolean() ? page : random.nextInt(bytes.length / 1024);
    }
    return bytes;
  }

  private static void use(Path file) {
    try (OurEngine engine = OurEngine.open(file)) {
      STATEMENTS.forEach(engine::run);
    } catch (LibsqlException e) {
      // What opening or closing a damaged file may say.
    }
  }
}
