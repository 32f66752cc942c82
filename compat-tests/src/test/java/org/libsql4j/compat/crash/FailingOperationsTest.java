package org.libsql4j.compat.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libsql4j.Connection;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.compat.engines.Outcome;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.faults.FailingVfs;
import org.libsql4j.faults.PowerCut;
import org.libsql4j.faults.RecordingVfs;
import org.libsql4j.vfs.Clock;
import org.libsql4j.vfs.DeviceCharacteristics;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.Sleeper;
import org.libsql4j.vfs.VfsEnvironment;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * Every operation on files fails once, or from then on, while a database is opened and changed by
 * each of fifty transactions; and every allocation of a page. There is one clean error, the
 * connection goes on after ROLLBACK, and nothing is lost, half done, left open or locked; not even
 * if the power goes at some moment after that.
 */
class FailingOperationsTest {
  private static final int TRANSACTIONS = 50;
  private static final int SEEDS = Integer.getInteger("compat.faults.seeds", 1);
  private static final long FIRST_SEED = Long.getLong("compat.faults.seed", 1);

  /** How many faults to try for a workload and a seed at most; the others are left out evenly. */
  private static final int FAULTS = Integer.getInteger("compat.faults.count", 110);

  /** The only case to try: {@code KIND,TROUBLE,transaction,k}. */
  private static final String ONLY = System.getProperty("compat.faults.case", "");

  /** What goes wrong. */
  private enum Trouble {
    IO_ERROR,
    IO_ERRORS,
    DISK_FULL,
    DISK_STAYS_FULL,
    SHORT_READ,
    INTERRUPT,
    NO_MEMORY;

    void arrange(FailingVfs vfs, int skip) {
      switch (this) {
        case IO_ERROR -> vfs.failAfter(skip, 1, FailingVfs.Fault.IO_ERROR);
        case IO_ERRORS -> vfs.failAfter(skip, 1_000_000, FailingVfs.Fault.IO_ERROR);
        case DISK_FULL -> vfs.failAfter(skip, 1, FailingVfs.Fault.DISK_FULL);
        case DISK_STAYS_FULL -> vfs.failAfter(skip, 1_000_000, FailingVfs.Fault.DISK_FULL);
        case SHORT_READ -> vfs.failAfter(skip, 1, FailingVfs.Fault.SHORT_READ);
        case NO_MEMORY -> vfs.failAfter(skip, 1, FailingVfs.Fault.NO_MEMORY);
        case INTERRUPT -> {}
      }
    }

    boolean allows(ResultCode failure, ResultCode reported) {
      return switch (this) {
        case INTERRUPT -> reported == ResultCode.INTERRUPT;
        case SHORT_READ ->
            reported == ResultCode.IOERR_SHORT_READ
                || reported == ResultCode.CORRUPT
                || reported == ResultCode.NOTADB;
        case IO_ERROR, DISK_FULL, NO_MEMORY -> reported == failure;
        case IO_ERRORS, DISK_STAYS_FULL ->
            reported.primary() == ResultCode.IOERR
                || reported.primary() == ResultCode.FULL
                || reported.primary() == ResultCode.CANTOPEN;
      };
    }
  }

  private static int allTried;

  private int tried;
  private int reported;
  private int reached;

  @AfterAll
  static void report() {
    System.out.println(allTried + " faults in all");
  }

  /** A header of an older transaction, which a new journal must not be continued by, is missed. */
  @ParameterizedTest
  @EnumSource(names = {"PERSIST", "EXCLUSIVE"})
  void staleHeaderThatIsNotReadWhole(Workload.Kind kind) {
    Workload workload = new Workload(kind, 2, "", TRANSACTIONS);
    tryFault(workload, snapshots(workload).get(20), 21, Trouble.SHORT_READ, 8);
  }

