package org.libsql4j.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.faults.CorruptingVfs;
import org.libsql4j.faults.FailingVfs;
import org.libsql4j.faults.PowerCut;
import org.libsql4j.faults.RecordingVfs;
import org.libsql4j.faults.Replay;
import org.libsql4j.faults.Schedule;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.pager.Pager;
import org.libsql4j.pager.Synchronous;
import org.libsql4j.vfs.DeviceCharacteristics;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.VfsEnvironment;
import org.libsql4j.vfs.VirtualFileSystem;

/** The log through power failures, failing operations, bad reads and any order of steps. */
class WalCrashTest {
  private static final int PAGES = 6;
  private static final long SEED = Replay.seed(20_260_101);

  private static MemoryVfs memory(boolean powersafe) {
    return new MemoryVfs(
        VfsEnvironment.system(),
        VirtualFileSystem.DEFAULT_PENDING_BYTE,
        powersafe ? 512 : 2048,
        powersafe ? DeviceCharacteristics.POWERSAFE_OVERWRITE : 0);
  }

  private static void fill(Pager pager, int value) {
    WalFixture.begin(pager);
    for (int page = 1; page <= PAGES; page++) {
      WalFixture.put(pager, page, value);
    }
    WalFixture.commit(pager);
  }

  /** The value that all pages have. */
  private static int valueIn(Pager pager) {
    pager.sharedLock();
    try {
      int value = WalFixture.get(pager, 1);
      for (int page = 2; page <= PAGES; page++) {
        assertThat(WalFixture.get(pager, page)).as("page " + page).isEqualTo(value);
      }
      return value;
    } finally {
      pager.unlockIfUnused();
    }
  }

