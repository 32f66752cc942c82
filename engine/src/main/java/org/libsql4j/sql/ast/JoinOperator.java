package org.libsql4j.sql.ast;

/**
 * What joins two terms of a {@code FROM} clause.
 *
 * @param natural whether {@code NATURAL} was written
 */
public record JoinOperator(Kind kind, boolean natural) {
  /** Kinds of joins. */
  public enum Kind {
    /** {@code ,} */
    COMMA,
    /** {@code JOIN}, {@code INNER JOIN} */
    INNER,
    /** {@code CROSS JOIN}: inner, but never reordered */
    CROSS,
    LEFT,
    RIGHT,
    FULL
  }
}
