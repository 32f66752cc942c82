package org.libsql4j.sql.ast;

/**
 * Infix operators whose operands are two expressions.
 *
 * <p>{@code IS DISTINCT FROM} is {@link #IS_NOT} and {@code IS NOT DISTINCT FROM} is {@link #IS}.
 */
public enum BinaryOperator {
  OR("OR"),
  AND("AND"),
  EQ("="),
  NE("<>"),
  IS("IS"),
  IS_NOT("IS NOT"),
  LT("<"),
  LE("<="),
  GT(">"),
  GE(">="),
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

  BinaryOperator(String symbol) {
    this.symbol = symbol;
  }

  /** As written in SQL; the first spelling where there are several. */
  public String symbol() {
    return symbol;
  }

  /** Whether this is one of {@code = <> IS IS-NOT < <= > >=}. */
  public boolean isComparison() {
    return compareTo(EQ) >= 0 && compareTo(GE) <= 0;
  }
}
