package org.libsql4j.sql.ast;

/** Prefix operators. */
public enum UnaryOperator {
  NEGATE("-"),
  PLUS("+"),
  BIT_NOT("~"),
  NOT("NOT");

  private final String symbol;

  UnaryOperator(String symbol) {
    this.symbol = symbol;
  }

  /** As written in SQL. */
  public String symbol() {
    return symbol;
  }
}
