package org.libsql4j.vtab.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Reads field after field of comma-separated values.
 *
 * <p>A field that begins with a quote goes to the next single quote, and may contain commas, line
 * ends and doubled quotes; any other goes to the next comma or line end. Lines end with LF or CRLF.
 * A byte order mark at the start is skipped.
 */
final class CsvReader {
  private static final int END = -1;
  private static final int QUOTE = '"';
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream in;
  private final int maxFieldBytes;
  private final byte[] buffer = new byte[8192];
  private int position;
  private int limit;
  private boolean started;
  private int line = 1;
  private int terminator = '\n';

  // ---- the current field

  private byte[] field = new byte[64];
  private int length;

  /**
   * @param maxFieldBytes longer fields are an error
   */
  CsvReader(InputStream in, int maxFieldBytes) {
    this.in = in;
    this.maxFieldBytes = maxFieldBytes;
  }

  /** The bytes of the current field, up to {@link #length}. */
  byte[] field() {
    return field;
  }

  int length() {
    return length;
  }

  /** Whether the current field is the last one of its line. */
  boolean isLastOfLine() {
    return terminator != ',';
  }

  /**
   * Goes to the next field.
   *
   * @return false at the end, where no field begins; after a comma an empty one does
   * @throws LibsqlException IOERR_READ; ERROR for quotes that do not match; TOOBIG
   */
  boolean next() {
    length = 0;
    if (!started) {
      started = true;
      skipByteOrderMark();
    }
    int c = read();
    if (c == END) {
      boolean begun = terminator == ',';
      terminator = END;
      return begun;
    }
    if (c == QUOTE) {
      quoted();
    } else {
      plain(c);
    }
    return true;
  }

  private void skipByteOrderMark() {
    int seen = 0;
    while (seen < BYTE_ORDER_MARK.length) {
      int c = read();
      if (c != (BYTE_ORDER_MARK[seen] & 0xff)) {
        // The bytes are at the front of the buffer, which holds more than three.
        position = c == END ? 0 : position - seen - 1;
        return;
      }
      seen++;
    }
  }

  private void plain(int first) {
    int c = first;
    while (c != END && c != ',' && c != '\n') {
      append(c);
      c = read();
    }
    if (c == '\n') {
      line++;
      if (length > 0 && field[length - 1] == '\r') {
        length--;
      }
    }
    terminator = c;
  }

  private void quoted() {
    int startLine = line;
    while (true) {
      int c = read();
      if (c == END) {
        throw new LibsqlException(
            ResultCode.ERROR, "line " + startLine + ": unterminated \"-quoted field");
      }
      if (c != QUOTE) {
        line += c == '\n' ? 1 : 0;
        append(c);
        continue;
      }
      c = read();
      if (c == QUOTE) {
        append(c);
      } else {
        afterQuote(c);
        return;
      }
    }
  }

  private void afterQuote(int first) {
    int c = first == '\r' ? read() : first;
    if (c != END && c != ',' && c != '\n') {
      throw new LibsqlException(ResultCode.ERROR, "line " + line + ": unescaped \" character");
    }
    line += c == '\n' ? 1 : 0;
    terminator = c;
  }

  private void append(int b) {
    if (length >= maxFieldBytes) {
      throw new LibsqlException(ResultCode.TOOBIG);
    }
    if (length == field.length) {
      field = Arrays.copyOf(field, (int) Math.min(length * 2L, Integer.MAX_VALUE - 16));
    }
    field[length++] = (byte) b;
  }

  private int read() {
    if (position >= limit) {
      try {
        limit = Math.max(in.read(buffer), 0);
      } catch (IOException e) {
        throw new LibsqlException(ResultCode.IOERR_READ, "cannot read: " + e.getMessage(), e);
      }
      position = 0;
      if (limit == 0) {
        return END;
      }
    }
    return buffer[position++] & 0xff;
  }
}
