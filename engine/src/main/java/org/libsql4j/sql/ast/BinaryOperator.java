package org.libsql4j.sql.ast;

/**
 * Infix operators whose operands are two expressions.
 *
 * <p>{@code IS DISTINCT FROM} is {@link #IS_NOT} and {@code IS NOT DISTINCT FROM} is {@link #IS}.
 */
public enum BinaryOperator {
  OR("OR"),
  AND("AND"),
  EQ("=", true),
  NE("<>", true),
  IS("IS", true),
  IS_NOT("IS NOT", true),
  LT("<", true),
  LE("<=", true),
  GT(">", true),
  GE(">=", true),
  BIT_AND("&"),
  BIT_OR("|"),
  SHIFT_LEFT("<<"),
  SHIFT_RIGHT(">>"),
  ADD("+"),
  SUBTRACT("-"),
  MULTIPLY("*"),
  DIVIDE("/"),
  REMAINDER("%"),
  CONCAT("||"),
  /** JSON subcomponent as JSON; the SQL function of the same name. */
  ARROW("->"),
  /** JSON subcomponent as an SQL value; the SQL function of the same name. */
  LONG_ARROW("->>");

  private final String symbol;
  private final boolean comparison;

  BinaryOperator(String symbol) {
    this(symbol, false);
  }

  BinaryOperator(String symbol, boolean comparison) {
    this.symbol = symbol;
    this.comparison = comparison;
  }

  /** As written in SQL; the first spelling where there are several. */
  public String symbol() {
    return symbol;
  }

  /** Whether this is one of {@code = <> IS IS-NOT < <= > >=}. */
  public boolean isComparison() {
    return comparison;
  }
}
