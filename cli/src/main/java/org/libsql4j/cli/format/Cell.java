package org.libsql4j.cli.format;

import java.sql.ResultSet;
import java.sql.SQLException;

/** One value of a result: its storage class and its text. */
public final class Cell {
  /** SQL's five storage classes. */
  public enum Kind {
    NULL,
    INTEGER,
    REAL,
    TEXT,
    BLOB
  }

  private static final byte[] NO_BYTES = {};
  private static final Cell NULL_CELL = new Cell(Kind.NULL, "", NO_BYTES, 0);

  private final Kind kind;
  private final String text;
  private final byte[] blob;
  private final double real;

  private Cell(Kind kind, String text, byte[] blob, double real) {
    this.kind = kind;
    this.text = text;
    this.blob = blob;
    this.real = real;
  }

  public static Cell ofNull() {
    return NULL_CELL;
  }

  public static Cell ofText(String text) {
    return new Cell(Kind.TEXT, text, NO_BYTES, 0);
  }

  /** The value of a column of the current row; columns count from 1. */
  public static Cell of(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    if (value == null) {
      return NULL_CELL;
    }
    if (value instanceof byte[] bytes) {
      return new Cell(Kind.BLOB, LooseUtf8.decode(bytes), bytes, 0);
    }
    String text = rows.getString(column);
    if (value instanceof Double || value instanceof Float) {
      return new Cell(Kind.REAL, text, NO_BYTES, ((Number) value).doubleValue());
    }
    return value instanceof Number ? new Cell(Kind.INTEGER, text, NO_BYTES, 0) : ofText(text);
  }

  public Kind kind() {
    return kind;
  }

  public boolean isNull() {
    return kind == Kind.NULL;
  }

  /** As SQL's CAST to TEXT would have it, up to the first NUL; empty for NULL. */
  public String text() {
    int nul = text.indexOf('\0');
    return nul < 0 ? text : text.substring(0, nul);
  }

  /** As {@link #text()}, but with all that follows a NUL. */
  String fullText() {
    return text;
  }

  /** The bytes of a BLOB; empty for other kinds. */
  public byte[] blob() {
    return blob.clone();
  }

  /** The number of a REAL; 0 for other kinds. */
  public double real() {
    return real;
  }

  /** What modes without types show. */
  String display(DisplaySettings settings) {
    return isNull() ? settings.nullValue() : text();
  }
}
