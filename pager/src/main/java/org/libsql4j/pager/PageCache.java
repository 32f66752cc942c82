package org.libsql4j.pager;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.PageAllocator;

/**
 * The pages in memory, found by number.
 *
 * <h2>Structure</h2>
 *
 * <p>Three arrays: {@code table} is a hash table of chains, in which neighbours in the file are
 * neighbours too, as most scans go from one to the next; {@code slots} lists all pages in no order,
 * for the clock hand and for sweeps; {@code dirty} lists the dirty ones. A page knows its places in
 * the lists, so all changes are O(1).
 *
 * <p>Replacement is the clock algorithm (second chance) instead of a linked LRU list: a hit sets
 * one boolean, where a list would cost six reference writes and their garbage-collector barriers,
 * and a hit is by far the most frequent operation. The hand skips pinned and dirty pages.
 *
 * <p>Invariants: (1) every page in {@code slots} is in {@code table} and the reverse; (2) a page is
 * in {@code dirty} exactly if it has {@link Page#DIRTY}; (3) {@code pins} is the sum of all pin
 * counts; (4) page objects leave the cache only unpinned, or when {@link #drop} is told to drop a
 * page with exactly one pin.
 *
 * <p>The limit is soft: pinned and unwritable dirty pages make the cache grow over it.
 */
final class PageCache {
  private static final int MINIMUM_TABLE_SIZE = 64;

  /** What a page costs beside its bytes, for limits in KiB: object, arrays, B-tree view. */
  private static final int PAGE_OVERHEAD_BYTES = 256;

  private final PageAllocator allocator;
  private int pageSize;
  private boolean evicting = true;
  private int cacheSize = PagerOptions.DEFAULT_CACHE_SIZE;
  private int limit;

  private @Nullable Page[] table = new Page[MINIMUM_TABLE_SIZE];
  private Page[] slots = new Page[MINIMUM_TABLE_SIZE];
  private int count;
  private int hand;

  /** One in this many pages of the cache may be written early at once. */
  private static final int CHOSEN_PART = 4;

  /** So many pages are looked at for each that is to be written early, once there is one. */
  private static final int STEPS_PER_CHOSEN = 4;

  /** If fewer than one page in this many is clean, looking for one takes too long. */
  private static final int MOSTLY_DIRTY = 8;

  /**
   * The pages that were chosen last to be written early, in ascending order: those that nobody has
   * used since are the next to go.
   */
  private Page[] chosen = new Page[0];

  private int chosenCount;
  private int chosenTaken;

  /** No page in the cache has a higher number. */
  private int highest;

  private Page[] dirty = new Page[MINIMUM_TABLE_SIZE];
  private int dirtyCount;
  private int pins;

