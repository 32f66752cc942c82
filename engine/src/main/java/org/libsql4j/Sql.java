package org.libsql4j;

/** Pieces of SQL text. */
final class Sql {
  private Sql() {}

  /** A name in double quotes. */
  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text as a literal. */
  static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }
}
