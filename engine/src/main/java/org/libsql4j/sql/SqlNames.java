package org.libsql4j.sql;

/** Writes names in SQL. */
public final class SqlNames {
  private SqlNames() {}

  /** The name in double quotes, unless it is plain and no keyword. */
  public static String quoteIfNeeded(String name) {
    return isPlain(name) && !Keywords.isKeyword(name) ? name : quote(name);
  }

  /** The name in double quotes. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static boolean isPlain(String name) {
    if (name.isEmpty() || (name.charAt(0) >= '0' && name.charAt(0) <= '9')) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80;
      if (!letter && !(c >= '0' && c <= '9') && c != '_') {
        return false;
      }
    }
    return true;
  }
}
