package org.libsql4j.jdbc;

/** Finds what follows the first part of a statement in parentheses. */
final class ParenthesisSkipper {
  private ParenthesisSkipper() {}

  /**
   * What stands behind a word that comes right after the first parenthesised part.
   *
   * @return offset behind the word; -1 if another word follows, or none
   */
  static int wordAfterParentheses(String sql, String word) {
    int depth = 0;
    int at = 0;
    while (at < sql.length()) {
      at = SqlVerb.skipBlank(sql, at);
      char c = at < sql.length() ? sql.charAt(at) : ' ';
      switch (c) {
        case '(' -> depth++;
        case ')' -> depth--;
        case '\'', '"', '`' -> at = endOfQuoted(sql, at, c);
        case '[' -> at = endOfQuoted(sql, at, ']');
        default -> {}
      }
      at++;
      if (c == ')' && depth == 0) {
        int next = SqlVerb.skipBlank(sql, at);
        return sql.regionMatches(true, next, word, 0, word.length()) ? next + word.length() : -1;
      }
    }
    return -1;
  }

  private static int endOfQuoted(String sql, int start, char end) {
    int found = sql.indexOf(end, start + 1);
    return found < 0 ? sql.length() : found;
  }
}
