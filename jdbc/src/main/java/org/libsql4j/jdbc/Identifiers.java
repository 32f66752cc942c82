package org.libsql4j.jdbc;

/** Names and texts inside SQL. */
final class Identifiers {
  private Identifiers() {}

  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Quoted so that it is never taken for a string, as a name in double quotes may be. */
  static String quoteStrictly(String name) {
    return '`' + name.replace("`", "``") + '`';
  }

  static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }
}
