package org.libsql4j.compat.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.compat.engines.RealEngine;
import org.libsql4j.compat.engines.SqlEngine;

/**
 * A writing process is killed again and again; whoever opens the file next finds all transfers that
 * were reported, at most one more, and no money lost.
 *
 * <p>The next one is ours, the real engine, or another child that is killed in turn.
 */
@Execution(ExecutionMode.SAME_THREAD)
class KillNineTest {
  private static final int KILLS = Integer.getInteger("compat.kills", 200) / 3;
  private static final long BUDGET_MILLIS = Long.getLong("compat.kill.millis", 20_000);
  private static final long SEED = Long.getLong("compat.kill.seed", System.nanoTime());

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private Path file;
  private long reported;
  private int hotJournals;

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist", "wal"})
  void nothingCommittedIsLost(String journalMode) throws Exception {
    file = folder.resolve(journalMode + ".db");
    create();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BUDGET_MILLIS);
    int kills = 0;
    while (kills < KILLS && System.nanoTime() < end) {
      runAndKill(journalMode);
      kills++;
      if (kills % 3 != 0) {
        check(kills % 3 == 1 ? OurEngine.open(file) : RealEngine.open(file));
      }
    }
    check(OurEngine.open(file));
    check(RealEngine.open(file));
    System.out.printf(
        "%s: %d kills, %d hot journals, %d transfers; seed %d%n",
        journalMode, kills, hotJournals, reported, SEED);
    assertThat(reported).isPositive();
  }

  private void create() {
    try (RealEngine real = RealEngine.open(file)) {
      real.must("PRAGMA page_size = 1024");
      real.must("CREATE TABLE account(id INTEGER PRIMARY KEY, balance INT, name TEXT)");
      real.must("CREATE INDEX account_balance ON account(balance, name)");
      real.must("CREATE TABLE counter(n INT)");
      real.must("CREATE TABLE log(id INTEGER PRIMARY KEY, n INT UNIQUE, note TEXT)");
      real.must("INSERT INTO counter VALUES (0)");
      real.must(
          "WITH RECURSIVE c(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM c WHERE i < "
              + (TransferProcess.ACCOUNTS - 1)
              + ") INSERT INTO account SELECT i, "
              + TransferProcess.MONEY / TransferProcess.ACCOUNTS
              + ", printf('%50d', i) FROM c");
    }
  }

  private void runAndKill(String journalMode) throws IOException, InterruptedException {
    Process child =
        ChildJvm.start(
            TransferProcess.class, file.toString(), journalMode, Long.toString(random.nextLong()));
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      String first = lines.readLine();
      assertThat(first).as("seed %s", SEED).startsWith("start ");
      assertThat(Long.parseLong(first.substring(6))).isBetween(reported, reported + 1);
      reported = Long.parseLong(first.substring(6));
      for (int i = random.nextInt(20); i > 0; i--) {
        reported = Long.parseLong(lines.readLine());
      }
      Thread.sleep(random.nextInt(10), random.nextInt(1_000_000));
      // SIGKILL; unlike Process.destroyForcibly, what the child has printed stays readable.
      child.toHandle().destroyForcibly();
      child.waitFor();
      noteReports(lines);
    }
    Path journal = Path.of(file + "-journal");
    if (Files.exists(journal) && Files.size(journal) > 0) {
      byte[] head = new byte[8];
      try (var in = Files.newInputStream(journal)) {
        in.readNBytes(head, 0, 8);
      }
      hotJournals += head[0] != 0 ? 1 : 0;
    }
  }

  /** Lines that are complete were printed after a commit; the last one may be cut off. */
  private void noteReports(BufferedReader lines) throws IOException {
    StringBuilder all = new StringBuilder();
    for (int c = lines.read(); c >= 0; c = lines.read()) {
      all.append((char) c);
    }
    String[] complete = all.substring(0, all.lastIndexOf("\n") + 1).split("\n");
    String last = complete[complete.length - 1];
    if (!last.isEmpty()) {
      reported = Long.parseLong(last);
    }
  }

  private void check(SqlEngine next) {
    try (next) {
      String what = next + ", seed " + SEED;
      assertThat(next.value("SELECT sum(balance) FROM account"))
          .as(what)
          .isEqualTo(Integer.toString(TransferProcess.MONEY));
      long number = Long.parseLong(next.value("SELECT n FROM counter"));
      assertThat(number).as(what).isBetween(reported, reported + 1);
      assertThat(next.value("SELECT coalesce(max(n), 0) FROM log")).as(what).isEqualTo("" + number);
      assertThat(next.must("PRAGMA integrity_check").rows()).as(what).containsExactly("'ok'");
      reported = number;
    }
  }
}
