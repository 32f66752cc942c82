package org.libsql4j.compat.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.Database;
import org.libsql4j.EncryptionConfig;
import org.libsql4j.compat.crash.ChildJvm;
import org.libsql4j.compat.engines.NativeEngine;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.compat.engines.Programs;
import org.libsql4j.compat.engines.RealEngine;
import org.libsql4j.compat.engines.SqlEngine;
import org.libsql4j.compat.sqld.NodePackages;

/**
 * Two JVMs with ours, the {@code sqlite3} shell and the native libSQL under node move money in one
 * file and look at it, all at the same time; every second one of them is killed, now and then all
 * of them. Whoever comes next recovers; nobody ever sees money that is lost or an error other than
 * BUSY.
 */
@Execution(ExecutionMode.SAME_THREAD)
class MixedProcessesTest {
  private static final long MILLIS = Long.getLong("compat.interop.millis", 6_000);
  private static final long SEED = Long.getLong("compat.interop.seed", System.nanoTime());

  private static final int KINDS = 4;

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private Path file;
  private Path script;

  /** Empty if the file is not encrypted. */
  private String key = "";

  private long moves;
  private long looks;
  private long busy;
  private long movesOfTheRealOnes;
  private int kills;
  private final List<String> failures = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  void allSeeAllOfTheMoney(String journalMode) throws Exception {
    work(journalMode);
    check(OurEngine.open(file));
    check(RealEngine.open(file));
  }

  /** The shell cannot read it: a second native libSQL takes its place. */
  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  void theBankMayBeEncrypted(String journalMode) throws Exception {
    key = "key of the bank";
    work(journalMode);
    check(ours());
    check(NativeEngine.open(file, key));
  }

  private OurEngine ours() {
    EncryptionConfig config = EncryptionConfig.aes256Cbc(key);
    Database database = Database.builder(file.toString()).encryption(config).build();
    return OurEngine.of(database.connect());
  }

  private void work(String journalMode) throws Exception {
    assumeTrue(Programs.isInstalled("sqlite3", "-version"), "the sqlite3 shell is not installed");
    assumeTrue(Programs.isInstalled("node", "--version"), "node is not installed");
    NodePackages.assumeNativeClient();
    prepare(journalMode);
    Worker[] workers = new Worker[KINDS];
    for (int kind = 0; kind < KINDS; kind++) {
      workers[kind] = start(kind);
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    long latest = end + TimeUnit.SECONDS.toNanos(60);
    for (int second = 1; failures.isEmpty(); second++) {
      Thread.sleep(700 + random.nextInt(600));
      if (System.nanoTime() > (haveAllWorked(workers) ? end : latest)) {
        break;
      }
      if (second % 5 == 0 && System.nanoTime() < end) {
        killAll(workers);
      } else {
        replace(workers, victim(workers));
      }
      for (int kind = 0; kind < KINDS; kind++) {
        if (!workers[kind].isAlive()) {
          workers[kind].join();
          add(workers[kind]);
          workers[kind] = start(kind);
        }
      }
    }
    for (Worker worker : workers) {
      worker.stop();
    }
    for (Worker worker : workers) {
      worker.join();
      add(worker);
    }
    System.out.printf(
        "%s: %d ms, %d moves (%d of them by the real engines), %d looks, %d times busy, %d kills;"
            + " seed %d%n",
        journalMode, MILLIS, moves, movesOfTheRealOnes, looks, busy, kills, SEED);
    assertThat(failures).as("seed " + SEED).isEmpty();
    assertThat(movesOfTheRealOnes).isPositive().isLessThan(moves);
    assertThat(looks).isPositive();
  }

  private void prepare(String journalMode) throws IOException {
    file = folder.resolve("bank.db");
    try (SqlEngine engine = key.isEmpty() ? RealEngine.open(file) : ours()) {
      Bank.creation(journalMode).forEach(engine::must);
    }
    script = folder.resolve("worker.js");
    try (InputStream in = MixedProcessesTest.class.getResourceAsStream("worker.js")) {
      Files.copy(in, script);
    }
  }

  private Worker start(int kind) throws IOException {
    long seed = random.nextInt(Integer.MAX_VALUE);
    return switch (kind) {
      case 0, 1 ->
          new Worker.Listening(
                  "ours " + kind,
                  seed,
                  ChildJvm.start(OurWorker.class, file.toString(), Long.toString(seed), key))
              .start();
      case 2 -> key.isEmpty() ? new ShellWorker(file, seed).start() : startNode(seed);
      default -> startNode(seed);
    };
  }

  private Worker startNode(long seed) throws IOException {
    Process process =
        new ProcessBuilder(
                "node",
                script.toString(),
                NodePackages.folder().resolve("libsql").toString(),
                file.toString(),
                Long.toString(seed),
                Integer.toString(Bank.ACCOUNTS),
                Bank.SOUND,
                Bank.CHECK,
                key)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Worker.Listening("node", seed, process).start();
  }

  /** Whether ours and the real engines have done anything yet; a busy machine may take long. */
  private boolean haveAllWorked(Worker[] workers) {
    boolean ours = moves > movesOfTheRealOnes || workers[0].hasWorked() || workers[1].hasWorked();
    boolean real = movesOfTheRealOnes > 0 || workers[2].hasWorked() || workers[3].hasWorked();
    return ours && real;
  }

  /** One that has done something already, if there is one: a JVM takes its time to start. */
  private int victim(Worker[] workers) {
    int kind = random.nextInt(KINDS);
    for (int i = 0; i < KINDS && !workers[kind].hasWorked(); i++) {
      kind = (kind + 1) % KINDS;
    }
    return kind;
  }

  private void replace(Worker[] workers, int kind) throws Exception {
    kills++;
    workers[kind].kill();
    workers[kind].join();
    add(workers[kind]);
    workers[kind] = start(kind);
  }

  /** Whoever starts first finds what all of them have left. */
  private void killAll(Worker[] workers) throws Exception {
    for (Worker worker : workers) {
      worker.kill();
    }
    int first = random.nextInt(KINDS);
    for (int i = 0; i < KINDS; i++) {
      workers[i].join();
      add(workers[i]);
      kills++;
    }
    for (int i = 0; i < KINDS; i++) {
      workers[(first + i) % KINDS] = start((first + i) % KINDS);
      Thread.sleep(random.nextInt(100));
    }
  }

  private void add(Worker worker) {
    moves += worker.moves;
    looks += worker.looks;
    busy += worker.busy;
    if (!worker.name.startsWith("ours")) {
      movesOfTheRealOnes += worker.moves;
    }
    if (!worker.failure.isEmpty()) {
      failures.add(worker.name + ", its seed " + worker.seed + ":" + worker.failure);
    }
  }

  private void check(SqlEngine engine) {
    try (engine) {
      assertThat(engine.must("PRAGMA integrity_check").rows()).containsExactly("'ok'");
      String seen = engine.value(Bank.CHECK).replace("'", "");
      assertThat(seen).startsWith(Bank.SOUND);
      long counted = Long.parseLong(seen.substring(Bank.SOUND.length()));
      assertThat(counted).as("moves, seed " + SEED).isBetween(moves, moves + kills);
    }
  }
}
