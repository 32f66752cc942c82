package org.libsql4j.btree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.pager.OptimisticWrites;
import org.libsql4j.record.BigEndian;

/**
 * The list of unused pages: a chain of trunk pages, each with the numbers of up to {@code
 * usableSize / 4 - 2} leaves.
 *
 * <pre>
 *   OFFSET  SIZE  MEANING (trunk page)
 *      0      4   next trunk, 0 for none
 *      4      4   number of leaves
 *      8     4*n  their page numbers
 * </pre>
 *
 * The first trunk and the number of free pages are in the file header. Leaves are neither read nor
 * journalled when they come and go, except those whose old content a rollback needs.
 */
final class FreeList {
  /** Any page will do, best one near the wanted one. */
  static final int ANY = 0;

  /** The wanted page itself if it is free. */
  static final int EXACT = 1;

  /** A page not after the wanted one. */
  static final int NOT_AFTER = 2;

  static final int TRUNK_NEXT = 0;
  static final int TRUNK_COUNT = 4;
  static final int TRUNK_LEAVES = 8;

  private final BtreeShared shared;

  FreeList(BtreeShared shared) {
    this.shared = shared;
  }

  int freeCount() {
    return shared.headerInt(BtreeShared.HEADER_FREE_PAGE_COUNT);
  }

  /** Number of free pages, those that an optimistic transaction leaves alone included. */
  int totalCount() {
    OptimisticWrites optimistic = shared.pager.optimistic();
    int foreign = 0;
    if (optimistic.isWriting() && optimistic.hasOwnFreelist(shared.header().data)) {
      foreign = BigEndian.getInt(optimistic.originalPage1(), BtreeShared.HEADER_FREE_PAGE_COUNT);
    }
    return freeCount() + foreign;
  }

  private int maxLeaves() {
    return shared.usableSize / 4 - 2;
  }

  /**
   * Takes a page from the list, or from the end of the file.
   *
   * @param near the wanted page number, 0 for none
   * @param mode {@link #ANY}, {@link #EXACT} or {@link #NOT_AFTER}
   * @return the page, pinned, writable and not parsed
   */
  BtreePage allocate(int near, int mode) {
    int free = freeCount();
    if (free < 0 || free >= shared.pageCount) {
      throw Corruption.found();
    }
    boolean mayTake = free > 0 && !isForeign();
    BtreePage page = mayTake ? takeFree(near, mode, free) : null;
    if (page == null) {
      page = extendFile();
    }
    if (page.page.pinCount() > 1) {
      shared.release(page);
      throw Corruption.found();
    }
    page.parsed = false;
    return page;
  }

  /**
   * Whether the list is the one that an optimistic transaction found. There such transactions would
   * meet without need; so they leave it alone, and begin one of their own with the first page that
   * they free.
   */
  private boolean isForeign() {
    OptimisticWrites optimistic = shared.pager.optimistic();
    return optimistic.isWriting() && !optimistic.hasOwnFreelist(shared.header().data);
  }

  private void leaveForeign(int freed) {
    if (isForeign()) {
      shared.putHeaderInt(BtreeShared.HEADER_FIRST_TRUNK, 0);
      shared.putHeaderInt(BtreeShared.HEADER_FREE_PAGE_COUNT, 0);
    }
    shared.pager.optimistic().noteRead(freed);
  }

  // ---- taking --------------------------------------------------------------------------------

