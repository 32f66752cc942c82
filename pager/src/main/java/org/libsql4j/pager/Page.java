package org.libsql4j.pager;

import org.jspecify.annotations.Nullable;

/**
 * One page of the database in the cache.
 *
 * <p>Pinned while its pin count is above zero: it stays in the cache, and {@link #data} and {@link
 * #extra} belong to the ones who pinned it. After the last {@link Pager#release} the object may be
 * used for another page at any moment.
 *
 * <p>{@link #data} is read freely, but written only after {@link Pager#write} returned in the same
 * savepoint.
 */
public final class Page {
  static final int DIRTY = 1;

  /** Journalled as needed; may be changed. */
  static final int WRITABLE = 2;

  /** Its journal record must be synced before the page is written to the file. */
  static final int NEED_SYNC = 4;

  /** Need not be written although changed: the content does not matter. */
  static final int DONT_WRITE = 8;

  /** The content, exactly one page; the array of a pinned page never changes its identity. */
  public final byte[] data;

  /**
   * The B-tree's parsed view of the page; the pager only clears it.
   *
   * <p>It is set to null when the object starts to be used for a page (so it is null after a {@link
   * Pager#get} that had to read), when a rollback replaces the content of an unpinned page, and
   * when the cache is emptied. It is left alone on movePage. When a rollback replaces the content
   * of a <em>pinned</em> page, the pager calls the {@link PageReinitializer} instead, and clears
   * the field only if there is none.
   */
  public @Nullable Object extra;

  int pageNumber;

  /** The next page of the same chain in the cache's hash table. */
  @Nullable Page nextInBucket;

  int pinCount;
  int flags;

  /** Used since the cache's clock hand last came by. */
  boolean referenced;

  /** Place in the cache's list of all pages. */
  int slot = -1;

  /** Place in the cache's list of dirty pages, -1 if clean. */
  int dirtySlot = -1;

  Page(byte[] data) {
    this.data = data;
  }

  /** The number, from 1. */
  public int pageNumber() {
    return pageNumber;
  }

  /** How often it is pinned. */
  public int pinCount() {
    return pinCount;
  }

  /** Whether it differs, or may differ, from what is in the file. */
  public boolean isDirty() {
    return (flags & DIRTY) != 0;
  }

  /** Whether {@link Pager#write} was called in this transaction. */
  public boolean isWritable() {
    return (flags & WRITABLE) != 0;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  @Override
  public String toString() {
    return "Page " + pageNumber + " pins=" + pinCount + " flags=" + flags;
  }
}
