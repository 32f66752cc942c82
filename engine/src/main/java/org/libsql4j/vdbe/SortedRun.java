package org.libsql4j.vdbe;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.BigEndian;
import org.libsql4j.vfs.DatabaseFile;

/**
 * Reads one sorted run of a sorter's temporary file in order.
 *
 * <p>A run is a sequence of records, each after its length in four bytes.
 */
final class SortedRun {
  static final int LENGTH_BYTES = 4;

  /** Kept free at the end of the buffer, so that reading a long number stays within the array. */
  private static final int PADDING = 16;

  private final DatabaseFile file;
  private final RecordOrder order;
  private final long end;
  private long position;
  private byte[] buffer;
  private int bufferStart;
  private int bufferEnd;

  /** The array of the current record, valid until {@link #next()}. */
  byte[] bytes = {};

  int offset;
  int length;
  long prefix;

  SortedRun(DatabaseFile file, RecordOrder order, long start, long end, int bufferBytes) {
    this.file = file;
    this.order = order;
    this.position = start;
    this.end = end;
    this.buffer = new byte[bufferBytes];
  }

  /** Reads the next record; false at the end of the run. */
  boolean next() {
    if (position >= end && bufferStart >= bufferEnd) {
      return false;
    }
    require(LENGTH_BYTES);
    length = BigEndian.getInt(buffer, bufferStart);
    bufferStart += LENGTH_BYTES;
    require(length);
    bytes = buffer;
    offset = bufferStart;
    bufferStart += length;
    prefix = order.prefix(bytes, offset);
    return true;
  }

  /** Makes the next bytes available in the buffer. */
  private void require(int count) {
    int available = bufferEnd - bufferStart;
    if (available >= count) {
      return;
    }
    if (count < 0 || count > available + (end - position)) {
      throw new LibsqlException(ResultCode.IOERR_SHORT_READ);
    }
    byte[] target = count + PADDING > buffer.length ? new byte[count + PADDING] : buffer;
    System.arraycopy(buffer, bufferStart, target, 0, available);
    buffer = target;
    int wanted = (int) Math.min(buffer.length - PADDING - available, end - position);
    if (file.read(position, buffer, available, wanted) < wanted) {
      throw new LibsqlException(ResultCode.IOERR_SHORT_READ);
    }
    position += wanted;
    bufferStart = 0;
    bufferEnd = available + wanted;
  }

  /** Whether a run's current record comes before that of another, which is a younger run. */
  static boolean isBefore(RecordOrder order, SortedRun older, SortedRun younger) {
    if (older.prefix != younger.prefix) {
      return older.prefix < younger.prefix;
    }
    return order.compare(older.bytes, older.offset, younger.bytes, younger.offset) <= 0;
  }
}
