package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.MemComparator;
import org.libsql4j.record.Record;
import org.libsql4j.record.UnpackedRecord;
import org.libsql4j.schema.Index;

/**
 * Counts the entries of an index and the different values of each prefix of its key, and picks out
 * samples.
 */
final class IndexScan {
  private final ConnectionState connection;
  private final Index index;
  private final Btree btree;
  private final KeyInfo keyInfo;

  /** How many columns are compared; the next one differs always. */
  private final int comparedColumns;

  private Mem[] current;
  private Mem[] previous;

  // The cells point into the payload they were read from, so there are two of these as well.
  private byte[] currentPayload = new byte[256];
  private byte[] previousPayload = new byte[256];

  /** At n: how many different values the first n+1 columns have. */
  private final long[] distinct;

  private long rows;

  /** How many entries are looked at before the scan goes ahead or ends; 0 for no limit. */
  private final int limit;

  /** How often the limit was reached. */
  private int skips;

  /** How many entries there are, if there is a limit. */
  private long total;

  private @Nullable SampleCollector samples;

  IndexScan(ConnectionState connection, int database, Index index, KeyInfo keyInfo) {
    this.connection = connection;
    this.btree = connection.database(database).btree();
    this.index = index;
    this.keyInfo = keyInfo;
    this.limit = Math.max(connection.settings().analysisLimit, 0);
    this.comparedColumns =
        index.uniqueNotNull || index.isPrimaryKeyOfWithoutRowid()
            ? index.keyColumnCount - 1
            : index.columnCount() - 1;
    this.current = cells(index.columnCount());
    this.previous = cells(index.columnCount());
    this.distinct = new long[index.keyColumnCount];
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

  /** Goes through the index, or with a limit through a part of it. */
  void run() {
    BtreeCursor cursor = btree.cursor(index.rootPage, false, keyInfo);
    try {
      if (connection.isSet(ConnectionFlag.STAT4) && limit == 0) {
        samples = new SampleCollector(index.sampleColumnCount(), cursor.count());
      }
      total = limit > 0 ? cursor.count() : 0;
      boolean more = !cursor.moveToFirst();
      while (more) {
        if (connection.needsAttention() && connection.isInterrupted()) {
          throw new LibsqlException(ResultCode.INTERRUPT);
        }
        int size = read(cursor);
        count(size);
        rows++;
        more = limit > 0 && rows > (long) limit * (skips + 1) ? skip(cursor) : cursor.next();
      }
    } finally {
      cursor.close();
    }
  }

  /**
   * Goes to the second entry with the next value of the first column, as SQLite does, to learn
   * whether there is another value; false if the scan has seen enough.
   */
  private boolean skip(BtreeCursor cursor) {
    skips++;
    if (distinct[0] > 1) {
      return false;
    }
    UnpackedRecord key = new UnpackedRecord(keyInfo, current, 1);
    key.defaultResult = -1;
    boolean found = cursor.indexMoveTo(key) > 0 || (!cursor.isEof() && cursor.next());
    return found && cursor.next();
  }

  /**
   * The column stat of sqlite_stat1: the number of entries, then for each prefix of the key how
   * many entries have equal values on average, rounded up. Null for an empty index, unless it is a
   * partial one: that no row is in it is worth knowing.
   */
  @Nullable String text() {
    if (rows == 0) {
      if (!index.isPartial()) {
        return null;
      }
      StringBuilder zeros = new StringBuilder("0");
      for (int i = 0; i < distinct.length; i++) {
        zeros.append(" 0");
      }
      return zeros.toString();
    }
    StringBuilder text = new StringBuilder().append(skips > 0 ? total : rows);
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

  /** The samples that were picked out, as rows of sqlite_stat4. */
  List<IndexSample> samples() {
    List<IndexSample> out = new ArrayList<>();
    if (samples != null) {
      for (SampleCollector.Entry entry : samples.finish()) {
        out.add(
            new IndexSample(
                numbers(entry.equal),
                numbers(entry.less),
                numbers(entry.distinctLess),
                key(entry)));
      }
    }
    return out;
  }

  private static String numbers(long[] numbers) {
    StringBuilder text = new StringBuilder();
    for (long number : numbers) {
      text.append(text.length() == 0 ? "" : " ").append(number);
    }
    return text.toString();
  }

  /** A record of those columns that tell entries apart, with the types that a query would give. */
  private byte[] key(SampleCollector.Entry entry) {
    int columns = index.sampleColumnCount();
    Mem[] values = cells(columns);
    Record.unpack(entry.payload, 0, entry.payloadSize, values, connection.encoding);
    for (int i = 0; i < columns; i++) {
      boolean real =
          index.columns[i] >= 0 && index.table.column(index.columns[i]).affinity() == Affinity.REAL;
      if (real && values[i].type == Mem.INTEGER) {
        values[i].setReal(values[i].integer);
      }
    }
    return Record.encode(values, 0, columns, 4);
  }

  private int read(BtreeCursor cursor) {
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
    return size;
  }

  private void swap() {
    Mem[] cells = previous;
    previous = current;
    current = cells;
    byte[] payload = previousPayload;
    previousPayload = currentPayload;
    currentPayload = payload;
  }

  private void count(int size) {
    int changed = 0;
    if (rows > 0) {
      while (changed < comparedColumns
          && MemComparator.compare(current[changed], previous[changed], keyInfo.collation(changed))
              == 0) {
        changed++;
      }
    }
    for (int i = changed; i < distinct.length; i++) {
      distinct[i]++;
    }
    if (samples != null) {
      samples.add(changed, currentPayload, size);
    }
  }
}
