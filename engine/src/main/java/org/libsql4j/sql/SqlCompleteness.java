package org.libsql4j.sql;

/**
 * Finds the ends of statements without their grammar, for shells that read line by line.
 *
 * <p>Answers as {@code sqlite3_complete()}: a statement ends with a semicolon that is not inside
 * {@code CREATE TRIGGER ... END}.
 */
public final class SqlCompleteness {
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

  private final String sql;
  private int position;
  private State state = State.INVALID;
  private boolean semicolon;
  private boolean unterminated;

  private SqlCompleteness(String sql, int from) {
    this.sql = sql;
    this.position = from;
  }

  /** Whether the text, perhaps several statements, ends with a complete one. */
  public static boolean isComplete(String sql) {
    SqlCompleteness text = new SqlCompleteness(sql, 0);
    while (text.next()) {
      // only the last state counts
    }
    return text.state == State.START && !text.unterminated;
  }

  /**
   * The end of the statement that starts at an index.
   *
   * @return the index after its semicolon, or the length of the text if it has none
   */
  public static int statementEnd(String sql, int from) {
    SqlCompleteness text = new SqlCompleteness(sql, from);
    while (text.next()) {
      if (text.semicolon && text.state == State.START) {
        return text.position;
      }
    }
    return sql.length();
  }

  /** Whether the text has nothing but spaces, comments that end, and semicolons. */
  public static boolean isBlank(String sql) {
    SqlCompleteness text = new SqlCompleteness(sql, 0);
    while (text.next()) {
      if (!text.semicolon) {
        return false;
      }
    }
    return !text.unterminated;
  }

  /** Moves over the next token other than spaces and comments; false at the end of the text. */
  private boolean next() {
    skipSpace();
    if (position >= sql.length() || sql.charAt(position) == 0) {
      return false;
    }
    char c = sql.charAt(position);
    semicolon = c == ';';
    if (semicolon) {
      state = afterSemicolon(state);
      position++;
    } else if (c == '[' || c == '"' || c == '\'' || c == '`') {
      state = afterOther(state);
      moveAfter(c == '[' ? "]" : String.valueOf(c), position + 1);
    } else if (Lexer.isIdentifierPart(c)) {
      int start = position;
      while (position < sql.length() && Lexer.isIdentifierPart(sql.charAt(position))) {
        position++;
      }
      state = afterWord(state, Keywords.tokenOf(sql.substring(start, position)));
    } else {
      state = afterOther(state);
      position++;
    }
    return true;
  }

  private void skipSpace() {
    while (position < sql.length()) {
      char c = sql.charAt(position);
      if (Lexer.isSpace(c) && c != 0x0b) {
        position++;
      } else if (sql.startsWith("/*", position)) {
        moveAfter("*/", position + 2);
      } else if (sql.startsWith("--", position)) {
        int lineEnd = sql.indexOf('\n', position);
        position = lineEnd < 0 ? sql.length() : lineEnd;
      } else {
        return;
      }
    }
  }

  private void moveAfter(String mark, int from) {
    int at = sql.indexOf(mark, from);
    unterminated |= at < 0;
    position = at < 0 ? sql.length() : at + mark.length();
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
