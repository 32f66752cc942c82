package org.libsql4j.btree;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Random;

/** Makes a database with all kinds of pages and damages copies of it. */
final class DamagedFile {
  private final byte[] sound;
  private final int pageSize;
  private final Random random;

  DamagedFile(Path directory, int pageSize, int autoVacuum, long seed) throws Exception {
    this.pageSize = pageSize;
    this.random = new Random(seed);
    Path file = directory.resolve("sound-" + pageSize + "-" + autoVacuum + ".db");
    try (Connection real = RealEngine.open(file)) {
      RealEngine.run(
          real,
          "PRAGMA page_size=" + pageSize,
          "PRAGMA auto_vacuum=" + autoVacuum,
          "CREATE TABLE t(a,b)",
          "CREATE INDEX i ON t(a)",
          "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM x WHERE n<600)"
              + " INSERT INTO t SELECT substr(hex(n*n*7919 || n*131), 1, n*17%40+1),"
              + " CASE WHEN n%40=0 THEN zeroblob(2000) ELSE n END FROM x",
          "DELETE FROM t WHERE rowid%5=0");
      if (autoVacuum != 1) {
        RealEngine.run(real, "DELETE FROM t WHERE rowid BETWEEN 100 AND 250");
      }
    }
    sound = Files.readAllBytes(file);
  }

  /** A copy with up to four bytes changed, most often where they matter. */
  byte[] next() {
    byte[] data = sound.clone();
    int page = random.nextInt(data.length / pageSize);
    int offset;
    if (random.nextInt(3) == 0) {
      offset = random.nextInt(pageSize);
    } else {
      offset = random.nextInt(24);
      if (page == 0) {
        offset += random.nextInt(3) == 0 ? 28 : 100;
      }
    }
    int count = random.nextInt(4) == 0 ? 4 : 1;
    int start = page * pageSize + offset;
    for (int i = start; i < start + count && i < data.length; i++) {
      data[i] = (byte) (random.nextBoolean() ? random.nextInt(8) : random.nextInt(256));
    }
    return data;
  }
}