  private @Nullable BtreePage takeFree(int near, int mode, int free) {
    boolean search =
        mode == NOT_AFTER
            || mode == EXACT
                && near <= shared.pageCount
                && PointerMap.type(PointerMap.get(shared, near)) == PointerMap.FREE;
    shared.writeHeader();
    shared.putHeaderInt(BtreeShared.HEADER_FREE_PAGE_COUNT, free - 1);
    BtreePage previous = null;
    BtreePage trunk = null;
    try {
      int number = shared.headerInt(BtreeShared.HEADER_FIRST_TRUNK);
      for (int seen = 0; ; seen++) {
        if (number < 2 || number > shared.pageCount || seen > free) {
          throw Corruption.found();
        }
        trunk = shared.get(number);
        int count = BigEndian.getInt(trunk.data, TRUNK_COUNT);
        if (count == 0 && !search) {
          return takeOnlyTrunk(trunk, previous);
        }
        if (count < 0 || count > maxLeaves()) {
          throw Corruption.found();
        }
        if (search && (number == near || number < near && mode == NOT_AFTER)) {
          return takeTrunk(trunk, previous, count);
        }
        BtreePage leaf = count > 0 ? takeLeaf(trunk, count, near, mode, search) : null;
        if (leaf != null) {
          return leaf;
        }
        shared.release(previous);
        previous = trunk;
        trunk = null;
        number = BigEndian.getInt(previous.data, TRUNK_NEXT);
      }
    } finally {
      shared.release(previous);
      shared.release(trunk);
    }
  }

  private BtreePage pinAgain(BtreePage page) {
    shared.pager.ref(page.page);
    return page;
  }

  private void link(@Nullable BtreePage previous, int next) {
    if (previous == null) {
      shared.putHeaderInt(BtreeShared.HEADER_FIRST_TRUNK, next);
    } else {
      shared.pager.write(previous.page);
      BigEndian.putInt(previous.data, TRUNK_NEXT, next);
    }
  }

  /** The trunk has no leaves: it is taken itself. Pinned once more, as the caller lets go of it. */
  private BtreePage takeOnlyTrunk(BtreePage trunk, @Nullable BtreePage previous) {
    shared.pager.write(trunk.page);
    link(previous, BigEndian.getInt(trunk.data, TRUNK_NEXT));
    return pinAgain(trunk);
  }

  /** The trunk itself is taken and its first leaf becomes trunk in its place. */
  private BtreePage takeTrunk(BtreePage trunk, @Nullable BtreePage previous, int count) {
    shared.pager.write(trunk.page);
    int next = BigEndian.getInt(trunk.data, TRUNK_NEXT);
    if (count == 0) {
      link(previous, next);
      return pinAgain(trunk);
    }
    int heirNumber = BigEndian.getInt(trunk.data, TRUNK_LEAVES);
    if (heirNumber < 2 || heirNumber > shared.pageCount) {
      throw Corruption.found();
    }
    BtreePage heir = shared.get(heirNumber);
    try {
      heir.parsed = false;
      shared.pager.write(heir.page);
      BigEndian.putInt(heir.data, TRUNK_NEXT, next);
      BigEndian.putInt(heir.data, TRUNK_COUNT, count - 1);
      System.arraycopy(trunk.data, TRUNK_LEAVES + 4, heir.data, TRUNK_LEAVES, (count - 1) * 4);
    } finally {
      shared.release(heir);
    }
    link(previous, heirNumber);
    return pinAgain(trunk);
  }

  private @Nullable BtreePage takeLeaf(
      BtreePage trunk, int count, int near, int mode, boolean search) {
    int closest = closestLeaf(trunk, count, near, mode);
    int number = BigEndian.getInt(trunk.data, TRUNK_LEAVES + closest * 4);
    if (number < 2 || number > shared.pageCount) {
      throw Corruption.found();
    }
    if (search && number != near && !(number < near && mode == NOT_AFTER)) {
      return null;
    }
    shared.pager.write(trunk.page);
    int last = BigEndian.getInt(trunk.data, TRUNK_LEAVES + (count - 1) * 4);
    BigEndian.putInt(trunk.data, TRUNK_LEAVES + closest * 4, last);
    BigEndian.putInt(trunk.data, TRUNK_COUNT, count - 1);
    boolean oldContentNeeded = shared.wasFreedWithContent(number);
    BtreePage page = oldContentNeeded ? shared.get(number) : shared.getForOverwrite(number);
    return writable(page);
  }

  private BtreePage writable(BtreePage page) {
    try {
      shared.pager.write(page.page);
    } catch (RuntimeException e) {
      shared.release(page);
      throw e;
    }
    return page;
  }

