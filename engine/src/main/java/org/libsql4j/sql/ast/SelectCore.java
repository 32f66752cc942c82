package org.libsql4j.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@code SELECT ...} or {@code VALUES ...} of a query. */
public sealed interface SelectCore {
  /** Place of the keyword. */
  int offset();

  /**
   * {@code SELECT}.
   *
   * @param columns never empty
   * @param from null if there is no {@code FROM}
   * @param groupBy empty if there is none
   * @param windows the {@code WINDOW} clause in the order written, or empty
   */
  record Query(
      boolean distinct,
      List<ResultColumn> columns,
      @Nullable FromClause from,
      @Nullable Expr where,
      List<Expr> groupBy,
      @Nullable Expr having,
      List<Window.Definition> windows,
      int offset)
      implements SelectCore {}

  /**
   * {@code VALUES (..), (..)}.
   *
   * @param rows never empty, nor is any of them; their sizes may differ, which the resolver reports
   */
  record Values(List<List<Expr>> rows, int offset) implements SelectCore {}
}
