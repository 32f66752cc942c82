package org.libsql4j.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.JournalMode;
import org.libsql4j.pager.Page;
import org.libsql4j.pager.Pager;
import org.libsql4j.pager.PagerOptions;
import org.libsql4j.pager.SavepointOperation;
import org.libsql4j.pager.Synchronous;
import org.libsql4j.vfs.DeviceCharacteristics;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.VfsEnvironment;
import org.libsql4j.vfs.VirtualFileSystem;

/** Power failures and I/O errors at every step of a transaction. */
class PagerCrashTest {
  private static final int PAGE_SIZE = 512;
  private static final int PAGES = 12;
  private static final long SEED = Replay.seed(1);

  private static MemoryVfs newVfs(int sector) {
    return new MemoryVfs(
        VfsEnvironment.system(),
        VirtualFileSystem.DEFAULT_PENDING_BYTE,
        sector,
        sector == 512 ? DeviceCharacteristics.POWERSAFE_OVERWRITE : 0);
  }

  private static Pager open(VirtualFileSystem vfs, JournalMode mode, int cache) {
    Pager pager =
        Pager.open(PagerOptions.file(vfs, "/db").pageSizeBytes(PAGE_SIZE).cacheSize(cache));
    pager.setJournalMode(mode);
    return pager;
  }

  /** A database whose pages all hold the same byte. */
  private static void create(VirtualFileSystem vfs, JournalMode mode) {
    Pager pager = open(vfs, mode, 100);
    pager.sharedLock();
    pager.begin(false, false);
    for (int n = 1; n <= PAGES; n++) {
      fill(pager, n, (byte) 1);
    }
    setHeaderPageCount(pager, PAGES);
    pager.commitPhaseOne(null, false);
    pager.commitPhaseTwo();
    pager.close();
  }

  /** As the B-tree does: the file may be longer, because it is cut after the commit. */
  private static void setHeaderPageCount(Pager pager, int count) {
    Page page = pager.get(1);
    try {
      pager.write(page);
      page.data[31] = (byte) count;
    } finally {
      pager.release(page);
    }
  }

  private static int headerPageCount(Pager pager) {
    Page page = pager.get(1);
    int count = page.data[31];
    pager.release(page);
    assertThat(pager.pageCount()).isGreaterThanOrEqualTo(count);
    return count;
  }

  private static void fill(Pager pager, int number, byte value) {
    Page page = pager.get(number);
    try {
      pager.write(page);
      Arrays.fill(page.data, 100, PAGE_SIZE, value);
    } finally {
      pager.release(page);
    }
  }

  /** Changes everything, grows, shrinks, with a savepoint that is undone. */
  private static void change(Pager pager) {
    pager.sharedLock();
    pager.begin(false, false);
    for (int n = 1; n <= PAGES / 2; n++) {
      fill(pager, n, (byte) 2);
    }
    pager.openSavepoint(1);
    for (int n = 3; n <= PAGES + 3; n++) {
      fill(pager, n, (byte) 9);
    }
    pager.savepoint(SavepointOperation.ROLLBACK, 0);
    for (int n = 3; n <= PAGES - 1; n++) {
      fill(pager, n, (byte) 2);
    }
    setHeaderPageCount(pager, PAGES - 1);
    pager.truncateImage(PAGES - 1);
    pager.commitPhaseOne(null, false);
    pager.commitPhaseTwo();
    pager.unlockIfUnused();
  }