  /** What a cache of the default size may hold: 1/64 of the heap, at least 2,000 KiB. */
  private static final long DEFAULT_BYTES =
      Math.max(2_000L * 1024, Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 64));

  private long[] sortKeys = new long[0];
  private Page[] sorted = new Page[0];

  PageCache(int pageSize, PageAllocator allocator) {
    this.allocator = allocator;
    this.pageSize = pageSize;
    this.limit = pagesOf(cacheSize);
  }

  // ---- lookup

  /** The page, not pinned, or null. */
  @Nullable Page find(int pageNumber) {
    Page page = table[pageNumber & (table.length - 1)];
    while (page != null && page.pageNumber != pageNumber) {
      page = page.nextInBucket;
    }
    return page;
  }

  void pin(Page page) {
    page.pinCount++;
    pins++;
  }

  void unpin(Page page) {
    page.pinCount--;
    page.referenced = true;
    pins--;
  }

  int pins() {
    return pins;
  }

  int count() {
    return count;
  }

  int dirtyCount() {
    return dirtyCount;
  }

  // ---- coming and going

  boolean isFull() {
    return evicting && count >= limit;
  }

  boolean isOver(int pages) {
    return evicting && count >= pages;
  }

  /**
   * A page object for a number that is not in the cache; its bytes are whatever they were. Takes an
   * unpinned clean page's place if the cache is full.
   *
   * @return null if the cache is full and such a place is not found quickly, because most pages are
   *     dirty: then one should be cleaned
   */
  @Nullable Page tryAdd(int pageNumber) {
    if (!isFull()) {
      return addGrowing(pageNumber);
    }
    Page page = takeCleaned();
    if (page == null && (count - dirtyCount) * MOSTLY_DIRTY > count) {
      page = evict();
    }
    return page == null ? null : start(page, pageNumber);
  }

  /** As {@link #tryAdd}, but looks at all pages for a place. */
  @Nullable Page tryAddAnywhere(int pageNumber) {
    Page page = evict();
    return page == null ? null : start(page, pageNumber);
  }

  /** The next of the pages that were written early, out of the table; null if there is none. */
  private @Nullable Page takeCleaned() {
    while (chosenTaken < chosenCount) {
      Page page = chosen[chosenTaken];
      chosen[chosenTaken++] = null;
      boolean isInUse = page.pinCount != 0 || page.referenced;
      if (page.slot >= 0 && page.dirtySlot < 0 && !isInUse) {
        remove(page);
        return page;
      }
    }
    return null;
  }

  /**
   * As {@link #tryAdd}, but lets the cache grow.
   *
   * @throws LibsqlException NOMEM, with the cache as it was
   */
  Page addGrowing(int pageNumber) {
    Page page = new Page(allocate());
    append(page);
    return start(page, pageNumber);
  }

  private byte[] allocate() {
    try {
      return allocator.allocate(pageSize);
    } catch (OutOfMemoryError e) {
      throw new LibsqlException(ResultCode.NOMEM, ResultCode.NOMEM.defaultMessage(), e);
    }
  }

  private Page start(Page page, int pageNumber) {
    page.pageNumber = pageNumber;
    page.flags = 0;
    page.extra = null;
    page.referenced = false;
    insert(page);
    return page;
  }

  private void append(Page page) {
    if (count == slots.length) {
      slots = Arrays.copyOf(slots, count * 2);
    }
    if (2 * (count + 1) > table.length) {
      rehash(table.length * 2);
    }
    page.slot = count;
    slots[count++] = page;
  }

  /** Takes an unpinned clean page out of the table, or returns null if there is none. */
  private @Nullable Page evict() {
    if (count - dirtyCount == 0) {
      return null;
    }
    for (int steps = 2 * count; steps > 0; steps--) {
      if (hand >= count) {
        hand = 0;
      }
      Page page = slots[hand++];
      if (page.pinCount != 0 || page.dirtySlot >= 0) {
        continue;
      }
      if (page.referenced) {
        page.referenced = false;
        continue;
      }
      remove(page);
      return page;
    }
    return null;
  }

  /** Forgets a page; it may have one pin, which is gone too. */
  void drop(Page page) {
    pins -= page.pinCount;
    page.pinCount = 0;
    clean(page);
    remove(page);
    removeSlot(page);
  }

  private void removeSlot(Page page) {
    Page last = slots[--count];
    slots[page.slot] = last;
    last.slot = page.slot;
    slots[count] = null;
    page.slot = -1;
    page.extra = null;
  }

  /** Gives a page a number that is not in the cache. */
  void rekey(Page page, int newPageNumber) {
    remove(page);
    page.pageNumber = newPageNumber;
    insert(page);
  }

  /**
   * Forgets all pages with numbers above {@code pageCount}. Pinned ones stay, clean and full of
   * zeros.
   */
  void truncate(int pageCount) {
    if (Integer.compareUnsigned(highest, pageCount) <= 0) {
      return;
    }
    highest = 0;
    for (int i = count - 1; i >= 0; i--) {
      Page page = slots[i];
      if (Integer.compareUnsigned(page.pageNumber, pageCount) <= 0) {
        noteHighest(page.pageNumber);
        continue;
      }
      if (page.pinCount == 0) {
        drop(page);
      } else {
        noteHighest(page.pageNumber);
        clean(page);
        Arrays.fill(page.data, (byte) 0);
      }
    }
  }

  /** Forgets all unpinned clean pages. */
  void dropClean() {
    for (int i = count - 1; i >= 0; i--) {
      if (slots[i].pinCount == 0 && slots[i].dirtySlot < 0) {
        drop(slots[i]);
      }
    }
  }

  /** Empties the cache for pages of another size; nothing may be pinned. */
  void setPageSize(int newPageSize) {
    truncate(0);
    pageSize = newPageSize;
    limit = pagesOf(cacheSize);
  }

  // ---- limits

  /** In pages, or KiB if negative. */
  void setCacheSize(int size) {
    cacheSize = size;
    limit = pagesOf(size);
    shrinkTo(limit);
  }

  /** False keeps all pages for ever: the cache is the database. */
  void setEvicting(boolean value) {
    evicting = value;
  }

  int limit() {
    return limit;
  }

  /**
   * A size as in PRAGMA cache_size, in pages. The default of 2,000 KiB leaves it to us: it stands
   * for a share of the heap, which saves copying a page from the file each time it is looked at.
   */
  int pagesOf(int size) {
    if (size >= 0) {
      return size;
    }
    long bytes = size == PagerOptions.DEFAULT_CACHE_SIZE ? DEFAULT_BYTES : -1024L * size;
    return (int) Math.min(bytes / (pageSize + PAGE_OVERHEAD_BYTES), 1_000_000_000);
  }

  /** Gives up what the cache grew over its limit, as far as it is clean. */
  void shrinkToLimit() {
    shrinkTo(limit);
  }

  private void shrinkTo(int pages) {
    for (int i = count - 1; evicting && i >= 0 && count > pages; i--) {
      Page page = slots[i];
      if (page.pinCount == 0 && page.dirtySlot < 0) {
        drop(page);
      }
    }
  }

  long memoryUsed() {
    return (long) count * (pageSize + PAGE_OVERHEAD_BYTES);
  }

  // ---- dirt

  void makeDirty(Page page) {
    if (page.dirtySlot >= 0) {
      page.flags &= ~Page.DONT_WRITE;
      return;
    }
    if (dirtyCount == dirty.length) {
      dirty = Arrays.copyOf(dirty, dirtyCount * 2);
    }
    page.dirtySlot = dirtyCount;
    dirty[dirtyCount++] = page;
    page.flags = page.flags & ~Page.DONT_WRITE | Page.DIRTY;
  }

  void clean(Page page) {
    page.flags = 0;
    if (page.dirtySlot < 0) {
      return;
    }
    Page last = dirty[--dirtyCount];
    dirty[page.dirtySlot] = last;
    last.dirtySlot = page.dirtySlot;
    dirty[dirtyCount] = null;
    page.dirtySlot = -1;
  }

  void cleanAll() {
    for (int i = 0; i < dirtyCount; i++) {
      Page page = dirty[i];
      page.flags = 0;
      page.dirtySlot = -1;
      dirty[i] = null;
    }
    dirtyCount = 0;
  }

  /** Ends a transaction whose pages stay dirty: all must be made writable anew. */
  void clearWritable() {
    clearFlags(Page.WRITABLE | Page.NEED_SYNC);
  }

  void clearNeedSync() {
    clearFlags(Page.NEED_SYNC);
  }

  private void clearFlags(int flags) {
    for (int i = 0; i < dirtyCount; i++) {
      dirty[i].flags &= ~flags;
    }
  }

  /**
   * Chooses unpinned dirty pages to write early, not recently used and with a synced journal
   * record; if there is none, one without. They are {@link #chosen} then.
   *
   * @param most how many at most; fewer from a small cache
   * @return how many
   */
  int choose(int most) {
    int wanted = Math.max(1, Math.min(most, limit / CHOSEN_PART));
    if (chosen.length < wanted) {
      chosen = new Page[wanted];
    }
    Page unsynced = null;
    int found = 0;
    for (int steps = 2 * count; steps > 0 && found < wanted; steps--) {
      if (hand >= count) {
        hand = 0;
      }
      Page page = slots[hand++];
      if (page.pinCount != 0 || page.dirtySlot < 0) {
        continue;
      }
      if (page.referenced) {
        page.referenced = false;
      } else if (page.has(Page.NEED_SYNC)) {
        unsynced = unsynced == null ? page : unsynced;
      } else {
        addChosen(page, found++);
        // Not once around: the same pages would come again.
        steps = found == 1 ? Math.min(steps, Math.min(count, STEPS_PER_CHOSEN * wanted)) : steps;
      }
    }
    if (found == 0 && unsynced != null) {
      chosen[found++] = unsynced;
    }
    chosenCount = found;
    chosenTaken = 0;
    return found;
  }

  private void addChosen(Page page, int index) {
    int at = index;
    while (at > 0 && Integer.compareUnsigned(chosen[at - 1].pageNumber, page.pageNumber) > 0) {
      chosen[at] = chosen[--at];
    }
    chosen[at] = page;
  }

  /** What {@link #choose} has chosen, in ascending order; valid until a page is added. */
  Page[] chosen() {
    return chosen;
  }

  /**
   * The dirty pages in ascending order; {@link #dirtyCount()} of them, in an array that is valid
   * until the next call.
   */
  Page[] sortedDirty() {
    if (sortKeys.length < dirtyCount) {
      sortKeys = new long[Math.max(dirtyCount, sortKeys.length * 2)];
      sorted = new Page[sortKeys.length];
    }
    for (int i = 0; i < dirtyCount; i++) {
      sortKeys[i] = (dirty[i].pageNumber & 0xFFFFFFFFL) << 32 | i;
    }
    Arrays.sort(sortKeys, 0, dirtyCount);
    for (int i = 0; i < dirtyCount; i++) {
      sorted[i] = dirty[(int) sortKeys[i]];
    }
    return sorted;
  }

  // ---- hash table

  private void noteHighest(int pageNumber) {
    if (Integer.compareUnsigned(pageNumber, highest) > 0) {
      highest = pageNumber;
    }
  }

  private void insert(Page page) {
    noteHighest(page.pageNumber);
    int bucket = page.pageNumber & (table.length - 1);
    page.nextInBucket = table[bucket];
    table[bucket] = page;
  }

  private void remove(Page page) {
    int bucket = page.pageNumber & (table.length - 1);
    Page candidate = table[bucket];
    if (candidate == page) {
      table[bucket] = page.nextInBucket;
    } else {
      Page before = candidate;
      while (before != null && before.nextInBucket != page) {
        before = before.nextInBucket;
      }
      if (before == null) {
        throw new IllegalStateException("page " + page.pageNumber + " is not in the cache");
      }
      before.nextInBucket = page.nextInBucket;
    }
    page.nextInBucket = null;
  }

  private void rehash(int newSize) {
    table = new Page[newSize];
    for (int i = 0; i < count; i++) {
      insert(slots[i]);
    }
  }
}
