package org.libsql4j.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT, INSERT, UPDATE or DELETE without the numbers and strings that it compares columns with
 * behind WHERE, as in {@code a = 5}, inserts or sets columns to. Texts of the same shape are parsed
 * to trees that differ in nothing but these values.
 *
 * <p>Found by looking at the tokens alone; where they do not tell, a literal belongs to the shape.
 */
public final class LiteralShape {
  private static final int LONGEST_TEXT = 2_000;
  private static final int MOST_LITERALS = 64;
  private static final int DEEPEST_NESTING = 60;

  /** Stands for a literal in the key; cannot be in a text that is SQL. */
  private static final char MARK = '\u0001';

  private final String sql;
  private final Lexer lexer;

  /** Where literals that were taken out start and end, two numbers for each. */
  private final int[] spans = new int[2 * MOST_LITERALS];

  private final List<Object> values = new ArrayList<>();

  /** Values that belong to the shape. */
  private final List<Object> kept = new ArrayList<>();

  /** For each depth of parentheses, a bit: whether a WHERE clause is being read. */
  private long inWhere;

  /** For each depth, whether it is part of a WHERE clause of a shallower one. */
  private long allowed = 1;

  /** Whether it is an INSERT and its rows are being read. */
  private boolean inRows;

  /** Whether it is an UPDATE and what it sets is being read. */
  private boolean inSet;

  private int depth;
  private int end;

  private LiteralShape(String sql) {
    this.sql = sql;
    this.lexer = new Lexer(sql, 0);
    this.end = sql.length();
  }

  /** The shape of a text; null if it has no such literals, or is not just one such statement. */
  public static @Nullable LiteralShape of(String sql) {
    if (sql.length() > LONGEST_TEXT) {
      return null;
    }
    LiteralShape shape = new LiteralShape(sql);
    return shape.scan() && !shape.values.isEmpty() && shape.isClear() ? shape : null;
  }

  // ---- reading ----------------------------------------------------------------------------------

  private boolean scan() {
    TokenType type = lexer.next(0);
    TokenType kind = type;
    switch (kind) {
      case SELECT, INSERT, REPLACE, UPDATE, DELETE -> {}
      default -> {
        return false;
      }
    }
    TokenType before = TokenType.EOF;
    TokenType operator = TokenType.EOF;
    TokenType operand = TokenType.EOF;
    while (type != TokenType.EOF) {
      int start = lexer.start;
      int end = lexer.end;
      if (type == TokenType.SEMI) {
        this.end = end;
        return lexer.next(end) == TokenType.EOF;
      }
      if (type == TokenType.VARIABLE || type == TokenType.ILLEGAL || !follow(type)) {
        return false;
      }
      if (depth == 0) {
        followClauses(kind, type);
      }
      TokenType next = lexer.next(end);
      if (isLiteral(type)) {
        boolean signed = type != TokenType.STRING && before == TokenType.MINUS;
        boolean variable =
            signed ? isVariable(operand, operator, next) : isVariable(operator, before, next);
        if (!take(type, start, end, variable)) {
          return false;
        }
      }
      operand = operator;
      operator = before;
      before = type;
      type = next;
    }
    return true;
  }

  /** Whether a literal is one of those that are taken out. */
  private boolean isVariable(TokenType operand, TokenType operator, TokenType next) {
    if (inRows && depth == 1) {
      return (operator == TokenType.LP || operator == TokenType.COMMA)
          && (next == TokenType.COMMA || next == TokenType.RP);
    }
    if (inSet && depth == 0) {
      return operator == TokenType.EQ
          && operand.isIdentifier()
          && (next == TokenType.COMMA || next == TokenType.WHERE || endsStatement(next));
    }
    return isWhere()
        && isComparison(operator)
        && operand.isIdentifier()
        && (endsStatement(next) || endsComparison(next));
  }

  private void followClauses(TokenType kind, TokenType type) {
    switch (type) {
      case VALUES -> inRows = kind == TokenType.INSERT || kind == TokenType.REPLACE;
      case SET -> inSet = kind == TokenType.UPDATE;
      case WHERE, FROM, RETURNING, ON, ORDER, LIMIT -> {
        inRows = false;
        inSet = false;
      }
      default -> {}
    }
  }

  private boolean isWhere() {
    return (inWhere & allowed & 1L << depth) != 0;
  }

