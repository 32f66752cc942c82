package org.libsql4j.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A text in memory. Positions count UTF-16 code units from 1. */
final class LibsqlClob implements NClob {
  private @Nullable String text;

  LibsqlClob(String text) {
    this.text = text;
  }

  private String text() throws SQLException {
    String present = text;
    if (present == null) {
      throw new SQLException("the Clob has been freed", SqlErrors.BAD_SEQUENCE);
    }
    return present;
  }

  @Override
  public long length() throws SQLException {
    return text().length();
  }

  @Override
  public String getSubString(long pos, int length) throws SQLException {
    String all = text();
    int from = index(pos, all.length());
    if (length < 0) {
      throw SqlErrors.badArgument("negative length");
    }
    return all.substring(from, from + Math.min(length, all.length() - from));
  }

  private static int index(long pos, int length) throws SQLException {
    if (pos < 1 || pos > length + 1L) {
      throw SqlErrors.badArgument("position " + pos + " out of bounds");
    }
    return (int) (pos - 1);
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    return new StringReader(text());
  }

  @Override
  public Reader getCharacterStream(long pos, long length) throws SQLException {
    return new StringReader(getSubString(pos, (int) Math.min(length, Integer.MAX_VALUE)));
  }

  @Override
  public InputStream getAsciiStream() throws SQLException {
    return new ByteArrayInputStream(text().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public long position(String pattern, long start) throws SQLException {
    String all = text();
    int found = all.indexOf(pattern, index(start, all.length()));
    return found < 0 ? -1 : found + 1L;
  }

  @Override
  public long position(Clob pattern, long start) throws SQLException {
    return position(pattern.getSubString(1, (int) pattern.length()), start);
  }

  @Override
  public int setString(long pos, String source) throws SQLException {
    return setString(pos, source, 0, source.length());
  }

  @Override
  public int setString(long pos, String source, int offset, int count) throws SQLException {
    String all = text();
    int from = index(pos, all.length());
    if (offset < 0 || count < 0 || count > source.length() - offset) {
      throw SqlErrors.badArgument("range out of bounds");
    }
    String tail = from + count < all.length() ? all.substring(from + count) : "";
    text = all.substring(0, from) + source.substring(offset, offset + count) + tail;
    return count;
  }

  /** What is written replaces the text from the position on when the stream is closed. */
  @Override
  public OutputStream setAsciiStream(long pos) throws SQLException {
    index(pos, text().length());
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        store(pos, new String(buf, 0, count, StandardCharsets.US_ASCII));
      }
    };
  }

  /** What is written replaces the text from the position on when the writer is closed. */
  @Override
  public Writer setCharacterStream(long pos) throws SQLException {
    index(pos, text().length());
    return new StringWriter() {
      @Override
      public void close() {
        store(pos, toString());
      }
    };
  }

  private void store(long pos, String written) {
    try {
      setString(pos, written);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void truncate(long length) throws SQLException {
    text = getSubString(1, (int) Math.min(length, Integer.MAX_VALUE));
  }

  @Override
  public void free() {
    text = null;
  }
}
