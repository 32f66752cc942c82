package org.libsql4j.btree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.pager.OptimisticWrites;
import org.libsql4j.record.BigEndian;

/**
 * {@code PRAGMA integrity_check} for pages: every page is used exactly once, keys are in order,
 * trees are balanced, no byte of a page is used twice and none is lost.
 *
 * <p>Texts are SQLite's. The order of keys in indexes is the caller's business, who knows the
 * collations.
 */
final class IntegrityCheck {
  /** Trees deeper than this are not followed: no valid one comes near it. */
  private static final int MAX_DEPTH = 200;

  private final BtreeShared shared;
  private final int pageCount;
  private final BitSet referenced = new BitSet();
  private final List<String> messages = new ArrayList<>();
  private int messagesLeft;
  private long entries;
  private int tree;

  /** Cell whose child is being checked; messages about a right child name it too. */
  private int currentCell;

  private IntegrityCheck(BtreeShared shared, int maxMessages) {
    this.shared = shared;
    this.pageCount = shared.pageCount;
    this.messagesLeft = maxMessages;
  }

  /** See {@link Btree#integrityCheck}. */
  static List<String> run(BtreeShared shared, int[] roots, int maxMessages, long[] rowCounts) {
    IntegrityCheck check = new IntegrityCheck(shared, maxMessages);
    if (shared.pageCount > 0) {
      check.checkAll(roots, rowCounts);
    }
    return check.messages;
  }

  private void checkAll(int[] roots, long[] rowCounts) {
    boolean partial = roots.length > 0 && roots[0] == 0;
    boolean withFreeList = !partial || roots.length > 1 && roots[1] == 1;
    if (shared.pager.lockBytePage() <= pageCount) {
      referenced.set(shared.pager.lockBytePage());
    }
    if (withFreeList) {
      checkFreeLists();
    }
    if (!partial) {
      checkLargestRoot(roots);
    }
    for (int i = 0; i < roots.length && messagesLeft > 0; i++) {
      entries = 0;
      if (roots[i] != 0) {
        if (shared.autoVacuum && roots[i] > 1 && !partial) {
          checkPointerMap("", roots[i], PointerMap.ROOT, 0);
        }
        tree = roots[i];
        checkTree(roots[i], Long.MAX_VALUE, "", 0);
      }
      rowCounts[i] = entries;
    }
    if (!partial) {
      checkUnused();
    }
  }

  private void report(String message) {
    if (messagesLeft > 0) {
      messagesLeft--;
      messages.add(message);
    }
  }

  private static String unsigned(int number) {
    return Integer.toUnsignedString(number);
  }

  // ---- whole file ----------------------------------------------------------------------------

  private void checkLargestRoot(int[] roots) {
    int inHeader = shared.headerInt(Btree.metaOffset(Btree.LARGEST_ROOT_PAGE));
    if (shared.autoVacuum) {
      int largest = 0;
      for (int root : roots) {
        largest = Math.max(largest, root);
      }
      if (largest != inHeader) {
        report("max rootpage (" + largest + ") disagrees with header (" + unsigned(inHeader) + ")");
      }
    } else if (shared.headerInt(Btree.metaOffset(Btree.INCREMENTAL_VACUUM)) != 0) {
      report("incremental_vacuum enabled with a max rootpage of zero");
    }
  }

  private void checkUnused() {
    for (int i = 1; i <= pageCount && messagesLeft > 0; i++) {
      boolean isMap = shared.autoVacuum && PointerMap.isMapPage(shared, i);
      if (!referenced.get(i) && !isMap) {
        report("Page " + i + ": never used");
      }
      if (referenced.get(i) && isMap) {
        report("Page " + i + ": pointer map referenced");
      }
    }
  }

  /** Notes that a page is used; false if it cannot be or was before. */
  private boolean refer(String prefix, int number) {
    if (number <= 0 || number > pageCount) {
      report(prefix + "invalid page number " + unsigned(number));
      return false;
    }
    if (referenced.get(number)) {
      report(prefix + "2nd reference to page " + number);
      return false;
    }
    referenced.set(number);
    return true;
  }

  private void checkPointerMap(String prefix, int child, int type, int parent) {
    long entry;
    try {
      entry = PointerMap.get(shared, child);
    } catch (LibsqlException | IndexOutOfBoundsException e) {
      report(prefix + "Failed to read ptrmap key=" + unsigned(child));
      return;
    }
    if (PointerMap.type(entry) != type || PointerMap.parent(entry) != parent) {
      report(
          prefix
              + String.format(
                  "Bad ptr map entry key=%s expected=(%d,%s) got=(%d,%s)",
                  unsigned(child),
                  type,
                  unsigned(parent),
                  PointerMap.type(entry),
                  unsigned(PointerMap.parent(entry))));
    }
  }

  // ---- lists ---------------------------------------------------------------------------------

  private void checkFreeLists() {
    byte[] page1 = shared.header().data;
    checkFreeList(page1);
    OptimisticWrites optimistic = shared.pager.optimistic();
    if (optimistic.isWriting() && optimistic.hasOwnFreelist(page1)) {
      checkFreeList(optimistic.originalPage1());
    }
  }

