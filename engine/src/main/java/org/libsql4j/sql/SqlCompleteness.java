package org.libsql4j.sql;

/**
 * Tells whether a text ends with a complete statement, for shells that read line by line.
 *
 * <p>Answers as {@code sqlite3_complete()}: the last token other than spaces and comments is a
 * semicolon, and that is not inside {@code CREATE TRIGGER ... END}. No grammar is checked.
 */
public final class SqlCompleteness {
  private SqlCompleteness() {}

  /** Where the text stands. */
  private enum State {
    /** Nothing but spaces so far. */
    INVALID,
    /** After a complete statement. */
    START,
    /** Inside an ordinary statement. */
    NORMAL,
    /** After EXPLAIN. */
    EXPLAIN,
    /** After CREATE [TEMP]. */
    CREATE,
    /** Inside a trigger. */
    TRIGGER,
    /** After a semicolon inside a trigger. */
    TRIGGER_SEMICOLON,
    /** After a semicolon and END inside a trigger. */
    TRIGGER_END
  }

  /** Whether the text, perhaps several statements, is complete. */
  public static boolean isComplete(String sql) {
    State state = State.INVALID;
    int p = 0;
    while (p < sql.length()) {
      char c = sql.charAt(p);
      if (c == 0) {
        break;
      }
      if (Lexer.isSpace(c) && c != 0x0b) {
        p++;
      } else if (c == ';') {
        state = afterSemicolon(state);
        p++;
      } else if (c == '/' && p + 1 < sql.length() && sql.charAt(p + 1) == '*') {
        p = sql.indexOf("*/", p + 2);
        if (p < 0) {
          return false;
        }
        p += 2;
      } else if (c == '-' && p + 1 < sql.length() && sql.charAt(p + 1) == '-') {
        p = sql.indexOf('\n', p);
        if (p < 0) {
          return state == State.START;
        }
      } else if (c == '[' || c == '"' || c == '\'' || c == '`') {
        p = sql.indexOf(c == '[' ? ']' : c, p + 1);
        if (p < 0) {
          return false;
        }
        state = afterOther(state);
        p++;
      } else if (Lexer.isIdentifierPart(c)) {
        int q = p + 1;
        while (q < sql.length() && Lexer.isIdentifierPart(sql.charAt(q))) {
          q++;
        }
        state = afterWord(state, Keywords.tokenOf(sql, p, q));
        p = q;
      } else {
        state = afterOther(state);
        p++;
      }
    }
    return state == State.START;
  }

  private static State afterSemicolon(State state) {
    return switch (state) {
      case TRIGGER, TRIGGER_SEMICOLON -> State.TRIGGER_SEMICOLON;
      default -> State.START;
    };
  }

  private static State afterOther(State state) {
    return switch (state) {
      case EXPLAIN -> State.EXPLAIN;
      case INVALID, START, NORMAL, CREATE -> State.NORMAL;
      case TRIGGER, TRIGGER_SEMICOLON, TRIGGER_END -> State.TRIGGER;
    };
  }

  private static State afterWord(State state, TokenType word) {
    return switch (state) {
      case INVALID, START ->
          switch (word) {
            case EXPLAIN -> State.EXPLAIN;
            case CREATE -> State.CREATE;
            default -> State.NORMAL;
          };
      case EXPLAIN ->
          switch (word) {
            case CREATE -> State.CREATE;
            case EXPLAIN, TEMP, TRIGGER, END -> State.NORMAL;
            default -> State.EXPLAIN;
          };
      case CREATE ->
          switch (word) {
            case TEMP -> State.CREATE;
            case TRIGGER -> State.TRIGGER;
            default -> State.NORMAL;
          };
      case TRIGGER_SEMICOLON -> word == TokenType.END ? State.TRIGGER_END : State.TRIGGER;
      case TRIGGER, TRIGGER_END -> State.TRIGGER;
      case NORMAL -> State.NORMAL;
    };
  }
}
