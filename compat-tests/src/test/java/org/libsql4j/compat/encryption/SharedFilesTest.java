package org.libsql4j.compat.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.compat.crash.ChildJvm;
import org.libsql4j.compat.engines.NativeEngine;
import org.libsql4j.compat.engines.SqlEngine;

/** What one of the engines has encrypted the other one reads, repairs and goes on with. */
@Execution(ExecutionMode.SAME_THREAD)
class SharedFilesTest {
  private static final String KEY = "a key of both, of more than thirty-two bytes";
  private static final long SEED = Long.getLong("compat.encryption.seed", System.nanoTime());
  private static final int TURNS = Integer.getInteger("compat.encryption.turns", 5);

  @TempDir Path folder;

  @BeforeAll
  static void isThereANativeEngine() {
    Engines.assumeInstalled();
  }

  @ParameterizedTest
  @CsvSource({
    "OURS,512", "OURS,1024", "OURS,4096", "OURS,65536",
    "NATIVE,512", "NATIVE,1024", "NATIVE,4096", "NATIVE,65536"
  })
  void filesAndLogs(Engines writer, int pageSize) throws IOException {
    Path file = folder.resolve("a.db");
    try (SqlEngine engine = writer.open(file, KEY)) {
      engine.must("PRAGMA page_size = " + pageSize);
      Engines.fill(engine, 300);
    }
    Engines.assertNothingReadable(folder);
    try (SqlEngine engine = writer.other().open(file, KEY)) {
      assertThat(engine.value("PRAGMA page_size")).isEqualTo("" + pageSize);
      Engines.assertHolds(engine, 300);
      engine.must("DELETE FROM t WHERE id > 200");
      engine.must("VACUUM");
    }
    Path copy = Files.createDirectory(folder.resolve("copy")).resolve("a.db");
    try (SqlEngine engine = writer.open(file, KEY)) {
      Engines.assertHolds(engine, 200);
      engine.must("PRAGMA journal_mode = WAL");
      engine.must("PRAGMA wal_autocheckpoint = 0");
      engine.must("PRAGMA cache_size = 5");
      engine.must("INSERT INTO t SELECT id + 1000, v, b FROM t");
      engine.must("UPDATE t SET v = v || ' and more'");
      Engines.copy(file, copy);
      Engines.assertNothingReadable(folder);
    }
    assertThat(Path.of(copy + "-wal")).isNotEmptyFile();
    try (SqlEngine engine = writer.other().open(copy, KEY)) {
      Engines.assertHolds(engine, 400);
      assertThat(engine.value("SELECT count(*) FROM t WHERE v LIKE '%more'")).isEqualTo("400");
      engine.must("PRAGMA wal_checkpoint(TRUNCATE)");
      Engines.assertHolds(engine, 400);
    }
    try (SqlEngine engine = writer.open(copy, KEY)) {
      Engines.assertHolds(engine, 400);
    }
    Engines.assertNothingReadable(copy.getParent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist", "wal"})
  void byTurnsAndAtTheSameTime(String mode) throws IOException {
    Path file = folder.resolve("a.db");
    System.out.println("SharedFilesTest " + mode + ": seed " + SEED);
    Random random = new Random(SEED);
    boolean isWal = mode.equals("wal");
    int rows = 200;
    try (SqlEngine engine = Engines.OURS.open(file, KEY)) {
      Engines.fill(engine, rows);
    }
    for (int turn = 0; turn < TURNS; turn++) {
      Engines first = random.nextBoolean() ? Engines.OURS : Engines.NATIVE;
      try (SqlEngine one = first.open(file, KEY);
          SqlEngine two = first.other().open(file, KEY)) {
        one.must("PRAGMA journal_mode = " + mode);
        one.must("PRAGMA synchronous = OFF");
        two.must("PRAGMA synchronous = OFF");
        for (SqlEngine engine : new SqlEngine[] {one, two, one}) {
          engine.must("PRAGMA cache_size = " + (3 + random.nextInt(50)));
          int added = 1 + random.nextInt(200);
          engine.must("BEGIN IMMEDIATE");
          engine.must(
              "INSERT INTO t(v, b) SELECT v, zeroblob("
                  + random.nextInt(2000)
                  + ") FROM t LIMIT "
                  + added);
          engine.must("SAVEPOINT s");
          engine.must("UPDATE t SET v = v || 'x' WHERE id % 3 = " + random.nextInt(3));
          // The native engine leaves a log that nobody can recover if it rolls back to a savepoint
          // after some pages went to the log, and does not run a checkpoint when it is closed.
          boolean undoes = random.nextBoolean() && !(engine instanceof NativeEngine && isWal);
          engine.must(undoes ? "ROLLBACK TO s" : "RELEASE s");
          boolean commits = random.nextInt(4) > 0;
          engine.must(commits ? "COMMIT" : "ROLLBACK");
          rows += commits ? Math.min(added, rows) : 0;
          Engines.assertHolds(one, rows);
          Engines.assertHolds(two, rows);
        }
      }
      Engines.assertNothingReadable(folder);
    }
  }

  @ParameterizedTest
  @EnumSource
  void journalOfAKilledProcess(Engines killed) throws Exception {
    for (String mode : new String[] {"delete", "persist"}) {
      Path file = folder.resolve(mode + ".db");
      try (SqlEngine engine = killed.other().open(file, KEY)) {
        Engines.fill(engine, 400);
      }
      if (killed == Engines.NATIVE) {
        NativeEngine engine = NativeEngine.open(file, KEY);
        UnfinishedWork.statements(mode).forEach(engine::must);
        engine.kill();
      } else {
        Process child = ChildJvm.start(UnfinishedWork.class, file.toString(), KEY, mode);
        assertThat(child.inputReader().readLine()).isEqualTo("changed");
        child.destroyForcibly().waitFor();
      }
      assertThat(Path.of(file + "-journal")).isNotEmptyFile();
      Engines.assertNothingReadable(folder);
      // Who has another key, or none, leaves the journal to those who have the right one.
      for (String wrong : new String[] {"wrong", ""}) {
        try (SqlEngine engine = Engines.OURS.open(file, wrong)) {
          assertThat(engine.run("SELECT count(*) FROM t").error().code()).isEqualTo(26);
        }
      }
      try (SqlEngine engine = killed.other().open(file, KEY)) {
        Engines.assertHolds(engine, 400);
        assertThat(engine.value("SELECT count(*) FROM t WHERE v LIKE '%lost%'")).isEqualTo("0");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rekey(Engines changes) throws IOException {
    Path file = folder.resolve("a.db");
    try (SqlEngine engine = changes.other().open(file, "")) {
      Engines.fill(engine, 300);
    }
    String[] keys = {"", "one", "two", ""};
    for (int i = 1; i < keys.length; i++) {
      try (SqlEngine engine = changes.open(file, keys[i - 1])) {
        Engines.assertHolds(engine, 300);
        assertThat(engine.must("PRAGMA rekey = '" + keys[i] + "'").rows()).containsExactly("'ok'");
        Engines.assertHolds(engine, 300);
      }
      try (SqlEngine engine = changes.other().open(file, keys[i])) {
        Engines.assertHolds(engine, 300);
      }
      if (!keys[i].isEmpty()) {
        Engines.assertNothingReadable(folder);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void vacuumAndAttach(Engines writer) throws IOException {
    Path file = folder.resolve("a.db");
    Path own = folder.resolve("own.db");
    Path inherited = folder.resolve("inherited.db");
    Path vacuumed = folder.resolve("vacuumed.db");
    try (SqlEngine engine = writer.open(file, KEY)) {
      Engines.fill(engine, 300);
      engine.must("ATTACH '" + own + "' AS own KEY 'its own'");
      engine.must("ATTACH '" + inherited + "' AS inherited");
      engine.must("CREATE TABLE own.t AS SELECT * FROM main.t");
      engine.must("CREATE TABLE inherited.t AS SELECT * FROM main.t");
      engine.must("DETACH own");
      engine.must("DETACH inherited");
    }
    try (SqlEngine engine = writer.open(file, KEY)) {
      engine.must("VACUUM INTO '" + vacuumed + "'");
      engine.must("VACUUM");
    }
    Engines.assertNothingReadable(folder);
    assertOtherReads(writer, file, KEY);
    assertOtherReads(writer, own, "its own");
    assertOtherReads(writer, inherited, KEY);
    assertOtherReads(writer, vacuumed, KEY);
  }

  private static void assertOtherReads(Engines writer, Path file, String key) {
    try (SqlEngine engine = writer.other().open(file, key)) {
      Engines.assertHolds(engine, 300);
    }
  }
}
