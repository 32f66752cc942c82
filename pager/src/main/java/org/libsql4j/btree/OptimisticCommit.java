package org.libsql4j.btree;

import java.util.BitSet;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.OptimisticWrites;
import org.libsql4j.pager.Page;
import org.libsql4j.record.BigEndian;

/**
 * Puts the changes of an optimistic transaction on top of what others have committed since its
 * snapshot.
 *
 * <p>Until now the transaction has added pages at the end of the file as it knows it, where others
 * have done the same, and has put pages that it freed on a list of its own, which begins in its
 * page 1 ({@link FreeList}). Here its new pages get places of the newest state, from the freelist
 * first, and the pages that it freed are given to that freelist. Then all pointers to new pages are
 * corrected: they are on pages that this transaction changed, because nobody else can have known
 * them; and a tree's root, which is named in the schema, is never among the pages that move,
 * because a transaction that changes the schema commits only if nobody else has.
 */
final class OptimisticCommit {
  /**
   * Below this many pages the first byte of an overflow page, which is part of a page number,
   * cannot be taken for the kind of a B-tree page.
   */
  private static final int UNAMBIGUOUS_PAGES = BtreePage.INDEX_INNER << 24;

  private static final int[] NOTHING = new int[0];

  private final BtreeShared shared;
  private final OptimisticWrites pager;
  private final CellInfo info = new CellInfo();

  /** Pages that this transaction freed; some may be new ones. */
  private final BitSet freed = new BitSet();

  /** Size of the database in pages in the snapshot. */
  private int original;

  /** Bytes of the new pages from {@code original + 1} on; null for those that were freed again. */
  private byte[][] added = new byte[0][];

  /** Their numbers in the newest state; 0 where there is none. */
  private int[] moved = NOTHING;

  OptimisticCommit(BtreeShared shared) {
    this.shared = shared;
    this.pager = shared.pager.optimistic();
  }

  /**
   * First step: makes sure that the changes go together with those of others, and keeps others from
   * committing more.
   *
   * @throws LibsqlException BUSY_SNAPSHOT or BUSY; the transaction is open still
   */
  void prepare() {
    shared.saveCursors(0, null);
    int newest = pager.prepare();
    int growth = shared.pageCount - shared.pager.originalPageCount();
    if (growth > 0 && newest >= UNAMBIGUOUS_PAGES - growth && !pager.changedSchema()) {
      pager.cancel();
      throw new LibsqlException(ResultCode.BUSY_SNAPSHOT);
    }
  }

  /** Second step: makes an ordinary write transaction of it, on the newest state. */
  void merge() {
    original = shared.pager.originalPageCount();
    collectFreed();
    if (pager.changedSchema()) {
      keepPlaces();
    } else if (mustMove()) {
      move();
    } else {
      pager.adoptNewest(true);
    }
  }

  /** Whether there is more to do than to append the changed pages to the log. */
  private boolean mustMove() {
    boolean grown = shared.pageCount != original;
    return pager.isBehind()
        || pager.hasOwnFreelist(shared.header().data)
        || grown && BigEndian.getInt(pager.newestPage1(), BtreeShared.HEADER_FREE_PAGE_COUNT) != 0;
  }

  private void collectFreed() {
    byte[] page1 = shared.header().data;
    if (!pager.hasOwnFreelist(page1)) {
      return;
    }
    int expected = BigEndian.getInt(page1, BtreeShared.HEADER_FREE_PAGE_COUNT);
    int number = BigEndian.getInt(page1, BtreeShared.HEADER_FIRST_TRUNK);
    for (int seen = 0; number != 0; ) {
      noteFreed(number);
      BtreePage trunk = shared.get(number);
      int leaves = BigEndian.getInt(trunk.data, FreeList.TRUNK_COUNT);
      seen += 1 + leaves;
      boolean plausible = leaves >= 0 && leaves <= shared.usableSize / 4 - 2 && seen <= expected;
      for (int i = 0; plausible && i < leaves; i++) {
        noteFreed(BigEndian.getInt(trunk.data, FreeList.TRUNK_LEAVES + 4 * i));
      }
      number = BigEndian.getInt(trunk.data, FreeList.TRUNK_NEXT);
      shared.release(trunk);
      if (!plausible) {
        throw Corruption.found();
      }
    }
    if (freed.cardinality() != expected) {
      throw Corruption.found();
    }
  }

