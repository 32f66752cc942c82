package org.libsql4j.sql;

import java.util.Locale;

/**
 * Keeps keys that are written in SQL from those who are told of statements: what follows {@code
 * PRAGMA key =}, its kin, and the KEY of ATTACH.
 */
public final class SecretText {
  private static final String HIDDEN = "'***'";
  private static final String PRAGMA = "pragma";
  private static final String ATTACH = "attach";

  private final String sql;
  private final Lexer lexer;
  private final StringBuilder shown = new StringBuilder();

  /** Up to here the text is in {@link #shown}, or hidden. */
  private int done;

  private SecretText(String sql) {
    this.sql = sql;
    this.lexer = new Lexer(sql, 0);
  }

  /**
   * The text without keys; the same object if there are none.
   *
   * @param sql one or more statements, which need not make sense
   */
  public static String hide(String sql) {
    if (!isSuspicious(sql)) {
      return sql;
    }
    SecretText text = new SecretText(sql);
    text.statements();
    return text.done == 0 ? sql : text.shown + sql.substring(text.done);
  }

  /**
   * True for all that may have a key. Cheap, because every statement that a listener is told of
   * comes here: of each word the letter is looked for that is rarest in SQL.
   */
  private static boolean isSuspicious(String sql) {
    for (int i = PRAGMA.indexOf('g'); i < sql.length(); i++) {
      int letter = sql.charAt(i) | 0x20;
      if (letter == 'g' && isPart(sql, i, PRAGMA, PRAGMA.indexOf('g'))
          || letter == 'h' && isPart(sql, i, ATTACH, ATTACH.indexOf('h'))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPart(String sql, int at, String word, int letter) {
    return sql.regionMatches(true, at - letter, word, 0, word.length());
  }

  private void statements() {
    TokenType token = lexer.next(0);
    while (token != TokenType.EOF) {
      token = next(token);
    }
  }

  private TokenType next(TokenType token) {
    if (token == TokenType.PRAGMA) {
      return pragma();
    }
    if (token == TokenType.ATTACH) {
      return attach();
    }
    boolean prefix =
        token == TokenType.EXPLAIN || token == TokenType.QUERY || token == TokenType.PLAN;
    return prefix || token == TokenType.SEMI ? advance() : skipStatement(token);
  }

  private TokenType advance() {
    return lexer.next(Math.max(lexer.end, lexer.start + 1));
  }

  private TokenType skipStatement(TokenType from) {
    TokenType token = from;
    while (token != TokenType.EOF && token != TokenType.SEMI) {
      token = advance();
    }
    return token;
  }

  private TokenType pragma() {
    TokenType token = advance();
    String name = "";
    while (token != TokenType.EOF && token != TokenType.SEMI) {
      if (token == TokenType.EQ || token == TokenType.LP) {
        return isKey(name) ? hideRest() : skipStatement(token);
      }
      name = sql.substring(lexer.start, Math.min(lexer.end, sql.length()));
      token = advance();
    }
    return token;
  }

  private static boolean isKey(String written) {
    boolean quoted = written.length() > 2 && !Character.isLetter(written.charAt(0));
    String name = quoted ? written.substring(1, written.length() - 1) : written;
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "key", "hexkey", "rekey", "hexrekey" -> true;
      default -> false;
    };
  }

  private TokenType attach() {
    TokenType token = advance();
    while (token != TokenType.EOF && token != TokenType.SEMI) {
      if (token == TokenType.KEY) {
        return hideRest();
      }
      token = advance();
    }
    return token;
  }

  /** Hides what follows the current token to the end of the statement. */
  private TokenType hideRest() {
    int end = lexer.end;
    TokenType token = advance();
    int from = lexer.start;
    if (token == TokenType.EOF || token == TokenType.SEMI) {
      return token;
    }
    shown.append(sql, done, end).append(sql, end, from).append(HIDDEN);
    token = skipStatement(token);
    done = Math.min(lexer.start, sql.length());
    return token;
  }
}
