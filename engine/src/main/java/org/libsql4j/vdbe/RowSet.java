package org.libsql4j.vdbe;

import java.util.Arrays;

/**
 * A set of rowids, either collected and then read in ascending order, or tested while it grows.
 *
 * <p>Membership is kept in a hash table of open addresses; the list is sorted when reading starts.
 */
final class RowSet {
  private long[] list = new long[16];
  private int count;
  private int readAt = -1;

  private long[] table = {};
  private int tableCount;
  private boolean hasZero;

  /** Adds a rowid to be read later. */
  void add(long rowid) {
    if (count == list.length) {
      list = Arrays.copyOf(list, count * 2);
    }
    list[count++] = rowid;
  }

  /** Whether there is another rowid to read; sorts at the first call. */
  boolean hasNext() {
    if (readAt < 0) {
      Arrays.sort(list, 0, count);
      readAt = 0;
    }
    return readAt < count;
  }

  /** The next rowid in ascending order; each one only once. */
  long next() {
    long rowid = list[readAt++];
    while (readAt < count && list[readAt] == rowid) {
      readAt++;
    }
    return rowid;
  }

  /** Whether a rowid was put in by {@link #put}. */
  boolean contains(long rowid) {
    if (rowid == 0) {
      return hasZero;
    }
    return table.length > 0 && table[slotOf(rowid)] == rowid;
  }

  /** Puts a rowid in for {@link #contains}. */
  void put(long rowid) {
    if (rowid == 0) {
      hasZero = true;
      return;
    }
    if (tableCount * 2 >= table.length) {
      grow();
    }
    int slot = slotOf(rowid);
    if (table[slot] == 0) {
      table[slot] = rowid;
      tableCount++;
    }
  }

  private void grow() {
    long[] old = table;
    table = new long[Math.max(64, old.length * 2)];
    for (long rowid : old) {
      if (rowid != 0) {
        table[slotOf(rowid)] = rowid;
      }
    }
  }

  private int slotOf(long rowid) {
    int mask = table.length - 1;
    int slot = (int) (rowid * 0x9E3779B97F4A7C15L >>> 32) & mask;
    while (table[slot] != 0 && table[slot] != rowid) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
