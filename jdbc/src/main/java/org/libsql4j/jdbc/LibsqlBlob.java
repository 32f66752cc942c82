package org.libsql4j.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A blob: in memory, or one of a table of which only what is asked for is read.
 *
 * <p>Changes are made to a copy in memory, which a parameter of an UPDATE brings back into the
 * table. Positions count from 1.
 */
final class LibsqlBlob implements Blob {
  private static final int SEARCH_BYTES = 1 << 16;

  private byte @Nullable [] bytes;

  /** Where the bytes are as long as they are not in memory. */
  private @Nullable StoredValue stored;

  /** The array is the blob's from now on. */
  LibsqlBlob(byte[] bytes) {
    this.bytes = bytes;
  }

  LibsqlBlob(StoredValue stored) {
    this.stored = stored;
  }

  /** The bytes, which are in memory from now on. */
  private byte[] bytes() throws SQLException {
    StoredValue source = stored;
    if (source != null) {
      byte[] read = source.read(0, source.length());
      source.close();
      stored = null;
      bytes = read;
      return read;
    }
    byte[] present = bytes;
    if (present == null) {
      throw new SQLException("the Blob has been freed", SqlErrors.BAD_SEQUENCE);
    }
    return present;
  }

  private int size() throws SQLException {
    StoredValue source = stored;
    return source == null ? bytes().length : source.length();
  }

  @Override
  public long length() throws SQLException {
    return size();
  }

  @Override
  public byte[] getBytes(long pos, int length) throws SQLException {
    int size = size();
    int from = index(pos, size);
    if (length < 0) {
      throw SqlErrors.badArgument("negative length");
    }
    return part(from, Math.min(length, size - from));
  }

  private byte[] part(int from, int count) throws SQLException {
    StoredValue source = stored;
    return source == null
        ? Arrays.copyOfRange(bytes(), from, from + count)
        : source.read(from, count);
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    return getBinaryStream(1, size());
  }

  @Override
  public InputStream getBinaryStream(long pos, long length) throws SQLException {
    int size = size();
    int from = index(pos, size);
    if (length < 0 || length > size - from) {
      throw SqlErrors.badArgument("the range ends after the Blob");
    }
    StoredValue source = stored;
    return source == null
        ? new ByteArrayInputStream(bytes(), from, (int) length)
        : source.stream(from, (int) length);
  }

  private static int index(long pos, int length) throws SQLException {
    if (pos < 1 || pos > length + 1L) {
      throw SqlErrors.badArgument("position " + pos + " out of bounds");
    }
    return (int) (pos - 1);
  }

  @Override
  public long position(byte[] pattern, long start) throws SQLException {
    SqlErrors.required(pattern, "pattern");
    int size = size();
    int from = index(start, size);
    int step = stored == null ? Math.max(size, 1) : Math.max(SEARCH_BYTES, pattern.length);
    // Every part begins with all but one of the last bytes of the one before that a match may
    // begin with.
    for (; size - from >= pattern.length; from += step) {
      byte[] part = part(from, (int) Math.min((long) step + pattern.length - 1, size - from));
      int found = find(part, pattern);
      if (found >= 0) {
        return from + found + 1L;
      }
      if (size - from <= step) {
        break;
      }
    }
    return -1;
  }

  private static int find(byte[] part, byte[] pattern) {
    for (int i = 0; i <= part.length - pattern.length; i++) {
      int matched = 0;
      while (matched < pattern.length && part[i + matched] == pattern[matched]) {
        matched++;
      }
      if (matched == pattern.length) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public long position(Blob pattern, long start) throws SQLException {
    long length = SqlErrors.required(pattern, "pattern").length();
    return length > size() ? -1 : position(pattern.getBytes(1, (int) length), start);
  }

  @Override
  public int setBytes(long pos, byte[] source) throws SQLException {
    return setBytes(pos, source, 0, SqlErrors.required(source, "bytes").length);
  }

  @Override
  public int setBytes(long pos, byte[] source, int offset, int count) throws SQLException {
    byte[] all = bytes();
    int from = index(pos, all.length);
    SqlErrors.required(source, "bytes");
    if (offset < 0 || count < 0 || count > source.length - offset) {
      throw SqlErrors.badArgument("range out of bounds");
    }
    if (count > Integer.MAX_VALUE - from) {
      throw SqlErrors.badArgument("the Blob would be too long");
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
    index(pos, size());
    return new ByteArrayOutputStream() {
      @Override
      public void flush() throws IOException {
        try {
          setBytes(pos, buf, 0, count);
        } catch (SQLException e) {
          throw new IOException(e.getMessage(), e);
        }
      }

      @Override
      public void close() throws IOException {
        flush();
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
    StoredValue source = stored;
    if (source != null) {
      stored = null;
      source.close();
    }
  }
}
