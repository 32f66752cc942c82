package org.libsql4j.wal;

import java.util.Arrays;
import org.libsql4j.pager.Page;
import org.libsql4j.pager.Pager;
import org.libsql4j.pager.PagerOptions;
import org.libsql4j.vfs.VirtualFileSystem;

/** Pagers with a log whose pages are filled with one byte each. */
final class WalFixture {
  static final int PAGE_SIZE = 512;

  private WalFixture() {}

  /** Opens a database in WAL mode; what makes it so in a real file is not looked at here. */
  static Pager open(VirtualFileSystem vfs, int cachePages) {
    Pager pager =
        Pager.open(
            PagerOptions.file(vfs, "/db")
                .pageSizeBytes(PAGE_SIZE)
                .cacheSize(cachePages)
                .writeAheadLogProvider(new SqliteWalProvider()));
    pager.sharedLock();
    if (!pager.usesWal()) {
      if (pager.pageCount() == 0) {
        // A log beside an empty file would be that of another database, and deleted.
        pager.begin(false, false);
        put(pager, 1, 0);
        pager.commitPhaseOne(null, false);
        pager.commitPhaseTwo();
      }
      pager.openWal();
    }
    pager.unlockIfUnused();
    return pager;
  }

  static void put(Pager pager, int pageNumber, int value) {
    Page page = pager.get(pageNumber);
    try {
      pager.write(page);
      Arrays.fill(page.data, 100, PAGE_SIZE, (byte) value);
    } finally {
      pager.release(page);
    }
  }

  /** The byte that a page is filled with. */
  static int get(Pager pager, int pageNumber) {
    Page page = pager.get(pageNumber);
    try {
      int value = page.data[100];
      for (int i = 100; i < PAGE_SIZE; i++) {
        if (page.data[i] != value) {
          throw new AssertionError("page " + pageNumber + " is torn at " + i);
        }
      }
      return value;
    } finally {
      pager.release(page);
    }
  }

  static void begin(Pager pager) {
    pager.sharedLock();
    pager.begin(false, false);
  }

  static void commit(Pager pager) {
    pager.commitPhaseOne(null, false);
    pager.commitPhaseTwo();
    pager.unlockIfUnused();
  }

  /** One transaction that sets some pages to a value. */
  static void change(Pager pager, int value, int... pageNumbers) {
    begin(pager);
    for (int pageNumber : pageNumbers) {
      put(pager, pageNumber, value);
    }
    commit(pager);
  }
}
