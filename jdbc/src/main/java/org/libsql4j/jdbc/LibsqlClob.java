package org.libsql4j.jdbc;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A text: in memory, or one of a table of which only what is asked for is read.
 *
 * <p>Changes are made to a copy in memory, which a parameter of an UPDATE brings back into the
 * table. Positions count UTF-16 code units from 1.
 */
final class LibsqlClob implements NClob {
  private static final int SEARCH_UNITS = 1 << 16;

  private @Nullable String text;

  /** Where the text is as long as it is not in memory. */
  private @Nullable StoredText stored;

  LibsqlClob(String text) {
    this.text = text;
  }

  LibsqlClob(StoredText stored) {
    this.stored = stored;
  }

  /** The text, which is in memory from now on. */
  private String text() throws SQLException {
    StoredText source = stored;
    if (source != null) {
      String read = source.substring(0, source.length());
      source.close();
      stored = null;
      text = read;
      return read;
    }
    String present = text;
    if (present == null) {
      throw new SQLException("the Clob has been freed", SqlErrors.BAD_SEQUENCE);
    }
    return present;
  }

  private int size() throws SQLException {
    StoredText source = stored;
    return source == null ? text().length() : source.length();
  }

  @Override
  public long length() throws SQLException {
    return size();
  }

  @Override
  public String getSubString(long pos, int length) throws SQLException {
    int size = size();
    int from = index(pos, size);
    if (length < 0) {
      throw SqlErrors.badArgument("negative length");
    }
    return part(from, Math.min(length, size - from));
  }

  private String part(int from, int count) throws SQLException {
    StoredText source = stored;
    return source == null ? text().substring(from, from + count) : source.substring(from, count);
  }

  private static int index(long pos, int length) throws SQLException {
    if (pos < 1 || pos > length + 1L) {
      throw SqlErrors.badArgument("position " + pos + " out of bounds");
    }
    return (int) (pos - 1);
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    StoredText source = stored;
    return source == null ? new StringReader(text()) : source.reader(0, Integer.MAX_VALUE);
  }

  @Override
  public Reader getCharacterStream(long pos, long length) throws SQLException {
    int size = size();
    int from = index(pos, size);
    if (length < 0 || length > size - from) {
      throw SqlErrors.badArgument("the range ends after the Clob");
    }
    StoredText source = stored;
    return source == null
        ? new StringReader(part(from, (int) length))
        : source.reader(from, (int) length);
  }

  @Override
  public InputStream getAsciiStream() throws SQLException {
    return new AsciiStream(new BufferedReader(getCharacterStream()));
  }

  @Override
  public long position(String pattern, long start) throws SQLException {
    int length = SqlErrors.required(pattern, "pattern").length();
    int size = size();
    int from = index(start, size);
    int step = stored == null ? Math.max(size, 1) : Math.max(SEARCH_UNITS, length);
    // Every part ends with all but one of the code units that a match may begin in it with.
    for (; size - from >= length; from += step) {
      int found =
          part(from, (int) Math.min((long) step + length - 1, size - from)).indexOf(pattern);
      if (found >= 0) {
        return from + found + 1L;
      }
      if (size - from <= step) {
        break;
      }
    }
    return -1;
  }

  @Override
  public long position(Clob pattern, long start) throws SQLException {
    long length = SqlErrors.required(pattern, "pattern").length();
    return length > size() ? -1 : position(pattern.getSubString(1, (int) length), start);
  }

  @Override
  public int setString(long pos, String source) throws SQLException {
    return setString(pos, source, 0, SqlErrors.required(source, "text").length());
  }

  @Override
  public int setString(long pos, String source, int offset, int count) throws SQLException {
    SqlErrors.required(source, "text");
    String all = text();
    int from = index(pos, all.length());
    if (offset < 0 || count < 0 || count > source.length() - offset) {
      throw SqlErrors.badArgument("range out of bounds");
    }
    long end = (long) from + count;
    String tail = end < all.length() ? all.substring((int) end) : "";
    text = all.substring(0, from) + source.substring(offset, offset + count) + tail;
    return count;
  }

  /** What is written replaces the text from the position on when it is flushed or closed. */
  @Override
  public OutputStream setAsciiStream(long pos) throws SQLException {
    index(pos, size());
    return new ByteArrayOutputStream() {
      @Override
      public void flush() throws IOException {
        store(pos, new String(buf, 0, count, StandardCharsets.US_ASCII));
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  /** What is written replaces the text from the position on when it is flushed or closed. */
  @Override
  public Writer setCharacterStream(long pos) throws SQLException {
    index(pos, size());
    return new Writer() {
      private final StringBuilder written = new StringBuilder();

      @Override
      public void write(char[] units, int offset, int count) {
        written.append(units, offset, count);
      }

      @Override
      public void flush() throws IOException {
        store(pos, written.toString());
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  private void store(long pos, String written) throws IOException {
    try {
      setString(pos, written);
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void truncate(long length) throws SQLException {
    String all = text();
    if (length < 0 || length > all.length()) {
      throw SqlErrors.badArgument("length " + length + " out of bounds");
    }
    text = all.substring(0, (int) length);
  }

  @Override
  public void free() {
    text = null;
    StoredText source = stored;
    if (source != null) {
      stored = null;
      source.close();
    }
  }
}