  /** Commits, spills, a rollback, checkpoints of all kinds; the log starts over several times. */
  private static void work(Pager pager, int first, List<Integer> ends, Runnable afterCommit) {
    for (int i = 0; i < 8; i++) {
      fill(pager, first + i);
      ends.add(first + i);
      afterCommit.run();
      if (i % 3 == 1) {
        WalFixture.begin(pager);
        for (int page = 1; page <= PAGES; page++) {
          WalFixture.put(pager, page, 99);
        }
        pager.cacheFlush();
        pager.rollback();
        pager.unlockIfUnused();
      }
      if (i % 2 == 1) {
        pager.checkpoint(CheckpointMode.values()[i / 2 % 4], null);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"FULL,true", "FULL,false", "NORMAL,true", "NORMAL,false"})
  void powerFailureAtEveryStep(Synchronous level, boolean powersafe) {
    RecordingVfs vfs = new RecordingVfs(memory(powersafe));
    Pager pager = WalFixture.open(vfs, 100);
    pager.setSynchronous(level, false, false);
    fill(pager, 1);
    pager.close();
    vfs.startRecording("/db");
    pager = WalFixture.open(vfs, 4);
    pager.setSynchronous(level, false, false);
    List<Integer> values = new ArrayList<>();
    List<Integer> commits = new ArrayList<>();
    work(pager, 2, values, () -> commits.add(vfs.events().size()));
    pager.close();
    for (int cut = 0; cut <= vfs.events().size(); cut++) {
      int durable = 1;
      for (int i = 0; i < commits.size() && commits.get(i) <= cut; i++) {
        durable = values.get(i);
      }
      for (int variant = 0; variant < 5; variant++) {
        long seed = SEED + 31L * cut + variant;
        PowerCut.Unsynced fate = PowerCut.Unsynced.values()[Math.min(variant, 2)];
        try {
          MemoryVfs image = PowerCut.after(vfs, cut, fate, seed);
          int found = valueAfterCrash(image);
          assertThat(found).isBetween(level == Synchronous.FULL ? durable : 1, durable + 1);
          assertThat(valueAfterCrash(image)).isEqualTo(found);
        } catch (AssertionError | LibsqlException e) {
          String what = "power cut after " + cut + " events, " + fate + ", " + level;
          throw Replay.failure(what, SEED, e);
        }
      }
    }
  }

  private static int valueAfterCrash(MemoryVfs image) {
    Pager recovered = WalFixture.open(image, 100);
    try {
      return valueIn(recovered);
    } finally {
      recovered.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"IOERR,false", "IOERR,true", "FULL,false"})
  void anyOperationMayFail(ResultCode code, boolean forEver) {
    for (int k = 0; k < 10_000; k++) {
      FailingVfs vfs = new FailingVfs(memory(true));
      Pager pager = WalFixture.open(vfs, 4);
      fill(pager, 1);
      vfs.failAfter(k, forEver, code);
      List<Integer> committed = new ArrayList<>(List.of(1));
      try {
        work(pager, 2, committed, () -> {});
      } catch (LibsqlException e) {
        assertThat(e.resultCode()).as("call " + k).isEqualTo(code);
        pager.unlockIfUnused();
      }
      boolean reached = vfs.hasFailed();
      vfs.recover();
      int last = committed.get(committed.size() - 1);
      try {
        pager.unlockIfUnused();
        assertThat(valueIn(pager)).isBetween(last, last + 1);
        fill(pager, 50);
        assertThat(valueIn(pager)).isEqualTo(50);
        pager.close();
        Pager again = WalFixture.open(vfs, 100);
        assertThat(valueIn(again)).isEqualTo(50);
        again.close();
      } catch (AssertionError | LibsqlException e) {
        throw new AssertionError("failure of call " + k + " with " + code, e);
      }
      if (!reached) {
        assertThat(k).isGreaterThan(50);
        return;
      }
    }
    fail("never ran to the end");
  }

  /** A bad read while the log is recovered cuts it short; it is an error or an older state. */
  @Test
  void badReadsOfTheLogAreNeverBelieved() {
    for (int i = 0; i < 200; i++) {
      MemoryVfs files = memory(true);
      Pager pager = WalFixture.open(files, 100);
      for (int value = 1; value <= 5; value++) {
        fill(pager, value);
      }
      MemoryVfs copy = memory(true);
      copy.setContent("/db", files.contentOf("/db"));
      copy.setContent("/db-wal", files.contentOf("/db-wal"));
      pager.close();
      CorruptingVfs vfs = new CorruptingVfs(copy, FileKind.WAL, 2, SEED + i);
      try {
        Pager recovered = WalFixture.open(vfs, 100);
        vfs.setEnabled(false);
        recovered.sharedLock();
        int pages = recovered.pageCount();
        if (pages == PAGES) {
          assertThat(valueAfterRecovery(recovered)).isBetween(1, 5);
        } else {
          assertThat(pages).isEqualTo(1); // None of the log was believed.
        }
        recovered.unlockIfUnused();
        recovered.close();
      } catch (LibsqlException e) {
        assertThat(e.resultCode().primary())
            .isIn(ResultCode.CANTOPEN, ResultCode.CORRUPT, ResultCode.IOERR);
      } catch (AssertionError e) {
        throw Replay.failure("bad reads, round " + i, SEED, e);
      }
    }
  }

  private static int valueAfterRecovery(Pager pager) {
    int value = WalFixture.get(pager, 1);
    for (int page = 2; page <= PAGES; page++) {
      assertThat(WalFixture.get(pager, page)).isEqualTo(value);
    }
    return value;
  }

  /** A writer, two readers and a checkpointer in a thousand different orders. */
  @Test
  void anyOrderOfStepsIsIsolated() {
    for (int i = 0; i < 100; i++) {
      MemoryVfs vfs = memory(true);
      Pager writer = WalFixture.open(vfs, 4);
      fill(writer, 1);
      Pager other = WalFixture.open(vfs, 4);
      Schedule schedule = new Schedule(SEED + i);
      int[] value = {1};
      schedule.add(
          random -> {
            fill(writer, ++value[0] % 100);
            return true;
          });
      schedule.add(reader(WalFixture.open(vfs, 3)));
      schedule.add(reader(WalFixture.open(vfs, 50)));
      schedule.add(
          random -> {
            other.checkpoint(CheckpointMode.values()[random.nextInt(4)], null);
            return true;
          });
      assertThat(schedule.run(150)).isEqualTo(150);
    }
  }

  private static Schedule.Actor reader(Pager pager) {
    int[] seen = {0};
    return (Random random) -> {
      if (seen[0] == 0) {
        pager.sharedLock();
        seen[0] = WalFixture.get(pager, 1 + random.nextInt(PAGES));
      } else if (random.nextInt(4) == 0) {
        pager.unlockIfUnused();
        seen[0] = 0;
      } else {
        assertThat(WalFixture.get(pager, 1 + random.nextInt(PAGES))).isEqualTo(seen[0]);
      }
      return true;
    };
  }
}
