package org.libsql4j.jdbc;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From the escapes of JDBC to SQL:
 *
 * <pre>
 *   {d 'yyyy-mm-dd'}  {t 'hh:mm:ss'}  {ts 'yyyy-mm-dd hh:mm:ss.f'}   what setDate and so on store
 *   {fn name(arguments)}                      a function, also by the name that JDBC has for it
 *   {oj t LEFT OUTER JOIN u ON ...}           a join
 *   {escape 'c'}                              of LIKE
 *   {limit n}  {limit n offset m}
 * </pre>
 *
 * <p>Braces mean nothing in SQL itself, so what is in none of these forms is left for the parser to
 * refuse; and what is in quotes or comments is left alone.
 */
final class JdbcEscapes {
  private final String sql;
  private final DateFormat dates;
  private int at;

  private JdbcEscapes(String sql, DateFormat dates) {
    this.sql = sql;
    this.dates = dates;
  }

  /**
   * A text without escapes.
   *
   * @param dates how dates are stored
   * @throws SQLException if a date is none, or a procedure is to be called
   */
  static String translate(String sql, DateFormat dates) throws SQLException {
    return sql.indexOf('{') < 0 ? sql : new JdbcEscapes(sql, dates).copy(false);
  }

  /** Copies up to the end of the text, or to the brace that ends an escape. */
  private String copy(boolean inEscape) throws SQLException {
    StringBuilder out = new StringBuilder(sql.length());
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '}' && inEscape) {
        break;
      }
      if (c == '{') {
        out.append(escape());
      } else {
        int end = tokenEnd(sql, at);
        out.append(sql, at, end);
        at = end;
      }
    }
    return out.toString();
  }

  /** Where a quoted text or name or a comment ends; else the next character. */
  private static int tokenEnd(String text, int start) {
    char c = text.charAt(start);
    int end =
        switch (c) {
          case '\'', '"', '`' -> text.indexOf(c, start + 1);
          case '[' -> text.indexOf(']', start + 1);
          case '-' -> text.startsWith("--", start) ? text.indexOf('\n', start) : start;
          case '/' -> text.startsWith("/*", start) ? text.indexOf("*/", start + 2) + 1 : start;
          default -> start;
        };
    return end < start ? text.length() : end + 1;
  }

  private String escape() throws SQLException {
    int start = at++;
    String inside = copy(true);
    if (at >= sql.length()) {
      return '{' + inside; // It has no end.
    }
    at++;
    String trimmed = inside.trim();
    int end = 0;
    while (end < trimmed.length() && Character.isLetter(trimmed.charAt(end))) {
      end++;
    }
    String rest = trimmed.substring(end).trim();
    return switch (trimmed.substring(0, end).toLowerCase(Locale.ROOT)) {
      case "d" -> moment(rest, true, false);
      case "t" -> moment(rest, false, true);
      case "ts" -> moment(rest, true, true);
      case "fn" -> function(rest);
      case "oj" -> rest;
      case "escape" -> "ESCAPE " + rest;
      case "limit" -> "LIMIT " + rest;
      case "call" -> throw SqlErrors.unsupported("a stored procedure");
      default -> {
        if (trimmed.startsWith("?")) {
          throw SqlErrors.unsupported("a stored procedure");
        }
        yield sql.substring(start, at);
      }
    };
  }

  private String moment(String literal, boolean hasDate, boolean hasTime) throws SQLException {
    int last = literal.length() - 1;
    if (last < 1 || literal.charAt(0) != '\'' || literal.charAt(last) != '\'') {
      throw new SQLDataException("no text in an escape: " + literal, SqlErrors.BAD_DATE);
    }
    DateText text = DateText.parse(literal.substring(1, last));
    if ((text.date != null) != hasDate || (text.time != null) != hasTime) {
      throw new SQLDataException("not what the escape is for: " + literal, SqlErrors.BAD_DATE);
    }
    ZoneId zone = ZoneId.systemDefault();
    ZoneOffset offset = text.offset;
    return dates.literal(
        (offset != null ? text.dateTime().atZone(offset) : text.dateTime().atZone(zone))
            .toInstant()
            .toEpochMilli(),
        zone);
  }

  // ---- functions
  // ----------------------------------------------------------------------------------

  /** A call by the name and with the arguments that SQLite has for it. */
  private static String function(String call) {
    int open = call.indexOf('(');
    if (open < 0 || !call.endsWith(")")) {
      return call;
    }
    String name = call.substring(0, open).trim();
    String inside = call.substring(open + 1, call.length() - 1);
    List<String> arguments = arguments(inside);
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    String second = arguments.size() < 2 ? "" : arguments.get(1);
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "ucase" -> "upper(" + inside + ")";
      case "lcase" -> "lower(" + inside + ")";
      case "ascii" -> "unicode(" + inside + ")";
      case "char_length", "character_length" -> "length(" + first + ")";
      case "left" -> "substr(" + first + ", 1, " + second + ")";
      case "right" -> "substr(" + first + ", -nullif(" + second + ", 0))";
      case "locate" -> locate(arguments, first, second);
      case "truncate" -> "trunc(" + inside + ")";
      case "rand" -> "(random() / 18446744073709551616.0 + 0.5)";
      case "now", "current_timestamp" -> "CURRENT_TIMESTAMP";
      case "curdate", "current_date" -> "CURRENT_DATE";
      case "curtime", "current_time" -> "CURRENT_TIME";
      default -> name + "(" + inside + ")";
    };
  }

  private static String locate(List<String> arguments, String what, String where) {
    if (arguments.size() < 3) {
      return "instr(" + where + ", " + what + ")";
    }
    String from = arguments.get(2);
    String found = "instr(substr(" + where + ", " + from + "), " + what + ")";
    return "iif(" + found + " > 0, " + found + " + " + from + " - 1, 0)";
  }

  /** What stands between the commas that are in no parentheses and no quotes. */
  private static List<String> arguments(String inside) {
    List<String> result = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < inside.length(); i = tokenEnd(inside, i)) {
      char c = inside.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        result.add(inside.substring(start, i).trim());
        start = i + 1;
      }
    }
    String last = inside.substring(start).trim();
    if (!last.isEmpty() || !result.isEmpty()) {
      result.add(last);
    }
    return result;
  }
}
