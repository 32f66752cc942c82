package org.libsql4j.btree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libsql4j.btree.BtreeInteropTest.DemoSchema;

/** Our files are at most 2 % larger than those that the C library makes of the same changes. */
class CompactnessTest {
  private static final double LIMIT = 1.02;
  private static final int ROWS = 6000;

  @TempDir Path directory;

  @ParameterizedTest(name = "page size {0}, {1}")
  @CsvSource({
    "1024,sequential",
    "4096,sequential",
    "1024,random",
    "4096,random",
    "1024,mixed",
    "4096,mixed",
    "512,mixed",
    "4096,long",
    "1024,descending",
    "4096,descending"
  })
  void filesAreAsSmall(int pageSize, String pattern) throws Exception {
    Path ours = directory.resolve("ours.db");
    Path theirs = directory.resolve("theirs.db");
    Btree btree = BtreeFixture.onDisk(ours.toString());
    btree.setPageSize(pageSize, -1, false);
    btree.beginTransaction(true, false);
    int[] roots = DemoSchema.create(btree);
    btree.beginTransaction(true, false);
    TreeMap<Long, String> rows = new TreeMap<>();
    Random random = new Random(7);
    try (Connection real = RealEngine.open(theirs)) {
      RealEngine.run(
          real,
          "PRAGMA page_size=" + pageSize,
          "CREATE TABLE t(a)",
          "CREATE INDEX i ON t(a)",
          "BEGIN");
      PreparedStatement insert =
          real.prepareStatement("INSERT OR REPLACE INTO t(rowid, a) VALUES(?,?)");
      PreparedStatement delete = real.prepareStatement("DELETE FROM t WHERE rowid=?");
      for (int i = 1; i <= ROWS; i++) {
        long rowid =
            switch (pattern) {
              case "sequential", "long" -> i;
              case "descending" -> -i;
              case "random" -> random.nextInt();
              default -> random.nextInt(ROWS);
            };
        if (pattern.equals("mixed") && random.nextInt(3) == 0) {
          delete.setLong(1, rowid);
          delete.executeUpdate();
          DemoSchema.delete(btree, roots, rowid, rows);
        } else {
          String text = DemoSchema.text(random, pattern.equals("long") ? 4000 : 300);
          insert.setLong(1, rowid);
          insert.setString(2, text);
          insert.executeUpdate();
          DemoSchema.put(btree, roots, rowid, text, rows);
        }
      }
      RealEngine.run(real, "COMMIT");
    }
    btree.commit();
    btree.close();
    assertThat((double) Files.size(ours)).isLessThanOrEqualTo(Files.size(theirs) * LIMIT);
  }
}
