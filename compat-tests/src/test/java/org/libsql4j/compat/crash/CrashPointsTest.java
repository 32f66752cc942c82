package org.libsql4j.compat.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.compat.engines.RealEngine;
import org.libsql4j.compat.engines.SqlEngine;
import org.libsql4j.faults.FileEvent;
import org.libsql4j.faults.PowerCut;
import org.libsql4j.faults.PowerCut.Directory;
import org.libsql4j.faults.PowerCut.Unsynced;
import org.libsql4j.faults.RecordingVfs;
import org.libsql4j.vfs.Clock;
import org.libsql4j.vfs.DeviceCharacteristics;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.Sleeper;
import org.libsql4j.vfs.VfsEnvironment;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * The power goes after every write, sync, creation and deletion of fifty transactions. Whoever
 * opens the files then, we or the real engine, finds each transaction that was reported, perhaps
 * the one under way, and nothing half done, not even over two files.
 */
class CrashPointsTest {
  private static final int TRANSACTIONS = 50;
  private static final int SEEDS = Integer.getInteger("compat.crash.seeds", 2);
  private static final long FIRST_SEED = Long.getLong("compat.crash.seed", 2);

  /** Points of each workload and seed; the others are left out evenly. */
  private static final int POINTS = Integer.getInteger("compat.crash.points", 200);

  /** The only point to try, after so many events. */
  private static final int CUT = Integer.getInteger("compat.crash.cut", -1);

  /** The only kind of workload to try. */
  private static final String KIND = System.getProperty("compat.crash.kind", "");

  private static final int PATH_LENGTH = 120;

  /** Of so many points one is shown to the real engine. */
  private static final int REAL_ONE_IN = 40;

  private static int allPoints;

  @TempDir Path folder;

  private Path home;
  private int points;
  private int byTheRealEngine;
  private int interruptedRecoveries;

  @AfterAll
  static void report() {
    System.out.println(allPoints + " crash points in all");
  }