  private void noteFreed(int number) {
    if (number < 2 || number > shared.pageCount || freed.get(number)) {
      throw Corruption.found();
    }
    freed.set(number);
  }

  // ---- without anybody else

  /** Nobody else has committed, so that all pages stay where they are. */
  private void keepPlaces() {
    byte[] freelist = pager.originalPage1();
    boolean putBack = pager.hasOwnFreelist(shared.header().data);
    pager.adoptNewest(true);
    shared.forgetFreed();
    if (putBack) {
      shared.writeHeader();
      System.arraycopy(
          freelist,
          BtreeShared.HEADER_FIRST_TRUNK,
          shared.header().data,
          BtreeShared.HEADER_FIRST_TRUNK,
          8);
      giveFreed(shared.pageCount);
    }
  }

  private void giveFreed(int last) {
    for (int n = freed.nextSetBit(0); n >= 0 && n <= last; n = freed.nextSetBit(n + 1)) {
      shared.freeList.free(n, null);
    }
  }

  // ---- with others

  private void move() {
    BitSet kept = detachAdded();
    pager.adoptNewest(false);
    shared.pageCount = shared.pager.pageCount();
    shared.forgetFreed();
    findPlaces();
    for (int n = kept.nextSetBit(0); n >= 0; n = kept.nextSetBit(n + 1)) {
      BtreePage page = shared.get(n);
      correct(page);
      shared.release(page);
    }
    for (int i = 0; i < added.length; i++) {
      if (added[i] != null) {
        place(added[i], moved[i]);
      }
    }
    giveFreed(original);
  }

  /**
   * Takes the new pages out of the cache, and forgets changes of pages that are no longer used.
   *
   * @return the changed pages that stay where they are
   */
  private BitSet detachAdded() {
    BitSet kept = new BitSet();
    added = new byte[shared.pageCount - original][];
    for (Page page : pager.changedPages()) {
      int number = page.pageNumber();
      if (number == 1) {
        continue;
      }
      // Behind the end are pages of which a savepoint was rolled back.
      boolean unused = number > shared.pageCount || freed.get(number);
      if (!unused && number <= original) {
        kept.set(number);
      } else {
        byte[] bytes = pager.detach(page);
        if (!unused) {
          added[number - original - 1] = bytes;
        }
      }
    }
    for (int i = 0; i < added.length; i++) {
      int number = original + 1 + i;
      if (added[i] == null && !freed.get(number) && !shared.isLockBytePage(number)) {
        throw new LibsqlException(ResultCode.INTERNAL, "page " + number + " was lost");
      }
    }
    return kept;
  }

  private void findPlaces() {
    moved = new int[added.length];
    for (int i = 0; i < added.length; i++) {
      if (added[i] != null) {
        BtreePage place = shared.freeList.allocate(0, FreeList.ANY);
        moved[i] = place.number();
        shared.release(place);
      }
    }
  }

  private void place(byte[] bytes, int number) {
    BtreePage page = shared.getForOverwrite(number);
    try {
      shared.pager.write(page.page);
      System.arraycopy(bytes, 0, page.data, 0, bytes.length);
      page.parsed = false;
      correct(page);
    } finally {
      shared.release(page);
    }
  }

  /** Corrects the pointers in a changed page that is either of a tree or of an overflow chain. */
  private void correct(BtreePage page) {
    if (added.length == 0) {
      return;
    }
    shared.pager.write(page.page);
    int kind = page.flags();
    if (kind == 0 || kind == 1) {
      correct(page.data, 0);
      return;
    }
    page.parse();
    if (!page.leaf) {
      correct(page.data, page.headerOffset + BtreePage.RIGHT_CHILD);
    }
    for (int i = 0; i < page.cellCount; i++) {
      if (!page.leaf) {
        correct(page.data, page.cellOffset(i));
      }
      page.parseCell(i, info);
      if (info.overflows()) {
        correct(page.data, info.overflowPointerOffset());
      }
    }
  }

  private void correct(byte[] data, int offset) {
    int target = BigEndian.getInt(data, offset);
    if (target > original) {
      int index = target - original - 1;
      if (index >= moved.length || moved[index] == 0) {
        throw Corruption.found();
      }
      BigEndian.putInt(data, offset, moved[index]);
    }
  }
}
