package org.libsql4j.record;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Column affinity, with the letter that SQLite uses in affinity strings.
 *
 * <p>The order of the constants matters: {@code compareTo(NUMERIC) >= 0} means "numeric".
 *
 * <p>Source: <a href="https://www.sqlite.org/datatype3.html">Datatypes In SQLite</a>.
 */
public enum Affinity {
  /** No affinity at all: an expression. */
  NONE('@', ""),
  /** Values stay as they are. */
  BLOB('A', "BLOB"),
  /** Numbers become text. */
  TEXT('B', "TEXT"),
  /** Text that is a number becomes one. */
  NUMERIC('C', "NUM"),
  /** As NUMERIC; CAST gives integers. */
  INTEGER('D', "INT"),
  /** As NUMERIC, and integers become floating point numbers. */
  REAL('E', "REAL"),
  /** Numeric, but never changing text: the affinity of flexible numeric comparisons. */
  FLEXNUM('F', "NUM");

  private final char letter;
  private final String typeName;

  Affinity(char letter, String typeName) {
    this.letter = letter;
    this.typeName = typeName;
  }

  /** The letter in an affinity string: {@code @ABCDEF}. */
  public char letter() {
    return letter;
  }

  /** What a column that has only an affinity seems to be declared with; empty for NONE. */
  public String typeName() {
    return typeName;
  }

  /** Whether it is one of those that make numbers of text. */
  public boolean isNumeric() {
    return letter >= 'C';
  }

  private static final Affinity[] BY_LETTER = values();

  /** The affinity of a letter of an affinity string. */
  public static Affinity ofLetter(char letter) {
    return BY_LETTER[letter - '@'];
  }

  /** The affinity of a declared type, by the rules of section 3.1 of the datatype document. */
  public static Affinity ofDeclaredType(@Nullable String declaredType) {
    if (declaredType == null || declaredType.isEmpty()) {
      return BLOB;
    }
    String type = declaredType.toUpperCase(Locale.ROOT);
    if (type.contains("INT")) {
      return INTEGER;
    }
    if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
      return TEXT;
    }
    if (type.contains("BLOB")) {
      return BLOB;
    }
    if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
      return REAL;
    }
    return NUMERIC;
  }
}