  @ParameterizedTest
  @EnumSource
  void oneCleanErrorAndNoDamage(Workload.Kind kind) {
    if (!ONLY.isEmpty() && !ONLY.startsWith(kind + ",")) {
      return;
    }
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Workload workload = new Workload(kind, seed, "", TRANSACTIONS);
      if (!ONLY.isEmpty()) {
        String[] parts = ONLY.split(",");
        int number = Integer.parseInt(parts[2]);
        Map<String, byte[]> files = snapshots(workload).get(number - 1);
        tryFault(workload, files, number, Trouble.valueOf(parts[1]), Integer.parseInt(parts[3]));
        continue;
      }
      tryAll(workload);
    }
    allTried += tried;
    System.out.printf(
        "%s: %d faults tried, %d of them took place, %d made a statement fail; seeds %d to %d%n",
        kind, tried, reached, reported, FIRST_SEED, FIRST_SEED + SEEDS - 1);
  }

  private void tryAll(Workload workload) {
    List<Map<String, byte[]>> snapshots = snapshots(workload);
    double perCase = (double) FAULTS / TRANSACTIONS / Trouble.values().length;
    double due = 0;
    Random random = new Random(workload.seed);
    for (int number = 1; number <= TRANSACTIONS; number++) {
      Map<String, byte[]> files = snapshots.get(number - 1);
      for (Trouble trouble : Trouble.values()) {
        due += perCase;
        if (due >= 1) {
          int operations = operationsOf(workload, files, number, trouble);
          double stride = Math.max(1, operations / Math.floor(due));
          due -= Math.floor(due);
          for (double k = random.nextDouble() * stride; k < operations; k += stride) {
            tryFault(workload, files, number, trouble, (int) k);
          }
        }
      }
    }
  }

  /** The files after each transaction, with a connection open; at 0 those before the first one. */
  private static List<Map<String, byte[]>> snapshots(Workload workload) {
    MemoryVfs memory = memory(workload, Map.of());
    List<Map<String, byte[]>> snapshots = new ArrayList<>();
    try (OurEngine engine = open(memory, workload, 0)) {
      workload.creation().forEach(engine::must);
    }
    snapshots.add(files(memory));
    try (OurEngine engine = open(memory, workload, 0)) {
      workload.settings().forEach(engine::must);
      for (int i = 1; i <= TRANSACTIONS; i++) {
        workload.transaction(i).forEach(engine::must);
        workload.maintenance(i).forEach(engine::must);
        snapshots.add(files(memory));
      }
    }
    return snapshots;
  }

  private static Map<String, byte[]> files(MemoryVfs memory) {
    Map<String, byte[]> files = new TreeMap<>();
    memory.paths().forEach(path -> files.put(path, memory.contentOf(path)));
    return files;
  }

  private static MemoryVfs memory(Workload workload, Map<String, byte[]> files) {
    Random random = new Random(workload.seed);
    MemoryVfs memory =
        new MemoryVfs(
            new VfsEnvironment(Clock.system(), Sleeper.system(), random::nextBytes),
            VirtualFileSystem.DEFAULT_PENDING_BYTE,
            512,
            DeviceCharacteristics.POWERSAFE_OVERWRITE);
    files.forEach(memory::setContent);
    return memory;
  }

  private static OurEngine open(VirtualFileSystem vfs, Workload workload, int transaction) {
    OurEngine engine = workload.open(vfs, workload.main, workload.keyAfter(transaction));
    try {
      workload.attachment().forEach(sql -> engine.connection().execute(sql));
    } catch (LibsqlException e) {
      engine.close();
      throw e;
    }
    return engine;
  }

  /** How many operations that can fail there are if nothing does. */
  private static int operationsOf(
      Workload workload, Map<String, byte[]> files, int number, Trouble trouble) {
    RecordingVfs recorded = new RecordingVfs(memory(workload, files));
    FailingVfs vfs = new FailingVfs(recorded);
    trouble.arrange(vfs, 1_000_000);
    try (OurEngine engine = open(vfs, workload, number - 1)) {
      workload.settings().forEach(engine::must);
      workload.transaction(number).forEach(engine::must);
      workload.maintenance(number).forEach(engine::must);
    }
    return trouble == Trouble.INTERRUPT ? vfs.calls() : 1_000_000 - vfs.untilFailure();
  }

  private void tryFault(
      Workload workload, Map<String, byte[]> files, int number, Trouble trouble, int k) {
    RecordingVfs recorded = new RecordingVfs(memory(workload, files));
    FailingVfs vfs = new FailingVfs(recorded);
    tried++;
    Attempt attempt = new Attempt(workload, recorded, vfs, number, trouble);
    recorded.startRecording(files.keySet().toArray(String[]::new));
    try {
      attempt.run(k);
      if (k % 4 == 0) {
        attempt.cutPower(new Random(workload.seed * 1_000_003 + k));
      }
      reached += vfs.hasFailed() ? 1 : 0;
      reported += attempt.failure != null ? 1 : 0;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          String.format(
              "%s: %s at operation %d of transaction %d, in '%s' (%s); replay with"
                  + " -Dtest=FailingOperationsTest -Dcompat.faults.seeds=1 -Dcompat.faults.seed=%d"
                  + " -Dcompat.faults.case=%s,%s,%d,%d",
              workload,
              trouble,
              k,
              number,
              attempt.statement,
              attempt.failure,
              workload.seed,
              workload.kind,
              trouble,
              number,
              k),
          e);
    }
  }

  /** One transaction in which something goes wrong, and what comes after. */
  private static final class Attempt {
    private final Workload workload;
    private final RecordingVfs recorded;
    private final FailingVfs vfs;
    private final int number;
    private final Trouble trouble;
    private String statement = "";
    private Outcome.@Nullable Failure failure;
    private boolean committed;
    private boolean committing;

    Attempt(Workload workload, RecordingVfs recorded, FailingVfs vfs, int number, Trouble trouble) {
      this.workload = workload;
      this.recorded = recorded;
      this.vfs = vfs;
      this.number = number;
      this.trouble = trouble;
    }

    void run(int k) {
      trouble.arrange(vfs, k);
      try (OurEngine engine = openAtLast(k)) {
        if (failure == null) {
          change(engine);
        }
        goOn(engine, k);
      }
      assertThat(recorded.openFiles()).as("open files").isEmpty();
      assertThat(recorded.heldLocks()).as("held locks").isEmpty();
      try (OurEngine again = open(recorded, workload, number)) {
        assertThat(workload.state(again)).isEqualTo(number);
        assertThat(workload.integrity(again)).isEqualTo(workload.sound());
      }
    }

    /** The power went at some time in all of this. */
    void cutPower(Random random) {
      int event = random.nextInt(recorded.events().size() + 1);
      PowerCut.Unsynced unsynced = PowerCut.Unsynced.values()[random.nextInt(3)];
      statement = "after a power cut at event " + event + ", unsynced writes " + unsynced;
      MemoryVfs image = PowerCut.after(recorded, event, unsynced, random.nextLong());
      boolean likelyFirst = random.nextBoolean();
      try (OurEngine engine = workload.openAfter(image, workload.main, number, likelyFirst)) {
        workload.attachment().forEach(engine::must);
        assertThat(workload.state(engine)).isBetween(number - 1, number);
        assertThat(workload.integrity(engine)).isEqualTo(workload.sound());
      }
    }

    private OurEngine openAtLast(int k) {
      OurEngine engine = openOrFail(k);
      if (engine != null) {
        return engine;
      }
      vfs.recover();
      assertThat(recorded.openFiles()).as("open files after a failed opening").isEmpty();
      return open(vfs, workload, number - 1);
    }

    private @Nullable OurEngine openOrFail(int k) {
      statement = "open";
      try {
        OurEngine engine = open(vfs, workload, number - 1);
        if (trouble == Trouble.INTERRUPT) {
          Connection connection = engine.connection();
          vfs.runAfter(Math.max(0, k - vfs.calls()), connection::interrupt);
        }
        return engine;
      } catch (LibsqlException e) {
        noteFailure(new Outcome.Failure(e.resultCode().code(), e.getMessage()));
        return null;
      }
    }

    private void noteFailure(Outcome.Failure error) {
      failure = error;
      ResultCode code = ResultCode.of(error.code());
      assertThat(vfs.hasFailed()).as("nothing has failed but: " + error).isTrue();
      assertThat(trouble.allows(vfs.failure(), code))
          .as("failed with " + vfs.failure() + ", reported as " + code)
          .isTrue();
      // ATTACH names the file.
      assertThat(error.message())
          .isIn(code.defaultMessage(), "unable to open database: " + workload.other);
    }

    /** Runs statements up to the one that fails. */
    private void change(OurEngine engine) {
      List<String> sql = new ArrayList<>(workload.settings());
      sql.addAll(workload.transaction(number));
      sql.addAll(workload.maintenance(number));
      boolean inTransaction = false;
      for (String next : sql) {
        statement = next;
        boolean isCommit = next.equals("COMMIT") && !committed && inTransaction;
        inTransaction |= next.startsWith("BEGIN");
        committing |= isCommit;
        Outcome outcome = engine.run(next);
        if (outcome.error() != null) {
          noteFailure(outcome.error());
          return;
        }
        committed |= isCommit;
      }
    }

    private void goOn(OurEngine engine, int k) {
      if (k % 2 == 0) {
        vfs.recover();
      }
      if (!engine.connection().isAutoCommit()) {
        Outcome outcome = engine.run("ROLLBACK");
        assertThat(outcome.error() == null || k % 2 != 0).as("ROLLBACK: " + outcome).isTrue();
      }
      vfs.recover();
      if (!engine.connection().isAutoCommit()) {
        engine.must("ROLLBACK");
      }
      checkLocks();
      workload.settings().forEach(engine::must);
      int found = workload.state(engine);
      assertThat(found)
          .isBetween(committed ? number : number - 1, committing ? number : number - 1);
      assertThat(workload.integrity(engine)).isEqualTo(workload.sound());
      if (found < number) {
        workload.transaction(number).forEach(engine::must);
      }
      workload.maintenance(number).forEach(engine::must);
      assertThat(workload.state(engine)).isEqualTo(number);
      assertThat(workload.integrity(engine)).isEqualTo(workload.sound());
      checkLocks();
    }

    /** Outside of transactions no lock is held that keeps others out. */
    private void checkLocks() {
      if (workload.kind != Workload.Kind.EXCLUSIVE) {
        List<String> locks = new ArrayList<>(recorded.heldLocks());
        locks.removeIf(lock -> workload.kind.isWal() && lock.endsWith(" SHARED"));
        assertThat(locks).as("locks outside of transactions").isEmpty();
      }
    }
  }
}
