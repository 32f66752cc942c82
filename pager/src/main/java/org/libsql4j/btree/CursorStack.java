package org.libsql4j.btree;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Where a cursor stands: the pages from the root down to the present one, each pinned, with the
 * index of a cell in each.
 *
 * <p>{@link #page} and {@link #index} are the present ones; those above are in {@link #pages} and
 * {@link #indexes} below {@link #depth}. They mean something only if {@link #depth} is not -1. In
 * state {@link #VALID} the index is that of an entry.
 */
abstract class CursorStack {
  /** At an entry. */
  static final int VALID = 0;

  /** At none. */
  static final int INVALID = 1;

  /**
   * At the neighbour of an entry that is gone: a step in the direction of {@link #skipNext} stays
   * where it is.
   */
  static final int SKIP_NEXT = 2;

  /** The tree has changed: the key is saved, the pages are given back. */
  static final int REQUIRE_SEEK = 3;

  /** A rollback took the ground away; the next use fails. */
  static final int FAULT = 4;

  /** Deeper trees than this are damaged. */
  static final int MAX_DEPTH = 20;

  final BtreeShared shared;
  final int root;

  /** Whether the tree should be a table. */
  final boolean intKey;

  @SuppressWarnings("NullAway.Init") // not looked at while depth is -1
  BtreePage page;

  int index;
  int depth = -1;
  final @Nullable BtreePage[] pages = new BtreePage[MAX_DEPTH];
  final int[] indexes = new int[MAX_DEPTH];

  int state = INVALID;

  /** Direction in which the next step is not taken; 0 for none. */
  int skipNext;

  ResultCode fault = ResultCode.OK;

  /** What the present cell's header says, valid if {@link #cellParsed}. */
  final CellInfo info = new CellInfo();

  boolean cellParsed;

  /** Whether {@code info.key} is the rowid of the present cell, even if the rest is not parsed. */
  boolean rowidKnown;

  /** Whether the present entry is the last one of the tree. */
  boolean atLast;

  /** How many searches in an index are not begun at the present entry, because that was vain. */
  int farSeeksExpected;

  /** What {@link #farSeeksExpected} was last set to. */
  int farSeeks;

  /** Numbers of the present entry's overflow pages as far as known, others 0. */
  int[] overflowPages = NO_PAGES;

  boolean overflowKnown;

  /** What {@link BtreePage#touch()} gave; nobody looks at it. */
  int touched;

  private static final int[] NO_PAGES = new int[0];

  CursorStack(BtreeShared shared, int root, boolean intKey) {
    this.shared = shared;
    this.root = root;
    this.intKey = intKey;
  }

  final void forgetOverflowPages() {
    overflowKnown = false;
  }

  /** The present cell is another one now. */
  final void forgetCell() {
    cellParsed = false;
    rowidKnown = false;
    overflowKnown = false;
  }

  /** The page at a level, 0 for the root, up to the one above the present page. */
  final BtreePage ancestor(int level) {
    BtreePage above = pages[level];
    if (above == null) {
      throw new IllegalStateException("cursor has no page at level " + level);
    }
    return above;
  }

  /** Gives all pages back. */
  final void releasePages() {
    if (depth >= 0) {
      shared.release(page);
      while (--depth >= 0) {
        shared.release(pages[depth]);
        pages[depth] = null;
      }
    }
  }

  // ---- steps ---------------------------------------------------------------------------------

  final void moveToChild(int child) {
    if (depth >= MAX_DEPTH - 1) {
      throw Corruption.found();
    }
    BtreePage below = shared.getParsed(child);
    if (below.cellCount < 1 || below.intKey != intKey) {
      shared.release(below);
      throw Corruption.found();
    }
    cellParsed = false;
    rowidKnown = false;
    overflowKnown = false;
    pages[depth] = page;
    indexes[depth] = index;
    depth++;
    page = below;
    index = 0;
  }

  final void moveToParent() {
    forgetCell();
    BtreePage left = page;
    depth--;
    page = ancestor(depth);
    index = indexes[depth];
    shared.release(left);
  }

  /** Goes to the root; returns false if the tree is empty. */
  final boolean moveToRoot() {
    if (depth > 0) {
      shared.release(page);
      while (--depth > 0) {
        shared.release(pages[depth]);
        pages[depth] = null;
      }
      page = ancestor(0);
    } else if (depth < 0 && !openRoot()) {
      return false;
    }
    if (!page.parsed || page.intKey != intKey) {
      throw Corruption.found();
    }
    index = 0;
    forgetCell();
    atLast = false;
    if (page.cellCount > 0) {
      state = VALID;
      return true;
    }
    if (!page.leaf) {
      // Only the root on page 1 may be without cells but with a child: page 1 has less room.
      if (page.number() != 1) {
        throw Corruption.found();
      }
      state = VALID;
      moveToChild(page.rightChild());
      return true;
    }
    state = INVALID;
    return false;
  }

  /** False if the database has no pages at all. */
  private boolean openRoot() {
    if (state >= REQUIRE_SEEK) {
      if (state == FAULT) {
        throw faultException();
      }
      dropSavedKey();
    }
    state = INVALID;
    if (root == 1 && shared.pageCount == 0) {
      return false;
    }
    page = shared.getParsed(root);
    depth = 0;
    return true;
  }

  final LibsqlException faultException() {
    return new LibsqlException(fault);
  }

  /** Forgets the key that {@link #REQUIRE_SEEK} was about. */
  abstract void dropSavedKey();

  /** Goes down to the smallest entry at or below the present cell. */
  final void moveToLeftmost() {
    while (!page.leaf) {
      if (index >= page.cellCount) {
        throw Corruption.found();
      }
      moveToChild(page.leftChild(index));
    }
  }

  /** Goes down to the greatest entry below the present page. */
  final void moveToRightmost() {
    while (!page.leaf) {
      index = page.cellCount;
      moveToChild(page.rightChild());
    }
    index = page.cellCount - 1;
  }

  /** Steps to the next entry from one that is the last of its page, or on an inner page. */
  final boolean stepForward() {
    forgetCell();
    index++;
    if (index > page.cellCount) {
      throw Corruption.found();
    }
    if (page.leaf) {
      while (index >= page.cellCount) {
        if (depth == 0) {
          state = INVALID;
          return false;
        }
        moveToParent();
      }
      if (!page.intKey || page.leaf) {
        return true;
      }
      index++;
    }
    if (index == page.cellCount) {
      moveToChild(page.rightChild());
    }
    moveToLeftmost();
    touched = page.touch();
    return true;
  }

  /** Steps to the previous entry from one that is the first of its page, or on an inner page. */
  final boolean stepBack() {
    forgetCell();
    atLast = false;
    if (page.leaf) {
      while (index == 0) {
        if (depth == 0) {
          state = INVALID;
          return false;
        }
        moveToParent();
      }
      index--;
      if (!page.intKey || page.leaf) {
        return true;
      }
    }
    moveToChild(page.leftChild(index));
    moveToRightmost();
    touched = page.touch();
    return true;
  }
}
