package org.libsql4j.compat.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.compat.engines.RealEngine;

/** Files that are not as they should be: the right code and message, no hang, no byte changed. */
class BadFilesTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final List<String> READING =
      List.of(
          "SELECT count(*) FROM t",
          "SELECT sum(a) FROM t WHERE a > 3",
          "SELECT b FROM t WHERE a = 77",
          "SELECT max(b) FROM t INDEXED BY t_b WHERE b > 'text 2'",
          "PRAGMA page_count",
          "PRAGMA user_version");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void readingFailsLikeTheRealEngine(BadFile bad) throws Exception {
    for (String sql : READING) {
      Path theirs = fresh("theirs.db", bad);
      Path ours = fresh("ours.db", bad);
      byte[] before = Files.readAllBytes(ours);
      String answer = assertTimeoutPreemptively(LIMIT, () -> Attempt.ours(ours, false, sql));
      assertAlike(bad, answer, Attempt.real(theirs, false, sql), sql);
      // A hot journal, however broken, sets the length of the file.
      boolean recovered = bad == BadFile.BROKEN_JOURNAL;
      assertSame(ours, recovered ? Files.readAllBytes(theirs) : before, sql);
    }
  }

  /** Addresses beyond the page: the real engine folds them into it, we say that they are wrong. */
  private static void assertAlike(BadFile bad, String ours, String real, String sql) {
    if (bad == BadFile.CELL_POINTERS_BEYOND && !ours.equals(real)) {
      assertThat(ours).as(sql).isEqualTo("[11] database disk image is malformed");
    } else {
      assertThat(ours).as(sql).isEqualTo(real);
    }
  }

  private static void assertSame(Path file, byte[] expected, String sql) throws IOException {
    assertThat(Arrays.equals(Files.readAllBytes(file), expected)).as("file after " + sql).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void writingFailsLikeTheRealEngine(BadFile bad) throws Exception {
    for (String sql :
        List.of("INSERT INTO t(b) VALUES ('new')", "UPDATE t SET b = b || 'x' WHERE a = 77")) {
      Path theirs = fresh("theirs.db", bad);
      Path ours = fresh("ours.db", bad);
      byte[] before = Files.readAllBytes(ours);
      String answer = assertTimeoutPreemptively(LIMIT, () -> Attempt.ours(ours, false, sql));
      assertAlike(bad, answer, Attempt.real(theirs, false, sql), sql);
      if (!answer.isEmpty() && bad != BadFile.BROKEN_JOURNAL) {
        assertSame(ours, before, sql);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReadOnlyFileIsNeverChanged(BadFile bad) throws Exception {
    for (String sql : List.of("SELECT count(*) FROM t", "DELETE FROM t")) {
      Path theirs = fresh("theirs.db", bad);
      Path ours = fresh("ours.db", bad);
      byte[] before = Files.readAllBytes(ours);
      String answer = assertTimeoutPreemptively(LIMIT, () -> Attempt.ours(ours, true, sql));
      assertThat(answer).as(sql).isEqualTo(Attempt.real(theirs, true, sql));
      assertSame(ours, before, sql);
    }
  }

  private Path fresh(String name, BadFile bad) throws Exception {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    Files.deleteIfExists(BadFile.journal(file));
    bad.create(file);
    return file;
  }

  @Test
  void aFolderIsNoDatabase() {
    // The driver of the real engine has the primary code only, 14.
    assertThat(Attempt.ours(folder, false, "SELECT 1 FROM sqlite_schema"))
        .isEqualTo("[526] unable to open database file");
    assertThat(Attempt.real(folder, false, "SELECT 1 FROM sqlite_schema"))
        .isEqualTo("[14] unable to open database file");
  }

  /** The real engine's driver looks at the folder itself; this is what SQLite says. */
  @Test
  void theFolderMustExist() {
    assertThat(Attempt.ours(folder.resolve("none/x.db"), false, "SELECT 1"))
        .isEqualTo("[14] unable to open database file");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void aMissingFileIsNotCreatedForReading() {
    Path file = folder.resolve("missing.db");
    assertThat(Attempt.ours(file, true, "SELECT 1 FROM sqlite_schema"))
        .isEqualTo(Attempt.real(file, true, "SELECT 1 FROM sqlite_schema"))
        .startsWith("[14]");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileInUseIsBusy() throws Exception {
    Path theirs = fresh("theirs.db", BadFile.ZERO_JOURNAL);
    Path ours = fresh("ours.db", BadFile.ZERO_JOURNAL);
    try (RealEngine real = RealEngine.open(theirs);
        OurEngine engine = OurEngine.open(ours)) {
      real.must("BEGIN EXCLUSIVE");
      engine.must("BEGIN EXCLUSIVE");
      for (String sql : List.of("SELECT * FROM t", "DELETE FROM t", "BEGIN IMMEDIATE")) {
        String answer = assertTimeoutPreemptively(LIMIT, () -> Attempt.ours(ours, false, sql));
        assertThat(answer).isEqualTo(Attempt.real(theirs, false, sql)).startsWith("[5]");
      }
    }
  }
}