  /** 1 before the change, 2 after; anything else is corruption. */
  private static int stateOf(VirtualFileSystem vfs, JournalMode mode) {
    Pager pager = open(vfs, mode, 100);
    pager.sharedLock();
    int state = -1;
    int count = headerPageCount(pager);
    for (int n = 1; n <= count; n++) {
      Page page = pager.get(n);
      int found = page.data[100];
      for (int i = 100; i < PAGE_SIZE; i++) {
        assertThat(page.data[i]).as("page %d byte %d", n, i).isEqualTo((byte) found);
      }
      pager.release(page);
      if (state < 0) {
        state = found;
      }
      assertThat(found).as("page " + n).isEqualTo(state);
    }
    assertThat(count).isEqualTo(state == 1 ? PAGES : PAGES - 1);
    pager.close();
    return state;
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE,512,FULL,100",
    "DELETE,512,NORMAL,5",
    "DELETE,2048,FULL,5",
    "TRUNCATE,512,FULL,5",
    "PERSIST,512,FULL,5",
    "PERSIST,512,NORMAL,100",
    "DELETE,512,EXTRA,5"
  })
  void powerFailureAtEveryStep(JournalMode mode, int sector, Synchronous level, int cache) {
    RecordingVfs vfs = new RecordingVfs(newVfs(sector));
    create(vfs, mode);
    if (mode == JournalMode.PERSIST) {
      // Leave a long stale journal behind.
      rewriteAll(vfs, mode);
    }
    vfs.startRecording("/db", "/db-journal");
    Pager pager = open(vfs, mode, cache);
    pager.setSynchronous(level, false, false);
    change(pager);
    int steps = vfs.events().size();
    pager.close();
    int sawOld = 0;
    PowerCut power = new PowerCut(vfs);
    for (int cut = 0; cut <= steps; cut++) {
      power.advanceTo(cut);
      for (int variant = 0; variant < 6; variant++) {
        PowerCut.Unsynced unsynced = PowerCut.Unsynced.values()[Math.min(variant, 2)];
        MemoryVfs image =
            power.image(unsynced, PowerCut.Directory.IN_TIME, SEED + cut * 31L + variant);
        try {
          int state = stateOf(image, mode);
          sawOld += state == 1 ? 1 : 0;
          // Crash again in the middle of nowhere: recovery must be repeatable.
          assertThat(stateOf(image, mode)).isEqualTo(state);
        } catch (AssertionError | LibsqlException e) {
          String what = "after step " + cut + " of " + steps + ", variant " + variant;
          throw Replay.failure(what, SEED, e);
        }
      }
    }
    assertThat(sawOld).isPositive();
    MemoryVfs whole = PowerCut.after(vfs, steps, PowerCut.Unsynced.KEPT, SEED);
    assertThat(stateOf(whole, mode)).isEqualTo(2);
  }

  private static void rewriteAll(VirtualFileSystem vfs, JournalMode mode) {
    Pager pager = open(vfs, mode, 5);
    pager.sharedLock();
    pager.begin(false, false);
    for (int n = 1; n <= PAGES; n++) {
      fill(pager, n, (byte) 1);
    }
    pager.commitPhaseOne(null, false);
    pager.commitPhaseTwo();
    pager.close();
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE,IOERR,false",
    "DELETE,IOERR,true",
    "DELETE,FULL,false",
    "TRUNCATE,IOERR,false",
    "PERSIST,IOERR,true",
    "MEMORY,IOERR,false"
  })
  void failureAtEveryCallLeavesAUsablePager(JournalMode mode, ResultCode code, boolean forEver) {
    List<Integer> outcomes = new ArrayList<>();
    for (int k = 0; k < 10_000; k++) {
      FailingVfs vfs = new FailingVfs(newVfs(512));
      create(vfs, mode);
      Pager pager = open(vfs, mode, 5);
      vfs.failAfter(k, forEver, code);
      boolean committed = false;
      try {
        change(pager);
        committed = true;
      } catch (LibsqlException e) {
        assertThat(e.resultCode()).isEqualTo(code);
        try {
          pager.rollback();
        } catch (LibsqlException again) {
          assertThat(again.resultCode().primary()).isEqualTo(code);
        }
      }
      boolean reached = vfs.hasFailed();
      vfs.recover();
      pager.unlockIfUnused();
      try {
        assertThat(pager.pinCount()).isZero();
        int state = stateOfOpen(pager);
        if (committed) {
          assertThat(state).isEqualTo(2);
        }
        outcomes.add(state);
        if (state == 1) {
          change(pager);
          assertThat(stateOfOpen(pager)).isEqualTo(2);
        }
        pager.close();
        assertThat(stateOf(vfs, mode)).isEqualTo(2);
      } catch (AssertionError | LibsqlException e) {
        throw new AssertionError("failure at call " + k + " " + mode, e);
      }
      if (!reached) {
        assertThat(outcomes).contains(1, 2);
        return;
      }
    }
    fail("never ran to the end");
  }

  private static int stateOfOpen(Pager pager) {
    pager.sharedLock();
    int state = -1;
    int count = headerPageCount(pager);
    for (int n = 1; n <= count; n++) {
      Page page = pager.get(n);
      int found = page.data[100];
      pager.release(page);
      if (state < 0) {
        state = found;
      }
      assertThat(found).as("page " + n).isEqualTo(state);
    }
    assertThat(count).isEqualTo(state == 1 ? PAGES : PAGES - 1);
    pager.unlockIfUnused();
    return state;
  }
}
