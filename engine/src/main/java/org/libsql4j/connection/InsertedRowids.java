package org.libsql4j.connection;

import java.util.Arrays;

/** The rowids that INSERT statements themselves, not their triggers, have given to new rows. */
public final class InsertedRowids {
  private static final int INITIAL_CAPACITY = 8;

  private long[] rowids = new long[INITIAL_CAPACITY];
  private int count;

  /** Notes a rowid. */
  public void add(long rowid) {
    if (count == rowids.length) {
      rowids = Arrays.copyOf(rowids, count * 2);
    }
    rowids[count++] = rowid;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** In the order of insertion, from 0. */
  public long get(int index) {
    return rowids[index];
  }

  /** Forgets all. */
  public void clear() {
    count = 0;
  }
}