  /** Keeps track of clauses; false if they are nested too deep. */
  private boolean follow(TokenType type) {
    switch (type) {
      case LP -> {
        boolean where = isWhere();
        if (++depth >= DEEPEST_NESTING) {
          return false;
        }
        set(where);
        allowed = where ? allowed | 1L << depth : allowed & ~(1L << depth);
      }
      case RP -> depth = Math.max(0, depth - 1);
      case WHERE -> set(true);
      case SELECT,
          VALUES,
          FROM,
          GROUP,
          HAVING,
          WINDOW,
          UNION,
          EXCEPT,
          INTERSECT,
          ORDER,
          LIMIT,
          RETURNING ->
          set(false);
      default -> {}
    }
    return true;
  }

  private void set(boolean where) {
    inWhere = where ? inWhere | 1L << depth : inWhere & ~(1L << depth);
  }

  private static boolean isLiteral(TokenType type) {
    return switch (type) {
      case INTEGER, STRING, FLOAT, QNUMBER, BLOB -> true;
      default -> false;
    };
  }

  private static boolean isComparison(TokenType type) {
    return switch (type) {
      case EQ, NE, LT, LE, GT, GE -> true;
      default -> false;
    };
  }

  private static boolean endsComparison(TokenType type) {
    return switch (type) {
      case AND, OR, RP, GROUP, ORDER, LIMIT, RETURNING -> true;
      default -> false;
    };
  }

  private static boolean endsStatement(TokenType type) {
    return type == TokenType.SEMI || type == TokenType.EOF;
  }

  /** Notes a literal; false if there are too many. */
  private boolean take(TokenType type, int start, int end, boolean variable) {
    Object value = value(type, start, end);
    if (values.size() + kept.size() == MOST_LITERALS) {
      return false;
    }
    if (variable && value != null) {
      spans[2 * values.size()] = start;
      spans[2 * values.size() + 1] = end;
      values.add(value);
    } else if (value != null) {
      kept.add(value);
    }
    return true;
  }

  /** A Long, Double or String; null if it is none of them, or not in the usual form. */
  private @Nullable Object value(TokenType type, int start, int end) {
    if (type == TokenType.STRING) {
      String text = sql.substring(start + 1, end - 1);
      return text.indexOf('\'') < 0 ? text : text.replace("''", "'");
    }
    if (type == TokenType.FLOAT) {
      double real = Double.parseDouble(sql.substring(start, end));
      return Double.isInfinite(real) ? null : real;
    }
    long number = type == TokenType.INTEGER ? lexer.shortDecimal(start, end) : -1;
    // The negative one of this number is an int, and it is not.
    return number < 0 || number == 1L << 31 ? null : number;
  }

  /** Whether no value is equal to one that belongs to the shape: nobody can take them for one. */
  private boolean isClear() {
    for (Object value : kept) {
      if (values.contains(value)) {
        return false;
      }
    }
    return true;
  }

  // ---- what was found ---------------------------------------------------------------------------

  /**
   * The same for all texts of this shape, and for no other: it also tells how large numbers are,
   * and which values are equal.
   */
  public String key() {
    StringBuilder key = new StringBuilder(sql.length());
    int from = 0;
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      key.append(sql, from, spans[2 * i]).append(MARK).append(kind(value));
      key.append((char) values.indexOf(value));
      from = spans[2 * i + 1];
    }
    return key.append(sql, from, sql.length()).toString();
  }

  private static char kind(Object value) {
    if (value instanceof Long number) {
      return number == number.intValue() ? 'i' : 'l';
    }
    return value instanceof Double ? 'r' : 't';
  }

  /** Where the statement ends: behind its semicolon, or at the end of the text. */
  public int end() {
    return end;
  }

  /** The values that were taken out, Strings, and Longs and Doubles that are not negative. */
  public List<Object> values() {
    return values;
  }

  /**
   * The text with other values.
   *
   * @param others as many as {@link #values()}; null for a parameter
   */
  public String text(List<? extends @Nullable Object> others) {
    StringBuilder text = new StringBuilder(sql.length());
    int from = 0;
    for (int i = 0; i < others.size(); i++) {
      text.append(sql, from, spans[2 * i]);
      Object value = others.get(i);
      if (value == null) {
        text.append('?');
      } else if (value instanceof String string) {
        text.append('\'').append(string.replace("'", "''")).append('\'');
      } else {
        text.append(value);
      }
      from = spans[2 * i + 1];
    }
    return text.append(sql, from, sql.length()).toString();
  }
}
