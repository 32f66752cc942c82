package org.libsql4j.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.libsql4j.faults.FileEvent;
import org.libsql4j.faults.RecordingVfs;
import org.libsql4j.pager.Page;
import org.libsql4j.pager.Pager;
import org.libsql4j.pager.PagerOptions;
import org.libsql4j.vfs.MemoryVfs;

/** Transactions that are larger than the cache: pages are written together, not one by one. */
class SpillTest {
  private static final int CACHE_PAGES = 200;
  private static final int PAGES = 1000;
  private static final int FRAME_BYTES = WalFixture.PAGE_SIZE + 24;

  private static void put(Pager pager, int pageNumber, int value) {
    Page page = pager.get(pageNumber, pageNumber > pager.pageCount());
    try {
      pager.write(page);
      Arrays.fill(page.data, 100, WalFixture.PAGE_SIZE, (byte) value);
    } finally {
      pager.release(page);
    }
  }

  private static long writes(RecordingVfs vfs, String path) {
    return vfs.events().stream()
        .filter(event -> event instanceof FileEvent.Write && event.path().equals(path))
        .count();
  }

  /** Begins a transaction that changes all pages; returns how many writes that took. */
  private static long fill(RecordingVfs vfs, Pager pager, String path) {
    vfs.startRecording();
    WalFixture.begin(pager);
    for (int n = 1; n <= PAGES; n++) {
      put(pager, n, n);
    }
    long early = writes(vfs, path);
    assertThat(early).isBetween(5L, PAGES / 10L);
    return early;
  }

  private static void check(Pager pager) {
    pager.sharedLock();
    for (int n = 1; n <= PAGES; n++) {
      assertThat(WalFixture.get(pager, n)).as("page %d", n).isEqualTo((byte) n);
    }
    pager.unlockIfUnused();
  }

  @Test
  void framesAreWrittenTogether() {
    RecordingVfs vfs = new RecordingVfs(new MemoryVfs());
    Pager pager = WalFixture.open(vfs, CACHE_PAGES);
    fill(vfs, pager, "/db-wal");
    WalFixture.commit(pager);
    // Nothing was changed again after it was written.
    assertThat(vfs.target().contentOf("/db-wal")).hasSize(32 + PAGES * FRAME_BYTES);
    check(pager);
    pager.close();
  }

  @Test
  void neighboursInTheFileAreWrittenTogether() {
    RecordingVfs vfs = new RecordingVfs(new MemoryVfs());
    Pager pager =
        Pager.open(
            PagerOptions.file(vfs, "/db")
                .pageSizeBytes(WalFixture.PAGE_SIZE)
                .cacheSize(CACHE_PAGES));
    long early = fill(vfs, pager, "/db");
    WalFixture.commit(pager);
    assertThat(writes(vfs, "/db") - early).isLessThan(10);
    check(pager);
    pager.close();
  }

  @Test
  void pagesThatAreUsedAgainAreNotTheFirstToGo() {
    RecordingVfs vfs = new RecordingVfs(new MemoryVfs());
    Pager pager = WalFixture.open(vfs, CACHE_PAGES);
    WalFixture.begin(pager);
    for (int n = 1; n <= PAGES; n++) {
      put(pager, n, 0);
      put(pager, 1 + n % 10, 0); // As the inner pages of a tree.
    }
    int frames = (vfs.target().contentOf("/db-wal").length - 32) / FRAME_BYTES;
    assertThat(frames).isLessThan(PAGES);
    vfs.startRecording();
    for (int n = 1; n <= 10; n++) {
      pager.release(pager.get(n));
    }
    assertThat(vfs.events()).isEmpty();
    for (int n = 1; n <= PAGES; n++) {
      put(pager, n, n);
    }
    WalFixture.commit(pager);
    check(pager);
    pager.close();
  }
}
