package org.libsql4j.btree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libsql4j.btree.BtreeInteropTest.DemoSchema;
import org.libsql4j.error.LibsqlException;

/** Damage is found where the C library finds it, and told in the same words. */
class IntegrityCheckTest {
  private static final int FILES = 150;

  @TempDir Path directory;

  @ParameterizedTest(name = "page size {0}, auto-vacuum {1}")
  @CsvSource({"512,0", "1024,0", "4096,0", "512,1", "1024,2"})
  void tellsWhatTheRealEngineTells(int pageSize, int autoVacuum) throws Exception {
    DamagedFile source = new DamagedFile(directory, pageSize, autoVacuum, pageSize + autoVacuum);
    Path file = directory.resolve("damaged.db");
    int compared = 0;
    for (int i = 0; i < FILES; i++) {
      Files.write(file, source.next());
      List<String> theirs = theirMessages(file);
      List<String> ours = ourMessages(file);
      if (theirs != null && ours != null) {
        assertThat(ours).as("file %d", i).isEqualTo(theirs);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(FILES / 2);
  }

  /** What concerns pages; null if the schema cannot be read. */
  private static @Nullable List<String> theirMessages(Path file) throws SQLException {
    List<String> messages = new ArrayList<>();
    boolean any = false;
    try (Connection real = RealEngine.open(file);
        Statement statement = real.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check(1000)")) {
      while (rows.next()) {
        any = true;
        String row = rows.getString(1);
        if (row.startsWith("***")) {
          List<String> lines = Arrays.asList(row.split("\n"));
          messages.addAll(lines.subList(1, lines.size()));
        }
      }
    } catch (SQLException e) {
      if (!any) {
        return null;
      }
    }
    return messages;
  }

  private static @Nullable List<String> ourMessages(Path file) {
    Btree btree = BtreeFixture.onDisk(file.toString());
    try {
      btree.beginTransaction(false, false);
      int[] roots = DemoSchema.roots(btree);
      return btree.integrityCheck(new int[] {roots[0], roots[1], 1}, 1000, new long[3]);
    } catch (LibsqlException e) {
      return null;
    } finally {
      btree.close();
    }
  }
}
