package org.libsql4j.jdbc;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.libsql4j.IncrementalBlob;
import org.libsql4j.Statement;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;

/**
 * A long blob or text in the database, of which only what is asked for is read.
 *
 * <p>It keeps the transaction of its row open, as a query does that is not at its end. Its
 * connection closes it with the transaction; it fails when the row is changed before that.
 */
final class StoredValue {
  /** Shorter values are in memory: that is simpler for everybody. */
  static final int MIN_BYTES = 1 << 20;

  private static final String ENDED =
      "the value is read from the database no more: its transaction, result set or row has ended";

  private static final int BUFFER_BYTES = 1 << 16;

  private final LibsqlConnection connection;
  private final IncrementalBlob blob;
  private final int length;

  private StoredValue(LibsqlConnection connection, IncrementalBlob blob) {
    this.connection = connection;
    this.blob = blob;
    this.length = blob.length();
  }

  /**
   * The value of a column of the current row.
   *
   * @param column from 0
   * @return null if it is not long, or does not come straight from a table
   */
  static @Nullable StoredValue open(LibsqlConnection connection, Statement row, int column) {
    Mem header = row.cellHeader(column);
    if (!header.isTextOrBlob() || header.length < MIN_BYTES) {
      return null;
    }
    try {
      IncrementalBlob blob = row.openBlob(column, false).orElse(null);
      if (blob == null) {
        return null;
      }
      StoredValue value = new StoredValue(connection, blob);
      connection.storedValues().add(value);
      return value;
    } catch (LibsqlException e) {
      if (e.resultCode() == ResultCode.ERROR) {
        return null; // A table with generated columns, for example.
      }
      throw e;
    }
  }

  /** Its size in bytes. */
  int length() {
    return length;
  }

  /** Reads bytes from a position, counted from 0, which all must be in the value. */
  byte[] read(int position, int count) throws SQLException {
    if (!isOpen()) {
      throw new SQLException(ENDED, SqlErrors.BAD_SEQUENCE);
    }
    try {
      return blob.read(position, count);
    } catch (LibsqlException e) {
      throw connection.failure(failure(e));
    }
  }

  private static SQLException failure(LibsqlException e) {
    return e.resultCode() == ResultCode.ABORT ? SqlErrors.lostLocator(e) : SqlErrors.of(e);
  }

  /** The bytes of a part of it; closing the stream does not close the value. */
  InputStream stream(int position, int count) {
    return new BufferedInputStream(new Part(position, position + count), BUFFER_BYTES);
  }

  /** All bytes; the value is closed at their end, or when the stream is. */
  InputStream closingStream() {
    return new BufferedInputStream(
        new Part(0, length) {
          @Override
          public int read(byte[] target, int offset, int count) throws IOException {
            int found = super.read(target, offset, count);
            if (found < 0) {
              close();
            }
            return found;
          }

          @Override
          public void close() {
            StoredValue.this.close();
          }
        },
        BUFFER_BYTES);
  }

  boolean isOpen() {
    return connection.storedValues().contains(this);
  }

  /** Ends it; harmless if it has ended. */
  void close() {
    blob.close();
    connection.storedValues().remove(this);
  }

  private class Part extends InputStream {
    private final int end;
    private int position;

    Part(int position, int end) {
      this.position = position;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      int part = Math.min(count, end - position);
      if (part <= 0) {
        return count == 0 ? 0 : -1;
      }
      if (!isOpen()) {
        throw new IOException(ENDED);
      }
      try {
        blob.read(position, target, offset, part);
      } catch (LibsqlException e) {
        throw new IOException(failure(e).getMessage(), e);
      }
      position += part;
      return part;
    }

    @Override
    public long skip(long count) {
      int skipped = (int) Math.max(0, Math.min(count, end - position));
      position += skipped;
      return skipped;
    }

    @Override
    public int available() {
      return end - position;
    }
  }
}
