package org.libsql4j.btree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Varint;

/**
 * Spreads the cells of up to three neighbouring pages anew, over one to five pages.
 *
 * <p>The dividers between the pages are taken out of the parent, all cells are copied, pages are
 * added or freed, and everything is written back in page-number order, so that scans read the file
 * forwards. The parent may overflow or become too empty; that is the next step's business.
 */
final class SiblingBalancer {
  private final BtreeShared shared;
  private final SiblingCells cells = new SiblingCells();
  private final CellDistribution distribution = new CellDistribution();
  private final @Nullable BtreePage[] old = new BtreePage[CellDistribution.MAX_OLD];
  private final @Nullable BtreePage[] fresh = new BtreePage[CellDistribution.MAX_NEW];

  /** Those of {@link #fresh} that were allocated. */
  private final @Nullable BtreePage[] added = new BtreePage[CellDistribution.MAX_NEW];

  private final byte[] @Nullable [] dividers = new byte[CellDistribution.MAX_OLD][];
  private final CellInfo info = new CellInfo();

  private int oldCount;
  private int freshCount;

  /** Index in the parent of the first divider. */
  private int firstDivider;

  SiblingBalancer(BtreeShared shared) {
    this.shared = shared;
  }

  /**
   * Balances the children of a writable parent around one of them.
   *
   * @param parentIndex index of the child that overflows or is too empty
   * @param parentIsRoot whether a level may be removed
   * @param bulk whether entries come in order, so that pages on the left are to stay full
   */
  void balance(BtreePage parent, int parentIndex, boolean parentIsRoot, boolean bulk) {
    freshCount = 0;
    oldCount = 0;
    try {
      chooseSiblings(parent, parentIndex, bulk);
      takeSiblings(parent);
      BtreePage first = page(old, 0);
      boolean tableLeaf = first.tableLeaf;
      boolean leaf = first.leaf;
      gatherCells(first);
      int rightChild = leaf ? 0 : page(old, oldCount - 1).rightChild();
      int header = leaf ? BtreePage.LEAF_HEADER_BYTES : BtreePage.INNER_HEADER_BYTES;
      distribution.spread(cells, oldCount, shared.usableSize - header, tableLeaf, bulk);
      preparePages(parentIndex, first.flags(), bulk);
      sortByNumber();
      linkToParent(parent);
      insertDividers(parent, leaf, tableLeaf);
      fillPages(leaf, tableLeaf, rightChild);
      updatePointerMap(parent);
      if (parentIsRoot
          && parent.cellCount == 0
          && freshCount == 1
          && parent.headerOffset <= page(fresh, 0).freeBytes()) {
        shared.balancer.removeLevel(parent, page(fresh, 0));
      }
      for (int i = freshCount; i < oldCount; i++) {
        BtreePage surplus = page(old, i);
        shared.freeList.free(surplus.number(), surplus);
      }
    } finally {
      releaseAll();
    }
  }

  private static BtreePage page(@Nullable BtreePage[] pages, int i) {
    BtreePage page = pages[i];
    if (page == null) {
      throw new IllegalStateException("no sibling " + i);
    }
    return page;
  }

  private void releaseAll() {
    for (int i = 0; i < old.length; i++) {
      shared.release(old[i]);
      dividers[i] = null;
    }
    for (BtreePage page : added) {
      shared.release(page);
    }
    Arrays.fill(old, null);
    Arrays.fill(fresh, null);
    Arrays.fill(added, null);
  }

  // ---- before --------------------------------------------------------------------------------

  private void chooseSiblings(BtreePage parent, int parentIndex, boolean bulk) {
    int total = parent.overflowCount + parent.cellCount;
    // A divider that waits for room is taken only if it is between three siblings.
    int extra = bulk && parent.overflowCount == 0 ? 1 : 0;
    if (total < 2) {
      firstDivider = 0;
      oldCount = total + 1;
    } else {
      if (parentIndex == 0) {
        firstDivider = 0;
      } else if (parentIndex == total) {
        firstDivider = total - 2 + extra;
      } else {
        firstDivider = parentIndex - 1;
      }
      oldCount = 3 - extra;
    }
  }

  /** Pins the siblings, from right to left, and takes the dividers out of the parent. */
  private void takeSiblings(BtreePage parent) {
    int last = oldCount - 1;
    int index = firstDivider + last - parent.overflowCount;
    if (index > parent.cellCount) {
      throw Corruption.found();
    }
    int child = index == parent.cellCount ? parent.rightChild() : parent.leftChild(index);
    for (int i = last; ; i--) {
      BtreePage sibling = shared.getParsed(child);
      old[i] = sibling;
      sibling.freeBytes();
      if (i == 0) {
        break;
      }
      byte[] divider = takeDivider(parent, firstDivider + i - 1);
      dividers[i - 1] = divider;
      child = Balancer.childOf(divider, 0);
    }
    if (parent.overflowCount > 0) {
      throw Corruption.found();
    }
  }

