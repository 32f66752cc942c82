package org.libsql4j.cli.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.libsql4j.cli.format.Identifier;

/** CREATE statements as they are shown. */
final class SchemaText {
  /** Statements longer than this are broken up when they are to be indented. */
  private static final int LONG_LINE = 79;

  private static final Pattern INTRO =
      Pattern.compile("CREATE (?:TABLE|INDEX|UNIQUE INDEX|VIEW|TRIGGER|VIRTUAL TABLE) ");

  private SchemaText() {}

  /** The statement with the name of a database other than main before the object's. */
  static String inSchema(String sql, String schema) {
    Matcher intro = INTRO.matcher(sql);
    return !schema.equals("main") && intro.lookingAt()
        ? intro.group() + quoted(schema) + "." + sql.substring(intro.end())
        : sql;
  }

  /** TEMP is a keyword, but one that may stand before a name. */
  static String quoted(String schema) {
    return schema.equalsIgnoreCase("temp") ? schema : Identifier.quote(schema);
  }

  /**
   * The statement without a semicolon, as it can be run again: tables whose names are quoted may be
   * there already, because others make them.
   */
  static String printable(String sql, boolean indent) {
    String result = sql;
    if (sql.startsWith("CREATE TABLE '") || sql.startsWith("CREATE TABLE \"")) {
      result = "CREATE TABLE IF NOT EXISTS " + sql.substring("CREATE TABLE ".length());
    }
    return indent ? indented(result) : result;
  }

  private static String indented(String sql) {
    if (sql.startsWith("CREATE VIEW") || sql.startsWith("CREATE TRIG")) {
      return sql;
    }
    String line = singleSpaced(sql);
    return line.length() < LONG_LINE ? line : brokenUp(line);
  }

  /** Runs of white space as one blank, none inside parentheses at their edges. */
  private static String singleSpaced(String sql) {
    StringBuilder result = new StringBuilder();
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      int end = endOfOpaque(sql, i);
      if (end > i) {
        result.append(sql, i, end);
        i = end;
        continue;
      }
      i++;
      if (Character.isWhitespace(c)) {
        char last = result.length() == 0 ? ' ' : result.charAt(result.length() - 1);
        if (!Character.isWhitespace(last) && last != '(') {
          result.append(' ');
        }
        continue;
      }
      if ((c == '(' || c == ')') && endsWithBlank(result)) {
        result.setLength(result.length() - 1);
      }
      result.append(c);
    }
    return result.toString().stripTrailing();
  }

  private static boolean endsWithBlank(StringBuilder text) {
    return text.length() > 0 && text.charAt(text.length() - 1) == ' ';
  }

  /** What the outer parentheses hold, a line for each part. */
  private static String brokenUp(String sql) {
    StringBuilder result = new StringBuilder();
    int depth = 0;
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      int end = endOfOpaque(sql, i);
      if (end > i) {
        result.append(sql, i, end);
        i = end;
        if (depth == 1 && result.charAt(result.length() - 1) == '\n') {
          result.append("  ");
          i = afterBlanks(sql, i);
        }
        continue;
      }
      i++;
      if (c == ')' && --depth == 0) {
        trimEnd(result).append('\n');
      }
      result.append(c);
      if (c == '(' && ++depth == 1 || c == ',' && depth == 1 && !isBeforeComment(sql, i)) {
        result.append("\n  ");
        i = afterBlanks(sql, i);
      }
    }
    return result.toString();
  }

  private static StringBuilder trimEnd(StringBuilder text) {
    while (text.length() > 0 && Character.isWhitespace(text.charAt(text.length() - 1))) {
      text.setLength(text.length() - 1);
    }
    return text;
  }

  private static int afterBlanks(String sql, int at) {
    int i = at;
    while (i < sql.length() && Character.isWhitespace(sql.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isBeforeComment(String sql, int at) {
    return sql.startsWith("--", afterBlanks(sql, at));
  }

  /** The end of the string, name or comment that starts at an index; the index if none does. */
  private static int endOfOpaque(String sql, int at) {
    char c = sql.charAt(at);
    String close =
        switch (c) {
          case '\'', '"', '`' -> String.valueOf(c);
          case '[' -> "]";
          case '-' -> sql.startsWith("--", at) ? "\n" : "";
          default -> "";
        };
    if (close.isEmpty()) {
      return at;
    }
    int end = sql.indexOf(close, at + 1);
    return end < 0 ? sql.length() : end + 1;
  }
}
