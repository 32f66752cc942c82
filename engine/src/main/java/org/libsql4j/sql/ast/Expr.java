package org.libsql4j.sql.ast;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An expression. See the package's invariants for {@code offset} and parentheses. */
public sealed interface Expr {
  /** Where the error offset of this node points; -1 for a made-up node. */
  int offset();

  /** {@code NULL}. */
  record NullLiteral(int offset) implements Expr {}

  /**
   * An integer, decimal or hexadecimal.
   *
   * @param value the value; {@code -9223372036854775808} is one literal
   */
  record IntegerLiteral(long value, int offset) implements Expr {}

  /**
   * A hexadecimal integer beyond 64 bits: an error for whoever needs its value.
   *
   * @param text as written, with the sign if it is the negative that is too big
   */
  record OversizedHex(String text, int offset) implements Expr {}

  /**
   * A number with a fraction or an exponent, or an integer beyond 64 bits.
   *
   * @param text as written, without digit separators
   */
  record RealLiteral(double value, String text, int offset) implements Expr {}

  /** A string in single quotes. */
  record StringLiteral(String value, int offset) implements Expr {}

  /**
   * {@code x'0aff'}.
   *
   * @param value the bytes, shared and never modified
   */
  record BlobLiteral(byte[] value, int offset) implements Expr {}

  /** {@code CURRENT_TIME} and its kin; what the function of that name returns. */
  record CurrentTime(Kind kind, int offset) implements Expr {
    /** Which one. */
    public enum Kind {
      CURRENT_TIME,
      CURRENT_DATE,
      CURRENT_TIMESTAMP
    }
  }

  /**
   * A parameter.
   *
   * @param number 1-based number to bind to
   * @param name the whole token, for example {@code :a}, {@code $a::b(c)} or {@code ?5}; null for a
   *     plain {@code ?}
   */
  record Variable(int number, @Nullable String name, int offset) implements Expr {}

  /**
   * {@code [[schema.]table.]column}. A single name may turn out to be {@code TRUE}, {@code FALSE}
   * or, in double quotes, a string.
   */
  record ColumnRef(
      @Nullable Identifier schema, @Nullable Identifier table, Identifier column, int offset)
      implements Expr {}

  /** A prefix operator. */
  record Unary(UnaryOperator operator, Expr operand, int offset) implements Expr {}

  /**
   * An infix operator.
   *
   * @param offset of the left operand
   */
  record Binary(BinaryOperator operator, Expr left, Expr right, int offset) implements Expr {}

  /** {@code x ISNULL}, {@code x IS NULL}; negated {@code x NOTNULL}, {@code x IS NOT NULL}. */
  record IsNull(Expr operand, boolean negated, int offset) implements Expr {}

  /** {@code operand [NOT] BETWEEN low AND high}. */
  record Between(Expr operand, Expr low, Expr high, boolean negated, int offset) implements Expr {}

  /**
   * {@code left [NOT] LIKE pattern [ESCAPE escape]}: the SQL function {@code like(pattern, left[,
   * escape])}, and likewise for the other operators.
   */
  record Like(
      Operator operator,
      Expr left,
      Expr pattern,
      @Nullable Expr escape,
      boolean negated,
      int offset)
      implements Expr {
    /** The operator; {@link #functionName()} is the function called. */
    public enum Operator {
      LIKE,
      GLOB,
      REGEXP,
      MATCH;

      private final String functionName = name().toLowerCase(Locale.ROOT);

      /** Name of the SQL function that does it. */
      public String functionName() {
        return functionName;
      }
    }
  }

  /** {@code operand [NOT] IN (values)}; the list may be empty. */
  record InList(Expr operand, List<Expr> values, boolean negated, int offset) implements Expr {}

  /** {@code operand [NOT] IN (select)}. */
  record InSelect(Expr operand, Select select, boolean negated, int offset) implements Expr {}

  /**
   * {@code operand [NOT] IN table} or {@code IN function(arguments)}.
   *
   * @param arguments empty for a table (an empty list in parentheses counts as none)
   */
  record InTable(
      Expr operand, QualifiedName table, List<Expr> arguments, boolean negated, int offset)
      implements Expr {}

  /** {@code EXISTS (select)}. */
  record Exists(Select select, int offset) implements Expr {}

  /** {@code (select)} as a value, or as a row value if it has several columns. */
  record Subquery(Select select, int offset) implements Expr {}

  /** {@code (a, b, ...)}: at least two values. */
  record RowValue(List<Expr> values, int offset) implements Expr {}

  /** {@code CASE [base] WHEN .. THEN .. [ELSE otherwise] END}; at least one branch. */
  record Case(@Nullable Expr base, List<When> branches, @Nullable Expr otherwise, int offset)
      implements Expr {
    /** {@code WHEN condition THEN result}. */
    public record When(Expr condition, Expr result) {}
  }

  /**
   * {@code CAST(operand AS typeName)}.
   *
   * @param typeName the type's text as written, may be empty
   */
  record Cast(Expr operand, String typeName, int offset) implements Expr {}

  /** {@code operand COLLATE collation}. */
  record Collate(Expr operand, Identifier collation, int offset) implements Expr {}

  /**
   * A function call, plain, aggregate or window.
   *
   * @param arguments empty if none or {@code *}
   * @param star {@code f(*)}
   * @param distinct {@code f(DISTINCT x)}
   * @param orderBy {@code f(x ORDER BY y)} or empty
   * @param withinGroup the expression of {@code f(x) WITHIN GROUP (ORDER BY y)}, otherwise null
   * @param filter the condition of {@code FILTER (WHERE condition)}, or null
   * @param over the window, or null if there is no {@code OVER}
   */
  record FunctionCall(
      Identifier name,
      List<Expr> arguments,
      boolean star,
      boolean distinct,
      List<OrderingTerm> orderBy,
      @Nullable Expr withinGroup,
      @Nullable Expr filter,
      @Nullable Over over,
      int offset)
      implements Expr {

    /** A call without any clause. */
    public static FunctionCall of(Identifier name, List<Expr> arguments, int offset) {
      return new FunctionCall(name, arguments, false, false, List.of(), null, null, null, offset);
    }
  }

  /**
   * {@code RAISE(action, message)}, legal in trigger programs only.
   *
   * @param action {@link ConflictResolution#IGNORE}, {@code ROLLBACK}, {@code ABORT} or {@code
   *     FAIL}
   * @param message null exactly for {@code IGNORE}
   */
  record Raise(ConflictResolution action, @Nullable Expr message, int offset) implements Expr {}
}
