package org.libsql4j.jdbc;

/** Finds what follows a part of a statement in parentheses. */
final class ParenthesisSkipper {
  private ParenthesisSkipper() {}

  /**
   * Offset behind a word that comes right after a parenthesised part.
   *
   * @param open offset of the opening parenthesis
   * @return -1 if another word follows, or none
   */
  static int wordAfterParentheses(String sql, int open, String word) {
    int at = open;
    int depth = 0;
    while (at >= 0 && at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
        if (depth == 0) {
          int next = SqlVerb.skipBlank(sql, at + 1);
          return sql.regionMatches(true, next, word, 0, word.length())
              ? next + word.length()
              : -1;
        }
      } else if (c == '\'' || c == '"' || c == '`') {
        int end = sql.indexOf(c, at + 1);
        at = end < 0 ? sql.length() : end;
      }
      at++;
    }
    return -1;
  }
}