  private int closestLeaf(BtreePage trunk, int count, int near, int mode) {
    if (near <= 0) {
      return 0;
    }
    int closest = 0;
    long best = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      int number = BigEndian.getInt(trunk.data, TRUNK_LEAVES + i * 4);
      if (mode == NOT_AFTER) {
        if (number <= near) {
          return i;
        }
      } else {
        long distance = Math.abs((long) number - near);
        if (distance < best) {
          best = distance;
          closest = i;
        }
      }
    }
    return closest;
  }

  private BtreePage extendFile() {
    shared.writeHeader();
    // After a truncation in this transaction the old content of the pages behind the end counts.
    boolean overwrite = !shared.truncateAtCommit;
    int number = nextPage(shared.pageCount);
    if (shared.autoVacuum && PointerMap.isMapPage(shared, number)) {
      shared.pageCount = number;
      BtreePage map = overwrite ? shared.getForOverwrite(number) : shared.get(number);
      shared.release(writable(map));
      number = nextPage(number);
    }
    shared.pageCount = number;
    shared.putHeaderInt(BtreeShared.HEADER_PAGE_COUNT, number);
    return writable(overwrite ? shared.getForOverwrite(number) : shared.get(number));
  }

  private int nextPage(int number) {
    int next = number + 1;
    return shared.isLockBytePage(next) ? next + 1 : next;
  }

  // ---- giving back ---------------------------------------------------------------------------

  /**
   * Puts a page on the list.
   *
   * @param page the page if the caller has it pinned, otherwise null; stays pinned
   */
  void free(int number, @Nullable BtreePage page) {
    if (number < 2 || number > shared.pageCount) {
      throw Corruption.found();
    }
    shared.writeHeader();
    if (shared.pager.optimistic().isWriting()) {
      leaveForeign(number);
    }
    int free = freeCount();
    if (free < 0 || free >= shared.pageCount) {
      throw Corruption.found();
    }
    shared.putHeaderInt(BtreeShared.HEADER_FREE_PAGE_COUNT, free + 1);
    if (shared.secureDelete == 1) {
      erase(number);
    }
    PointerMap.put(shared, number, PointerMap.FREE, 0);
    int firstTrunk = shared.headerInt(BtreeShared.HEADER_FIRST_TRUNK);
    if (free == 0 || !addLeaf(firstTrunk, number, page)) {
      addTrunk(number, firstTrunk);
    }
    if (page != null) {
      page.parsed = false;
    }
  }

  private void erase(int number) {
    BtreePage page = shared.get(number);
    try {
      shared.pager.write(page.page);
      Arrays.fill(page.data, (byte) 0);
      page.parsed = false;
    } finally {
      shared.release(page);
    }
  }

  /** Adds a leaf to the first trunk; false if that is full. */
  private boolean addLeaf(int trunkNumber, int number, @Nullable BtreePage page) {
    if (trunkNumber < 2 || trunkNumber > shared.pageCount) {
      throw Corruption.found();
    }
    BtreePage trunk = shared.get(trunkNumber);
    try {
      int count = BigEndian.getInt(trunk.data, TRUNK_COUNT);
      if (count < 0 || count > maxLeaves()) {
        throw Corruption.found();
      }
      // The last six places stay empty: old versions of SQLite took a full trunk for damage.
      if (count >= shared.usableSize / 4 - 8) {
        return false;
      }
      shared.pager.write(trunk.page);
      BigEndian.putInt(trunk.data, TRUNK_COUNT, count + 1);
      BigEndian.putInt(trunk.data, TRUNK_LEAVES + count * 4, number);
      if (page != null && shared.secureDelete != 1) {
        shared.pager.dontWrite(page.page);
      }
      shared.noteFreed(number);
      return true;
    } finally {
      shared.release(trunk);
    }
  }

  private void addTrunk(int number, int next) {
    BtreePage trunk = shared.get(number);
    try {
      trunk.parsed = false;
      shared.pager.write(trunk.page);
      BigEndian.putInt(trunk.data, TRUNK_NEXT, next);
      BigEndian.putInt(trunk.data, TRUNK_COUNT, 0);
      shared.putHeaderInt(BtreeShared.HEADER_FIRST_TRUNK, number);
    } finally {
      shared.release(trunk);
    }
  }
}
