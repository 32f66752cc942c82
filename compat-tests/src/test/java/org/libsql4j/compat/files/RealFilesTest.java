package org.libsql4j.compat.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.compat.engines.RealEngine;

/** Files made by the real engine are read completely, and changed as it would change them. */
class RealFilesTest {
  @TempDir Path folder;

  /** The settings took effect: what the bytes of the file's header say. */
  @ParameterizedTest
  @CsvSource({
    "PAGES_OF_512, 16, 0x0200",
    "PAGES_OF_1024, 16, 0x0400",
    "PAGES_OF_4096, 16, 0x1000",
    "PAGES_OF_65536, 16, 0x0001",
    "UTF_16LE, 58, 2",
    "UTF_16BE, 58, 3",
    "AUTO_VACUUM_INCREMENTAL, 66, 1",
    "RESERVED_BYTES, 20, 0x0840",
    "WAL_CLOSED, 18, 0x0202",
    "SCHEMA_FORMAT_1, 46, 1",
    "MANY_OBJECTS, 46, 4"
  })
  void hasItsShape(SampleFile sample, int offset, String value) throws Exception {
    Path file = folder.resolve("theirs.db");
    sample.create(file);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      bytes.seek(offset);
      assertThat(bytes.readUnsignedShort()).isEqualTo(Integer.decode(value));
    }
  }

  /** Files whose shape is in the numbers of pages: largest root page, free pages. */
  @Test
  void haveFreePagesOrPointerMaps() throws Exception {
    for (SampleFile sample : List.of(SampleFile.AUTO_VACUUM_FULL, SampleFile.FREE_PAGES)) {
      Path file = folder.resolve(sample + ".db");
      sample.create(file);
      try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
        bytes.seek(sample == SampleFile.FREE_PAGES ? 36 : 52);
        assertThat(bytes.readInt()).isGreaterThan(4);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isReadCompletely(SampleFile sample) throws Exception {
    Path theirs = folder.resolve("theirs.db");
    sample.create(theirs);
    Path ours = Files.copy(theirs, folder.resolve("ours.db"));

    List<String> queries;
    FileContent expected;
    try (RealEngine real = RealEngine.open(theirs)) {
      queries = FileContent.queries(real);
      expected = FileContent.read(real, queries);
    }
    assertThat(expected.failures()).isEmpty();
    assertThat(expected.rowCount()).isGreaterThan(500);
    try (OurEngine engine = OurEngine.open(ours)) {
      assertThat(FileContent.read(engine, queries).firstDifference(expected)).isEmpty();
    }
  }

  /** What was committed to a log that nobody has checkpointed is there. */
  @Test
  void readsTheLogBesideAFile() throws Exception {
    Path theirs = folder.resolve("theirs.db");
    Path ours = folder.resolve("ours.db");
    try (RealEngine real = RealEngine.open(theirs)) {
      real.must("PRAGMA journal_mode = WAL");
      real.must("CREATE TABLE t(x)");
      real.must("INSERT INTO t VALUES (1), (2)");
      Files.copy(theirs, ours);
      Files.copy(folder.resolve("theirs.db-wal"), folder.resolve("ours.db-wal"));
    }
    try (OurEngine engine = OurEngine.open(ours)) {
      assertThat(engine.must("SELECT * FROM t").rows()).containsExactly("1", "2");
    }
  }

  /** Scales the test: how many statements change each file. */
  private static final int STATEMENTS = Integer.getInteger("compat.files.statements", 10_000);

  private static final long SEED = Long.getLong("compat.files.seed", 20_260_101);

  @ParameterizedTest
  @EnumSource
  void isChangedAlike(SampleFile sample) throws Exception {
    Path theirs = folder.resolve("theirs.db");
    sample.create(theirs);
    Path ours = Files.copy(theirs, folder.resolve("ours.db"));
    try (RealEngine real = RealEngine.open(theirs);
        OurEngine engine = OurEngine.open(ours)) {
      real.must("PRAGMA synchronous = OFF");
      engine.must("PRAGMA synchronous = OFF");
      ChangeGenerator changes = new ChangeGenerator(SEED, TableShape.of(real));
      for (int i = 0; i < STATEMENTS; i++) {
        String sql = changes.next();
        assertThat(engine.run(sql)).as("statement %s: %s", i, sql).isEqualTo(real.run(sql));
      }
      engine.run("COMMIT");
      real.run("COMMIT");
      assertThat(engine.totalChanges()).isEqualTo(real.totalChanges());
      assertThat(engine.must("PRAGMA integrity_check").rows()).containsExactly("'ok'");
    }
    assertSameContent(ours, theirs);
  }

  /** Both files as the real engine sees them. */
  private static void assertSameContent(Path ours, Path theirs) {
    try (RealEngine left = RealEngine.open(ours);
        RealEngine right = RealEngine.open(theirs)) {
      assertThat(left.must("PRAGMA integrity_check").rows()).containsExactly("'ok'");
      List<String> queries = FileContent.queries(right);
      FileContent expected = FileContent.read(right, queries);
      assertThat(expected.failures()).isEmpty();
      assertThat(FileContent.read(left, queries).firstDifference(expected)).isEmpty();
    }
  }
}
