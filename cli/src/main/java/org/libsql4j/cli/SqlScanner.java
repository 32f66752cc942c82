package org.libsql4j.cli;

import java.util.Locale;

/**
 * Finds the ends of statements by their tokens, knowing no more grammar than that a trigger ends
 * with {@code ; END ;}.
 */
final class SqlScanner implements SqlText {

  @Override
  public boolean isComplete(String sql) {
    Tokens tokens = new Tokens(sql, 0);
    boolean open = false;
    while (tokens.next()) {
      open = !tokens.isSemicolon() && !tokens.skipStatement();
    }
    return !open && !tokens.isInsideComment();
  }

  @Override
  public int statementEnd(String sql, int from) {
    Tokens tokens = new Tokens(sql, from);
    while (tokens.next()) {
      if (!tokens.isSemicolon()) {
        tokens.skipStatement();
        return tokens.end();
      }
    }
    return sql.length();
  }

  @Override
  public boolean isBlank(String sql, int from, int to) {
    Tokens tokens = new Tokens(sql.substring(from, to), 0);
    while (tokens.next()) {
      if (!tokens.isSemicolon()) {
        return false;
      }
    }
    return !tokens.isInsideComment();
  }

  /** The tokens of a text, white space and comments left out. */
  private static final class Tokens {
    private final String sql;
    private int start;
    private int end;
    private boolean insideComment;

    Tokens(String sql, int from) {
      this.sql = sql;
      this.end = from;
    }

    int end() {
      return end;
    }

    /** Whether the text ended in a block comment. */
    boolean isInsideComment() {
      return insideComment;
    }

    boolean isSemicolon() {
      return end == start + 1 && sql.charAt(start) == ';';
    }

    /** Moves to the next token; false at the end of the text. */
    boolean next() {
      start = end;
      while (start < sql.length()) {
        int after = afterSpace(start);
        if (after == start) {
          break;
        }
        start = after;
      }
      end = start < sql.length() ? tokenEnd(start) : start;
      return start < sql.length();
    }

    /** From the first token of a statement to its semicolon; false if the text ends before that. */
    boolean skipStatement() {
      if (startsTrigger()) {
        return skipTrigger();
      }
      do {
        if (isSemicolon()) {
          return true;
        }
      } while (next());
      return false;
    }

    /** Moves over the words that may stand before TRIGGER, and tells whether it follows. */
    private boolean startsTrigger() {
      if (isWord("EXPLAIN")) {
        next();
        if (isWord("QUERY") && next() && isWord("PLAN")) {
          next();
        }
      }
      if (!isWord("CREATE")) {
        return false;
      }
      next();
      if (isWord("TEMP") || isWord("TEMPORARY")) {
        next();
      }
      return isWord("TRIGGER");
    }

    /** A trigger ends with the tokens {@code ; END ;}. */
    private boolean skipTrigger() {
      int matched = 0;
      do {
        if (isSemicolon()) {
          if (matched == 2) {
            return true;
          }
          matched = 1;
        } else {
          matched = matched == 1 && isWord("END") ? 2 : 0;
        }
      } while (next());
      return false;
    }

    private boolean isWord(String word) {
      return end - start == word.length()
          && sql.substring(start, end).toUpperCase(Locale.ROOT).equals(word);
    }

    /** Where the white space or comment that starts at an index ends; the index if none does. */
    private int afterSpace(int at) {
      char c = sql.charAt(at);
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
        return at + 1;
      }
      if (sql.startsWith("--", at)) {
        int lineEnd = sql.indexOf('\n', at);
        return lineEnd < 0 ? sql.length() : lineEnd + 1;
      }
      if (sql.startsWith("/*", at)) {
        int close = sql.indexOf("*/", at + 2);
        insideComment = close < 0;
        return close < 0 ? sql.length() : close + 2;
      }
      return at;
    }

    private int tokenEnd(int at) {
      char c = sql.charAt(at);
      switch (c) {
        case '\'', '"', '`' -> {
          return afterQuote(c, at + 1);
        }
        case '[' -> {
          return afterQuote(']', at + 1);
        }
        default -> {
          int i = at;
          while (i < sql.length() && isWordPart(sql.charAt(i))) {
            i++;
          }
          return Math.max(i, at + 1);
        }
      }
    }

    /** A doubled quote is two strings side by side here, which end where the one string does. */
    private int afterQuote(char quote, int from) {
      int close = sql.indexOf(quote, from);
      return close < 0 ? sql.length() : close + 1;
    }

    private static boolean isWordPart(char c) {
      return c == '_' || c == '$' || c >= 128 || Character.isLetterOrDigit(c);
    }
  }
}
