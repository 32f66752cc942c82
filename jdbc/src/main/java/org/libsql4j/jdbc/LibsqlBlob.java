package org.libsql4j.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A blob in memory. Positions count from 1. */
final class LibsqlBlob implements Blob {
  private byte @Nullable [] bytes;

  /** The array is the blob's from now on. */
  LibsqlBlob(byte[] bytes) {
    this.bytes = bytes;
  }

  private byte[] bytes() throws SQLException {
    byte[] present = bytes;
    if (present == null) {
      throw new SQLException("the Blob has been freed", SqlErrors.BAD_SEQUENCE);
    }
    return present;
  }

  @Override
  public long length() throws SQLException {
    return bytes().length;
  }

  @Override
  public byte[] getBytes(long pos, int length) throws SQLException {
    byte[] all = bytes();
    int from = index(pos, all.length);
    if (length < 0) {
      throw SqlErrors.badArgument("negative length");
    }
    return Arrays.copyOfRange(all, from, from + Math.min(length, all.length - from));
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    return new ByteArrayInputStream(bytes());
  }

  @Override
  public InputStream getBinaryStream(long pos, long length) throws SQLException {
    byte[] all = bytes();
    int from = index(pos, all.length);
    if (length < 0 || length > all.length - from) {
      throw SqlErrors.badArgument("the range ends after the Blob");
    }
    return new ByteArrayInputStream(all, from, (int) length);
  }

  private static int index(long pos, int length) throws SQLException {
    if (pos < 1 || pos > length + 1L) {
      throw SqlErrors.badArgument("position " + pos + " out of bounds");
    }
    return (int) (pos - 1);
  }

  @Override
  public long position(byte[] pattern, long start) throws SQLException {
    byte[] all = bytes();
    for (int i = index(start, all.length); i <= all.length - pattern.length; i++) {
      int matched = 0;
      while (matched < pattern.length && all[i + matched] == pattern[matched]) {
        matched++;
      }
      if (matched == pattern.length) {
        return i + 1L;
      }
    }
    return -1;
  }

  @Override
  public long position(Blob pattern, long start) throws SQLException {
    return position(pattern.getBytes(1, (int) pattern.length()), start);
  }

  @Override
  public int setBytes(long pos, byte[] source) throws SQLException {
    return setBytes(pos, source, 0, source.length);
  }

  @Override
  public int setBytes(long pos, byte[] source, int offset, int count) throws SQLException {
    byte[] all = bytes();
    int from = index(pos, all.length);
    if (offset < 0 || count < 0 || count > source.length - offset) {
      throw SqlErrors.badArgument("range out of bounds");
    }
    byte[] target = from + count > all.length ? Arrays.copyOf(all, from + count) : all;
    System.arraycopy(source, offset, target, from, count);
    bytes = target;
    return count;
  }

  /**
   * What is written replaces the bytes from the position on when the stream is flushed or closed.
   */
  @Override
  public OutputStream setBinaryStream(long pos) throws SQLException {
    index(pos, bytes().length);
    return new ByteArrayOutputStream() {
      @Override
      public void flush() {
        store();
      }

      @Override
      public void close() {
        store();
      }

      private void store() {
        try {
          setBytes(pos, buf, 0, count);
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  @Override
  public void truncate(long length) throws SQLException {
    byte[] all = bytes();
    if (length < 0 || length > all.length) {
      throw SqlErrors.badArgument("length " + length + " out of bounds");
    }
    bytes = Arrays.copyOf(all, (int) length);
  }

  @Override
  public void free() {
    bytes = null;
  }
}
