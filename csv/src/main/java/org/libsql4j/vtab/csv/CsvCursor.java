package org.libsql4j.vtab.csv;

import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.vtab.VirtualCursor;

/** Reads line after line; the fields of the current one stand behind each other in one array. */
final class CsvCursor implements VirtualCursor {
  private final CsvModule.Table table;
  private @Nullable InputStream text;
  private @Nullable CsvReader reader;
  private boolean atEnd = true;
  private long rowid;

  // ---- the current line

  private byte[] bytes = new byte[256];

  /** Where each field ends. */
  private final int[] ends;

  private int fieldCount;

  CsvCursor(CsvModule.Table table) {
    this.table = table;
    this.ends = new int[table.columnCount()];
  }

  @Override
  public void filter(int indexNumber, @Nullable String indexText, Mem[] arguments) {
    close();
    InputStream opened = table.openText();
    text = opened;
    reader = table.reader(opened);
    rowid = 0;
    atEnd = table.hasHeader() && !readLine();
    if (!atEnd) {
      next();
    }
  }

  @Override
  public void next() {
    atEnd = !readLine();
    rowid++;
  }

  private boolean readLine() {
    CsvReader fields = reader;
    if (fields == null) {
      return false;
    }
    fieldCount = 0;
    int length = 0;
    boolean any = false;
    while (fields.next()) {
      any = true;
      if (fieldCount < ends.length) {
        long needed = (long) length + fields.length();
        if (needed > Integer.MAX_VALUE - 16) {
          throw new LibsqlException(ResultCode.TOOBIG);
        }
        if (needed > bytes.length) {
          long bigger = Math.min(Math.max(needed, bytes.length * 2L), Integer.MAX_VALUE - 16);
          bytes = Arrays.copyOf(bytes, (int) bigger);
        }
        System.arraycopy(fields.field(), 0, bytes, length, fields.length());
        length = (int) needed;
        ends[fieldCount++] = length;
      }
      if (fields.isLastOfLine()) {
        break;
      }
    }
    return any;
  }

  @Override
  public boolean isAtEnd() {
    return atEnd;
  }

  @Override
  public void column(int column, Mem result) {
    if (column >= 0 && column < fieldCount) {
      int start = column == 0 ? 0 : ends[column - 1];
      result.setText(bytes, start, ends[column] - start, TextEncoding.UTF8);
    }
  }

  @Override
  public long rowid() {
    return rowid;
  }

  @Override
  public void close() {
    CsvModule.close(text);
    text = null;
    reader = null;
    atEnd = true;
  }
}