  private void checkFreeList(byte[] page1) {
    String prefix = "Freelist: ";
    int expected = BigEndian.getInt(page1, BtreeShared.HEADER_FREE_PAGE_COUNT);
    int missing = expected;
    int messagesBefore = messages.size();
    int number = BigEndian.getInt(page1, BtreeShared.HEADER_FIRST_TRUNK);
    while (number != 0 && messagesLeft > 0 && refer(prefix, number)) {
      missing--;
      BtreePage trunk = getOrReport(prefix, number);
      if (trunk == null) {
        break;
      }
      missing -= checkTrunk(prefix, trunk.data, number);
      number = BigEndian.getInt(trunk.data, 0);
      shared.release(trunk);
    }
    reportLength(prefix + "size", missing, expected, messagesBefore);
  }

  /** Returns by how much the number of missing pages goes down. */
  private int checkTrunk(String prefix, byte[] data, int number) {
    if (shared.autoVacuum) {
      checkPointerMap(prefix, number, PointerMap.FREE, 0);
    }
    int leaves = BigEndian.getInt(data, 4);
    if (leaves < 0 || leaves > shared.usableSize / 4 - 2) {
      report(prefix + "freelist leaf count too big on page " + number);
      return 1;
    }
    for (int i = 0; i < leaves; i++) {
      int leaf = BigEndian.getInt(data, 8 + 4 * i);
      if (shared.autoVacuum) {
        checkPointerMap(prefix, leaf, PointerMap.FREE, 0);
      }
      refer(prefix, leaf);
    }
    return leaves;
  }

  private void checkOverflow(String prefix, int first, int expected) {
    int missing = expected;
    int messagesBefore = messages.size();
    int number = first;
    while (number != 0 && messagesLeft > 0 && refer(prefix, number)) {
      missing--;
      BtreePage page = getOrReport(prefix, number);
      if (page == null) {
        break;
      }
      int next = BigEndian.getInt(page.data, 0);
      if (shared.autoVacuum && missing > 0) {
        checkPointerMap(prefix, next, PointerMap.OVERFLOW_NEXT, number);
      }
      number = next;
      shared.release(page);
    }
    reportLength(prefix + "overflow list length", missing, expected, messagesBefore);
  }

  private void reportLength(String what, int missing, int expected, int messagesBefore) {
    if (missing != 0 && messages.size() == messagesBefore) {
      report(what + " is " + unsigned(expected - missing) + " but should be " + unsigned(expected));
    }
  }

  private @Nullable BtreePage getOrReport(String prefix, int number) {
    try {
      return shared.get(number);
    } catch (LibsqlException e) {
      report(prefix + "failed to get page " + number);
      return null;
    }
  }

  // ---- trees ---------------------------------------------------------------------------------

  /** The smallest key below the page that was checked last. */
  private long smallestKey;

  /**
   * Checks a page and all below it.
   *
   * @param maxKey keys must not be greater
   * @param prefix what a message about the reference to this page begins with
   * @return number of levels below this page; 0 for a leaf and for a page that cannot be read
   */
  private int checkTree(int number, long maxKey, String prefix, int level) {
    smallestKey = maxKey;
    if (number == 0 || !refer(prefix, number)) {
      return 0;
    }
    String onPage = "Tree " + tree + " page " + number + ": ";
    if (level > MAX_DEPTH) {
      report(onPage + "too deep");
      return 0;
    }
    BtreePage page;
    try {
      page = shared.get(number);
    } catch (LibsqlException e) {
      report(onPage + "unable to get the page. error code=" + e.resultCode().code());
      return 0;
    }
    boolean wasParsed = page.parsed;
    boolean sound = false;
    try {
      if (!parse(page, onPage)) {
        return 0;
      }
      PageCheck check = new PageCheck(page, maxKey, level);
      sound = check.run();
      return check.depth + 1;
    } catch (IndexOutOfBoundsException e) {
      report(onPage + "btreeInitPage() returns error code 11");
      return 0;
    } finally {
      if (!sound) {
        page.parsed = wasParsed;
      }
      shared.release(page);
    }
  }

  private boolean parse(BtreePage page, String onPage) {
    page.parsed = false;
    try {
      page.parse();
    } catch (LibsqlException e) {
      report(onPage + "btreeInitPage() returns error code " + e.resultCode().code());
      return false;
    }
    try {
      PageSpace.computeFreeBytes(page);
    } catch (LibsqlException e) {
      report(onPage + "free space corruption");
      return false;
    }
    return true;
  }

  /** The check of one page of a tree; its children are checked in between. */
  private final class PageCheck {
    private final BtreePage page;
    private final int level;
    private final int usable = shared.usableSize;
    private final CellInfo info = new CellInfo();
    private final int contentStart;
    private long maxKey;

    /** Only the greatest key of a page may equal that of the cell above. */
    private boolean mayEqual = true;

    private boolean sound = true;
    int depth = -1;

