package org.libsql4j.observe;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What metrics and traces may show of a statement's text. Reads it without parsing: what is no SQL
 * gives some answer, never an error.
 */
public final class SqlSummary {
  private static final String OTHER = "OTHER";

  /** What may follow WITH. */
  private static final Set<String> VERBS =
      set("SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "VALUES");

  private static final Set<String> OPERATIONS =
      set(
          "ALTER",
          "ANALYZE",
          "ATTACH",
          "BEGIN",
          "COMMIT",
          "CREATE",
          "DELETE",
          "DETACH",
          "DROP",
          "END",
          "EXPLAIN",
          "INSERT",
          "PRAGMA",
          "REINDEX",
          "RELEASE",
          "REPLACE",
          "ROLLBACK",
          "SAVEPOINT",
          "SELECT",
          "UPDATE",
          "VACUUM",
          "VALUES",
          "WITH");

  private final String sql;
  private int at;

  private SqlSummary(String sql) {
    this.sql = sql;
  }

  private static Set<String> set(String... words) {
    return new HashSet<>(Arrays.asList(words));
  }

  /**
   * What kind of statement it is.
   *
   * @return its first word in capitals, or the one after the common table expressions of a WITH;
   *     OTHER if that begins no statement. There are few of them, so that they can tell metrics
   *     apart.
   */
  public static String operation(String sql) {
    SqlSummary text = new SqlSummary(sql);
    String first = text.nextWord();
    if (!OPERATIONS.contains(first)) {
      return OTHER;
    }
    return first.equals("WITH") ? text.verbAfterWith() : first;
  }

  /**
   * The text without what may be data: numbers, strings and blobs are question marks, comments are
   * gone. Names and parameters stay, also strings in double quotes, which look like names.
   */
  public static String withoutValues(String sql) {
    SqlSummary text = new SqlSummary(sql);
    StringBuilder result = new StringBuilder(sql.length());
    while (text.at < sql.length()) {
      int start = text.at;
      char c = sql.charAt(start);
      if (text.skipComment()) {
        result.append(' ');
      } else if (text.skipLiteral()) {
        result.append('?');
      } else {
        text.skipToken(c);
        result.append(sql, start, text.at);
      }
    }
    return result.toString();
  }

  private String verbAfterWith() {
    int depth = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (skipComment() || skipLiteral()) {
        continue;
      }
      int start = at;
      skipToken(c);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0 && isLetter(c)) {
        String word = sql.substring(start, at).toUpperCase(Locale.ROOT);
        if (VERBS.contains(word)) {
          return word;
        }
      }
    }
    return "WITH";
  }

  /** The first word, in capitals; empty if something else comes first. */
  private String nextWord() {
    while (at < sql.length() && (skipComment() || skipSpace())) {
      // Before the statement.
    }
    int start = at;
    while (at < sql.length() && isLetter(sql.charAt(at))) {
      at++;
    }
    return sql.substring(start, at).toUpperCase(Locale.ROOT);
  }

  // ---- tokens

  private boolean skipComment() {
    if (sql.startsWith("--", at)) {
      int end = sql.indexOf('\n', at);
      at = end < 0 ? sql.length() : end + 1;
      return true;
    }
    if (sql.startsWith("/*", at)) {
      int end = sql.indexOf("*/", at + 2);
      at = end < 0 ? sql.length() : end + 2;
      return true;
    }
    return false;
  }

  private boolean skipSpace() {
    boolean found = isSpace(sql.charAt(at));
    at += found ? 1 : 0;
    return found;
  }

  private boolean skipLiteral() {
    char c = sql.charAt(at);
    if (c == '\'') {
      skipQuoted('\'');
      return true;
    }
    if ((c == 'x' || c == 'X') && sql.startsWith("'", at + 1)) {
      at++;
      skipQuoted('\'');
      return true;
    }
    if (isDigit(c) || (c == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1)))) {
      skipNumber();
      return true;
    }
    return false;
  }

  private void skipNumber() {
    char before = ' ';
    while (at < sql.length()) {
      char c = sql.charAt(at);
      boolean signOfExponent = (c == '+' || c == '-') && (before == 'e' || before == 'E');
      if (!isWord(c) && c != '.' && !signOfExponent) {
        return;
      }
      before = c;
      at++;
    }
  }

  /** A name, a quoted name, a parameter, or one other character. */
  private void skipToken(char first) {
    if (first == '"' || first == '`') {
      skipQuoted(first);
    } else if (first == '[') {
      int end = sql.indexOf(']', at);
      at = end < 0 ? sql.length() : end + 1;
    } else {
      at++;
      if (isLetter(first) || "?:@$#".indexOf(first) >= 0) {
        while (at < sql.length() && isWord(sql.charAt(at))) {
          at++;
        }
      }
    }
  }

  /** Two quotes in a row are one in the text: it goes on. */
  private void skipQuoted(char quote) {
    do {
      int end = sql.indexOf(quote, at + 1);
      at = end < 0 ? sql.length() : end + 1;
    } while (at < sql.length() && sql.charAt(at) == quote);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ';';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 127;
  }

  private static boolean isWord(char c) {
    return isLetter(c) || isDigit(c) || c == '$';
  }
}
