package org.libsql4j.sql;

/** Writes and compares names as SQL does. */
public final class SqlNames {
  private SqlNames() {}

  /** The name in double quotes, unless it is plain and no keyword. */
  public static String quoteIfNeeded(String name) {
    return isPlain(name) && !Keywords.isKeyword(name) ? name : quote(name);
  }

  /** Whether a name is among others; case does not matter. */
  public static boolean contains(Iterable<String> names, String name) {
    for (String other : names) {
      if (name.equalsIgnoreCase(other)) {
        return true;
      }
    }
    return false;
  }

  /** The name in double quotes. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text that begins with a quote up to the matching one, without them; any other unchanged. */
  public static String dequoted(String text) {
    char open = text.isEmpty() ? 0 : text.charAt(0);
    if (open != '"' && open != '\'' && open != '`' && open != '[') {
      return text;
    }
    char close = open == '[' ? ']' : open;
    StringBuilder inside = new StringBuilder();
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) == close) {
        if (i + 1 >= text.length() || text.charAt(i + 1) != close) {
          break;
        }
        i++;
      }
      inside.append(text.charAt(i));
    }
    return inside.toString();
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
