package org.libsql4j.btree;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.Page;
import org.libsql4j.pager.Pager;
import org.libsql4j.record.BigEndian;

/**
 * Brings the changes of an optimistic transaction up to date with what others have committed since.
 *
 * <p>Both sides may have appended pages under the same numbers. Then those of this transaction move
 * behind the others': every pointer to one of them is on a page that this transaction changed,
 * because it did not exist before.
 */
final class OptimisticCommit {
  /**
   * Below this many pages the first byte of an overflow or freelist page, which is part of a page
   * number, cannot be taken for the kind of a B-tree page.
   */
  private static final int UNAMBIGUOUS_PAGES = BtreePage.INDEX_INNER << 24;

  private final BtreeShared shared;
  private final CellInfo info = new CellInfo();
  private int first;
  private int distance;

  OptimisticCommit(BtreeShared shared) {
    this.shared = shared;
  }

  /**
   * Does it.
   *
   * @throws LibsqlException BUSY_SNAPSHOT if the changes do not go together; the transaction is
   *     open still
   */
  void prepare() {
    Pager pager = shared.pager;
    int original = pager.originalPageCount();
    int added = shared.pageCount - original;
    int newest = pager.goToNewest();
    if (newest != original && added != 0) {
      boolean movable =
          added > 0
              && !pager.usedFreelist()
              && !pager.changedSchema()
              && shared.activeReaders == 0
              && newest + added < UNAMBIGUOUS_PAGES
              && isFree(original + 1, newest + added);
      if (!movable) {
        pager.leaveNewest();
        throw new LibsqlException(ResultCode.BUSY_SNAPSHOT);
      }
      shared.saveCursors(0, null);
      move(original + 1, newest - original);
    }
    shared.pageCount = newest + added;
    pager.mergeHeader(shared.pageCount);
    shared.header().parsed = false;
  }

  /** Whether the page of the lock bytes is not among these. */
  private boolean isFree(int from, int to) {
    int reserved = shared.pager.lockBytePage();
    return reserved < from || reserved > to;
  }

  private void move(int firstMoved, int by) {
    first = firstMoved;
    distance = by;
    Page[] dirty = shared.pager.dirtyPages();
    for (Page page : dirty) {
      BtreePage view = shared.viewOf(page);
      if (isTree(view)) {
        fixTree(view);
      }
    }
    for (int i = dirty.length - 1; i >= 0 && dirty[i].pageNumber() >= first; i--) {
      shared.pager.rekey(dirty[i], dirty[i].pageNumber() + by);
    }
  }

  /** Pages of the freelist that look like one, from when they were, do no harm. */
  private static boolean isTree(BtreePage page) {
    try {
      page.parse();
      return true;
    } catch (LibsqlException e) {
      page.parsed = false;
      return false;
    }
  }

  private void fixTree(BtreePage page) {
    if (!page.leaf) {
      fix(page.data, page.headerOffset + BtreePage.RIGHT_CHILD);
    }
    for (int i = 0; i < page.cellCount; i++) {
      if (!page.leaf) {
        fix(page.data, page.cellOffset(i));
      }
      page.parseCell(i, info);
      if (info.overflows()) {
        int pointer = info.overflowPointerOffset();
        int head = BigEndian.getInt(page.data, pointer);
        fix(page.data, pointer);
        fixChain(head);
      }
    }
  }

  /** Pointers in overflow pages, as far as this transaction wrote the chain. */
  private void fixChain(int head) {
    int number = head;
    for (int seen = 0; number > 0 && seen <= shared.pageCount; seen++) {
      Page page = shared.pager.lookup(number);
      if (page == null) {
        return;
      }
      boolean written = page.isDirty();
      int next = BigEndian.getInt(page.data, 0);
      if (written) {
        fix(page.data, 0);
      }
      shared.pager.release(page);
      if (!written) {
        return;
      }
      number = next;
    }
  }

  private void fix(byte[] data, int offset) {
    int target = BigEndian.getInt(data, offset);
    if (target >= first && target <= shared.pageCount) {
      BigEndian.putInt(data, offset, target + distance);
    }
  }
}