    PageCheck(BtreePage page, long maxKey, int level) {
      this.page = page;
      this.maxKey = maxKey;
      this.level = level;
      this.contentStart = page.contentStart();
    }

    /** In inner pages of auto-vacuum databases SQLite speaks of the right child throughout. */
    private String cellPrefix(int cell) {
      String place = shared.autoVacuum && !page.leaf ? " right child: " : " cell " + cell + ": ";
      return "Tree " + tree + " page " + page.number() + place;
    }

    /** False if the use of the page's bytes could not be checked. */
    boolean run() {
      if (page.leaf || !page.intKey) {
        entries += page.cellCount;
      }
      if (!page.leaf) {
        checkRightChild();
      }
      for (int i = page.cellCount - 1; i >= 0 && messagesLeft > 0; i--) {
        checkCell(i);
      }
      smallestKey = maxKey;
      if (sound && messagesLeft > 0) {
        checkCoverage();
      }
      return sound;
    }

    private void checkRightChild() {
      String prefix = cellPrefix(currentCell);
      int child = page.rightChild();
      if (shared.autoVacuum) {
        checkPointerMap(prefix, child, PointerMap.TREE, page.number());
      }
      depth = checkBelow(child, prefix);
      maxKey = smallestKey;
      mayEqual = false;
    }

    private int checkBelow(int child, String prefix) {
      int cell = currentCell;
      int height = checkTree(child, maxKey, prefix, level + 1);
      currentCell = cell;
      return height;
    }

    private void checkCell(int i) {
      currentCell = i;
      String prefix = cellPrefix(i);
      int start = BigEndian.getShort(page.data, page.pointersOffset + 2 * i);
      if (start < contentStart || start > usable - 4) {
        report(prefix + "Offset " + start + " out of range " + contentStart + ".." + (usable - 4));
        sound = false;
        return;
      }
      if (!parseCell(start)) {
        report(prefix + "Extends off end of page");
        sound = false;
        return;
      }
      if (info.payloadSize > 0 && page.data[info.payloadOffset] >>> 1 == 0) {
        // The size of a record's header counts itself and at least one field.
        report(prefix + "Bad cell header size");
        sound = false;
        return;
      }
      if (page.intKey) {
        if (mayEqual ? info.key > maxKey : info.key >= maxKey) {
          report(prefix + "Rowid " + info.key + " out of order");
        }
        maxKey = info.key;
        mayEqual = false;
      }
      if (info.overflows()) {
        checkChain(prefix);
      }
      if (!page.leaf) {
        checkChild(prefix, BigEndian.getInt(page.data, start));
      }
    }

    private boolean parseCell(int start) {
      try {
        page.parseCellAt(page.data, start, info);
      } catch (IndexOutOfBoundsException e) {
        return false;
      }
      return info.cellSize <= usable - start;
    }

    private void checkChain(String prefix) {
      int rest = info.payloadSize - info.localSize;
      int expected = (int) (((long) rest + usable - 5) / (usable - 4));
      int first = BigEndian.getInt(page.data, info.overflowPointerOffset());
      if (shared.autoVacuum) {
        checkPointerMap(prefix, first, PointerMap.OVERFLOW_FIRST, page.number());
      }
      checkOverflow(prefix, first, expected);
    }

    private void checkChild(String prefix, int child) {
      if (shared.autoVacuum) {
        checkPointerMap(prefix, child, PointerMap.TREE, page.number());
      }
      int height = checkBelow(child, prefix);
      maxKey = smallestKey;
      mayEqual = false;
      if (height != depth) {
        report(prefix + "Child page depth differs");
        depth = height;
      }
    }

    /** Checks that cells and freeblocks do not overlap and that what is between them is known. */
    private void checkCoverage() {
      int header = page.headerOffset;
      long[] spans = new long[page.cellCount + usable / 4 + 1];
      int count = 0;
      for (int i = 0; i < page.cellCount; i++) {
        int start = BigEndian.getShort(page.data, page.pointersOffset + 2 * i);
        spans[count++] = span(start, page.cellSizeAt(page.data, start));
      }
      int block = BigEndian.getShort(page.data, header + BtreePage.FIRST_FREEBLOCK);
      while (block > 0 && count < spans.length) {
        spans[count++] = span(block, BigEndian.getShort(page.data, block + 2));
        block = BigEndian.getShort(page.data, block);
      }
      Arrays.sort(spans, 0, count);
      int fragments = 0;
      int end = contentStart - 1;
      for (int i = 0; i < count; i++) {
        int start = (int) (spans[i] >>> 32);
        if (end >= start) {
          report("Multiple uses for byte " + start + " of page " + page.number());
          if (i < count - 1) {
            return;
          }
          break;
        }
        fragments += start - end - 1;
        end = (int) spans[i];
      }
      fragments += usable - end - 1;
      int told = page.data[header + BtreePage.FRAGMENT_BYTES] & 0xff;
      if (fragments != told) {
        report(
            "Fragmentation of "
                + fragments
                + " bytes reported as "
                + told
                + " on page "
                + page.number());
      }
    }

    private long span(int start, int size) {
      return (long) start << 32 | (start + size - 1);
    }
  }
}