  @ParameterizedTest
  @EnumSource
  void committedIsThereAndNothingHalfDone(Workload.Kind kind) throws IOException {
    if (!KIND.isEmpty() && !KIND.equals(kind.name())) {
      return;
    }
    // Names are in super-journals: of one length, so that a seed means the same in every run.
    int padding = Math.max(1, PATH_LENGTH - folder.toString().length() - 1);
    home = Files.createDirectory(folder.resolve("p".repeat(padding)));
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Run run = record(new Workload(kind, seed, home.toString(), TRANSACTIONS));
      int events = run.vfs.events().size();
      int stride = Math.max(1, events / POINTS);
      PowerCut cut = new PowerCut(run.vfs);
      int first = CUT >= 0 ? CUT : (int) (seed % stride);
      int last = CUT >= 0 ? CUT : events;
      for (int k = first; k <= last; k += stride) {
        cut.advanceTo(k);
        tryPoint(run, cut);
      }
    }
    System.out.printf(
        "%s: %d crash points, %d of them shown to the real engine, %d recoveries interrupted;"
            + " seeds %d to %d%n",
        kind, points, byTheRealEngine, interruptedRecoveries, FIRST_SEED, FIRST_SEED + SEEDS - 1);
    allPoints += points;
    assertThat(points).isPositive();
  }

  /** What was recorded: events, and after how many of them each transaction was reported. */
  private record Run(Workload workload, RecordingVfs vfs, List<Integer> reported) {
    /** How many transactions were reported before the power went. */
    int reportedBefore(int count) {
      int number = 0;
      while (number < reported.size() && reported.get(number) <= count) {
        number++;
      }
      return number;
    }
  }

  private static Run record(Workload workload) {
    boolean safe = workload.seed % 4 != 3;
    // A checkpoint writes single pages: as with SQLite, a sector must not hold two then.
    int sectorBytes = workload.kind.isWal() ? Math.min(2048, workload.pageSize) : 2048;
    Random random = new Random(workload.seed);
    VfsEnvironment environment =
        new VfsEnvironment(Clock.system(), Sleeper.system(), random::nextBytes);
    MemoryVfs memory =
        new MemoryVfs(
            environment,
            VirtualFileSystem.DEFAULT_PENDING_BYTE,
            safe ? 512 : sectorBytes,
            safe ? DeviceCharacteristics.POWERSAFE_OVERWRITE : 0);
    RecordingVfs vfs = new RecordingVfs(memory);
    try (OurEngine engine = open(vfs, workload)) {
      workload.creation().forEach(engine::must);
    }
    vfs.startRecording(workload.main, workload.other);
    List<Integer> reported = new ArrayList<>();
    try (OurEngine engine = open(vfs, workload)) {
      workload.settings().forEach(engine::must);
      if (workload.kind.isWal() && workload.seed % 2 != 0) {
        try (SecondReader reader = new SecondReader(workload, open(vfs, workload))) {
          change(workload, engine, reader, vfs, reported);
        }
      } else {
        change(workload, engine, null, vfs, reported);
      }
      assertThat(workload.state(engine)).isEqualTo(workload.transactions);
    }
    assertThat(vfs.openFiles()).isEmpty();
    assertThat(vfs.heldLocks()).isEmpty();
    return new Run(workload, vfs, reported);
  }

  private static void change(
      Workload workload,
      OurEngine engine,
      @Nullable SecondReader reader,
      RecordingVfs vfs,
      List<Integer> reported) {
    for (int i = 1; i <= workload.transactions; i++) {
      workload.transaction(i).forEach(engine::must);
      reported.add(vfs.events().size());
      if (reader != null) {
        reader.step(i);
      }
      workload.maintenance(i).forEach(engine::must);
    }
  }

  private static OurEngine open(VirtualFileSystem vfs, Workload workload) {
    OurEngine engine = workload.open(vfs, workload.main, workload.keyAfter(0));
    workload.attachment().forEach(engine::must);
    return engine;
  }

  private void tryPoint(Run run, PowerCut cut) throws IOException {
    Workload workload = run.workload;
    Random random = new Random(workload.seed * 1_000_003 + cut.count());
    Unsynced unsynced = Unsynced.values()[Math.min(random.nextInt(6), 2)];
    boolean isLagging = random.nextInt(3) == 0;
    Directory directory = isLagging ? Directory.LAGS : Directory.IN_TIME;
    long chance = random.nextLong();
    int reported = run.reportedBefore(cut.count());
    // Only EXTRA makes sure that a journal that was deleted does not come back.
    boolean mayReturn = isLagging && workload.kind.journalMode.equals("delete");
    int least = reported - (mayReturn && workload.kind != Workload.Kind.EXTRA ? 1 : 0);
    try {
      MemoryVfs image = cut.image(unsynced, directory, chance);
      int found;
      if (random.nextInt(REAL_ONE_IN) == 0 && !workload.kind.isEncrypted()) {
        byTheRealEngine++;
        found = checkByTheRealEngine(workload, image);
        assertThat(found).as("by the real engine").isBetween(least, reported + 1);
        image = cut.image(unsynced, directory, chance);
      }
      RecordingVfs recovery = new RecordingVfs(image);
      recovery.startRecording(image.paths().toArray(String[]::new));
      found = check(workload, recovery, reported, random.nextInt(4));
      assertThat(found).isBetween(least, reported + 1);
      if (random.nextInt(4) == 0 && !recovery.events().isEmpty()) {
        interruptedRecoveries++;
        int again = random.nextInt(recovery.events().size());
        MemoryVfs second =
            new PowerCut(recovery).advanceTo(again).image(unsynced, directory, chance);
        assertThat(check(workload, new RecordingVfs(second), reported, random.nextInt(4)))
            .as("after another power cut at event " + again + " of the recovery")
            .isEqualTo(found);
      }
      points++;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(failure(run, cut.count(), unsynced, directory), e);
    }
  }

  private static String failure(Run run, int count, Unsynced unsynced, Directory directory) {
    Workload workload = run.workload;
    FileEvent last = count == 0 ? null : run.vfs.events().get(count - 1);
    String what = last == null ? "" : last.getClass().getSimpleName() + " of " + last.path();
    return String.format(
        "%s: power cut after event %d of %d (%s) in transaction %d, unsynced writes %s, directory"
            + " %s; replay with -Dtest=CrashPointsTest -Dcompat.crash.kind=%s"
            + " -Dcompat.crash.seeds=1 -Dcompat.crash.seed=%d -Dcompat.crash.cut=%d",
        workload,
        count,
        run.vfs.events().size(),
        what,
        run.reportedBefore(count) + 1,
        unsynced,
        directory,
        workload.kind,
        workload.seed,
        count);
  }

  /** Opens the files, the attached one first now and then, and tells which transaction was last. */
  private static int check(Workload workload, RecordingVfs vfs, int reported, int choice) {
    if (workload.kind.isTwoFiles() && choice == 0) {
      try (OurEngine first = workload.open(vfs, workload.other, workload.keyAfter(0))) {
        first.must("SELECT n FROM counter");
      }
    }
    int found;
    try (OurEngine engine = workload.openAfter(vfs, workload.main, reported, choice > 0)) {
      workload.attachment().forEach(engine::must);
      found = state(workload, engine);
    }
    assertThat(vfs.openFiles()).isEmpty();
    assertThat(vfs.heldLocks()).isEmpty();
    return found;
  }

  private static int state(Workload workload, SqlEngine engine) {
    int number = workload.state(engine);
    assertThat(workload.integrity(engine)).isEqualTo(workload.sound());
    return number;
  }

  private int checkByTheRealEngine(Workload workload, MemoryVfs image) throws IOException {
    try (var old = Files.newDirectoryStream(home)) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
    for (String path : image.paths()) {
      Files.write(Path.of(path), image.contentOf(path));
    }
    try (RealEngine engine = RealEngine.open(Path.of(workload.main))) {
      workload.attachment().forEach(engine::must);
      return state(workload, engine);
    }
  }
}
