package org.libsql4j.pager;

import java.util.Arrays;

/** A set of page numbers that stays small while the numbers are close together. */
final class PageSet {
  private static final int CHUNK_SHIFT = 15;
  private static final int CHUNK_LONGS = (1 << CHUNK_SHIFT) / Long.SIZE;

  private long[][] chunks = new long[4][];

  boolean contains(int pageNumber) {
    int chunk = pageNumber >>> CHUNK_SHIFT;
    if (chunk >= chunks.length || chunks[chunk] == null) {
      return false;
    }
    return (chunks[chunk][wordOf(pageNumber)] & (1L << pageNumber)) != 0;
  }

  void add(int pageNumber) {
    int chunk = pageNumber >>> CHUNK_SHIFT;
    if (chunk >= chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(chunk + 1, chunks.length * 2));
    }
    if (chunks[chunk] == null) {
      chunks[chunk] = new long[CHUNK_LONGS];
    }
    chunks[chunk][wordOf(pageNumber)] |= 1L << pageNumber;
  }

  void remove(int pageNumber) {
    if (contains(pageNumber)) {
      chunks[pageNumber >>> CHUNK_SHIFT][wordOf(pageNumber)] &= ~(1L << pageNumber);
    }
  }

  /** Empties the set, keeping its memory unless that is much. */
  void clear() {
    if (chunks.length > 64) {
      chunks = new long[4][];
      return;
    }
    for (long[] chunk : chunks) {
      if (chunk != null) {
        Arrays.fill(chunk, 0);
      }
    }
  }

  private static int wordOf(int pageNumber) {
    return (pageNumber & ((1 << CHUNK_SHIFT) - 1)) >>> 6;
  }
}