  private byte[] takeDivider(BtreePage parent, int index) {
    if (parent.overflowCount > 0 && parent.overflowIndex[0] == index) {
      parent.overflowCount = 0;
      return parent.overflowCells[0];
    }
    int real = index - parent.overflowCount;
    if (real < 0 || real >= parent.cellCount) {
      throw Corruption.found();
    }
    int offset = parent.cellOffset(real);
    int size = parent.cellSizeAt(parent.data, offset);
    if (offset + size > shared.usableSize) {
      throw Corruption.found();
    }
    byte[] divider = Arrays.copyOfRange(parent.data, offset, offset + size);
    PageSpace.dropCell(parent, real, size);
    return divider;
  }

  private void gatherCells(BtreePage first) {
    cells.clear();
    int flags = first.flags();
    int space =
        shared.usableSize
            - (first.leaf ? BtreePage.LEAF_HEADER_BYTES : BtreePage.INNER_HEADER_BYTES);
    for (int i = 0; i < oldCount; i++) {
      BtreePage sibling = page(old, i);
      if (sibling.flags() != flags) {
        throw Corruption.found();
      }
      cells.addPage(sibling);
      distribution.end[i] = cells.count;
      int used = space - sibling.freeBytes();
      for (int k = 0; k < sibling.overflowCount; k++) {
        used += 2 + sibling.overflowCells[k].length;
      }
      distribution.used[i] = used;
      byte[] divider = dividers[i];
      if (i < oldCount - 1 && divider != null && !first.tableLeaf) {
        if (!first.leaf) {
          BigEndian.putInt(divider, 0, sibling.rightChild());
        }
        cells.addDivider(divider, first.leaf ? 4 : 0);
      }
    }
  }

  // ---- pages ---------------------------------------------------------------------------------

  /** Makes the old pages writable, as many as are needed, and allocates what is missing. */
  private void preparePages(int parentIndex, int flags, boolean bulk) {
    int wanted = distribution.pageCount;
    int near = 0;
    for (int i = 0; i < wanted; i++) {
      if (i < oldCount) {
        BtreePage sibling = page(old, i);
        int pins = i == parentIndex - firstDivider ? 2 : 1;
        if (sibling.page.pinCount() != pins) {
          // The page is in use as another node of a tree too.
          throw Corruption.found();
        }
        shared.pager.write(sibling.page);
        fresh[i] = sibling;
      } else {
        BtreePage allocated = shared.freeList.allocate(bulk ? 1 : near, FreeList.ANY);
        added[i] = allocated;
        fresh[i] = allocated;
        PageSpace.clear(allocated, flags);
      }
      near = page(fresh, i).number();
      freshCount++;
    }
  }

  /** All pages are filled anew, so their order is free: they are used by ascending number. */
  private void sortByNumber() {
    for (int i = 1; i < freshCount; i++) {
      BtreePage moving = page(fresh, i);
      int to = i;
      while (to > 0 && page(fresh, to - 1).number() > moving.number()) {
        fresh[to] = fresh[to - 1];
        to--;
      }
      fresh[to] = moving;
    }
  }

  // ---- after ---------------------------------------------------------------------------------

  /** Points the parent's pointer behind the last divider at the last page. */
  private void linkToParent(BtreePage parent) {
    int number = page(fresh, freshCount - 1).number();
    if (firstDivider >= parent.cellCount) {
      parent.setRightChild(number);
    } else {
      BigEndian.putInt(parent.data, parent.cellOffset(firstDivider), number);
    }
  }

  private void insertDividers(BtreePage parent, boolean leaf, boolean tableLeaf) {
    for (int i = 0; i < freshCount - 1; i++) {
      BtreePage left = page(fresh, i);
      int cell = distribution.end[i];
      byte[] divider = shared.cellBuffer();
      int size;
      if (tableLeaf) {
        left.parseCellAt(cells.content, cells.offsets[cell - 1], info);
        size = 4 + Varint.put(divider, 4, info.key);
      } else if (leaf) {
        size = cells.sizes[cell] + 4;
        System.arraycopy(cells.content, cells.offsets[cell], divider, 4, cells.sizes[cell]);
        if (size == 8) {
          // A leaf cell may be padded to four bytes, which no inner cell needs.
          size = parent.cellSizeAt(divider, 0);
        }
      } else {
        size = cells.sizes[cell];
        System.arraycopy(cells.content, cells.offsets[cell], divider, 0, size);
      }
      PageSpace.insertCell(parent, firstDivider + i, divider, 0, size, left.number());
    }
  }

  private void fillPages(boolean leaf, boolean tableLeaf, int rightChild) {
    for (int i = 0; i < freshCount; i++) {
      BtreePage target = page(fresh, i);
      int end = distribution.end[i];
      if (!leaf) {
        boolean last = i == freshCount - 1;
        target.setRightChild(
            last ? rightChild : Balancer.childOf(cells.content, cells.offsets[end]));
      }
      cells.fill(target, distribution.start(i, tableLeaf), end);
    }
  }

  private void updatePointerMap(BtreePage parent) {
    if (!shared.autoVacuum) {
      return;
    }
    for (int i = 0; i < freshCount; i++) {
      BtreePage target = page(fresh, i);
      PointerMap.put(shared, target.number(), PointerMap.TREE, parent.number());
      PointerMap.putChildren(shared, target);
    }
  }
}
