package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.MemComparator;
import org.libsql4j.record.Record;

/** Counts the entries of an index and the different values of each prefix of its key. */
final class IndexScan {
  private final ConnectionState connection;
  private final Btree btree;
  private final int rootPage;
  private final KeyInfo keyInfo;
  private final int keyColumns;
  private Mem[] current;
  private Mem[] previous;

  // The cells point into the payload they were read from, so there are two of these as well.
  private byte[] currentPayload = new byte[256];
  private byte[] previousPayload = new byte[256];

  /** At n: how many different values the first n+1 columns have. */
  private final long[] distinct;

  IndexScan(
      ConnectionState connection, int database, int rootPage, KeyInfo keyInfo, int keyColumns) {
    this.connection = connection;
    this.btree = connection.database(database).btree();
    this.rootPage = rootPage;
    this.keyInfo = keyInfo;
    this.keyColumns = keyColumns;
    this.current = cells(keyColumns);
    this.previous = cells(keyColumns);
    this.distinct = new long[keyColumns];
  }

  private static Mem[] cells(int count) {
    Mem[] cells = new Mem[count];
    for (int i = 0; i < count; i++) {
      cells[i] = new Mem();
    }
    return cells;
  }

  /** The number of rows of a table; null if it is empty. */
  static @Nullable Long rowCount(Btree btree, int rootPage) {
    BtreeCursor cursor = btree.cursor(rootPage, false, null);
    try {
      long count = cursor.count();
      return count == 0 ? null : count;
    } finally {
      cursor.close();
    }
  }

  /**
   * The column stat of sqlite_stat1: the number of entries, then for each prefix of the key how
   * many entries have equal values on average, rounded up. Null for an empty index.
   */
  @Nullable String text() {
    long rows = 0;
    BtreeCursor cursor = btree.cursor(rootPage, false, keyInfo);
    try {
      boolean more = !cursor.moveToFirst();
      while (more) {
        if (connection.needsAttention() && connection.isInterrupted()) {
          throw new LibsqlException(ResultCode.INTERRUPT);
        }
        read(cursor);
        count(rows == 0);
        rows++;
        more = cursor.next();
      }
    } finally {
      cursor.close();
    }
    return rows == 0 ? null : text(rows);
  }

  private String text(long rows) {
    StringBuilder text = new StringBuilder().append(rows);
    for (long different : distinct) {
      long average = (rows + different - 1) / different;
      if (average == 2 && rows * 10 <= different * 11) {
        // Nearly unique counts as unique.
        average = 1;
      }
      text.append(' ').append(average);
    }
    return text.toString();
  }

  private void read(BtreeCursor cursor) {
    swap();
    int size = cursor.payloadSize();
    if (size > (long) btree.pageCount() * btree.pageSize()) {
      throw new LibsqlException(ResultCode.CORRUPT);
    }
    if (currentPayload.length < size) {
      currentPayload = new byte[Math.max(size, currentPayload.length * 2)];
    }
    cursor.payload(0, size, currentPayload, 0);
    for (Mem cell : current) {
      cell.setNull();
    }
    Record.unpack(currentPayload, 0, size, current, connection.encoding);
  }

  private void swap() {
    Mem[] cells = previous;
    previous = current;
    current = cells;
    byte[] payload = previousPayload;
    previousPayload = currentPayload;
    currentPayload = payload;
  }

  private void count(boolean isFirst) {
    int changed = 0;
    if (!isFirst) {
      while (changed < keyColumns
          && MemComparator.compare(current[changed], previous[changed], keyInfo.collation(changed))
              == 0) {
        changed++;
      }
    }
    for (int i = changed; i < keyColumns; i++) {
      distinct[i]++;
    }
  }
}
