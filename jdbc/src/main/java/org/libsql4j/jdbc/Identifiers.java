package org.libsql4j.jdbc;

import java.util.regex.Pattern;
import org.libsql4j.sql.Keywords;

/** Names and texts inside SQL. */
final class Identifiers {
  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Identifiers() {}

  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Quoted so that it is never taken for a string, as a name in double quotes may be. */
  static String quoteStrictly(String name) {
    return '`' + name.replace("`", "``") + '`';
  }

  /** A name without the double quotes that it already has, if it has some. */
  static String unquoted(String name) {
    int last = name.length() - 1;
    return last > 0 && name.charAt(0) == '"' && name.charAt(last) == '"'
        ? name.substring(1, last).replace("\"\"", "\"")
        : name;
  }

  /** Whether a name means itself without quotes. */
  static boolean isSimple(String name) {
    return SIMPLE.matcher(name).matches() && !Keywords.isKeyword(name);
  }

  static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }
}
