package org.libsql4j.cli.format;

import org.libsql4j.sql.Keywords;

/** Names as they must stand in SQL. */
public final class Identifier {
  private Identifier() {}

  /** The name, between double quotes unless it can stand without. */
  public static String quote(String name) {
    return isPlain(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static boolean isPlain(String name) {
    if (name.isEmpty() || isDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      if (!letter && !isDigit(c)) {
        return false;
      }
    }
    return !Keywords.isKeyword(name);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
