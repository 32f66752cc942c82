package org.libsql4j.sql.ast;

import org.jspecify.annotations.Nullable;

/** A term of a result column list or of {@code RETURNING}. */
public sealed interface ResultColumn {
  /**
   * {@code expr [[AS] alias]}.
   *
   * @param text source text of the expression: the column's name if there is no alias and the
   *     expression is no column
   */
  record Expression(Expr expr, @Nullable Identifier alias, String text) implements ResultColumn {}

  /** {@code *}. */
  record Star() implements ResultColumn {}

  /** {@code table.*}. */
  record TableStar(Identifier table) implements ResultColumn {}
}
