package org.libsql4j.sql.ast;

import java.util.List;

/**
 * {@code WITH [RECURSIVE] tables}.
 *
 * @param recursive whether the word was written; it has no effect
 * @param tables never empty
 */
public record With(boolean recursive, List<CommonTable> tables) {
  /** Hint on how to evaluate a common table. */
  public enum Materialization {
    ANY,
    MATERIALIZED,
    NOT_MATERIALIZED
  }

  /**
   * {@code name[(columns)] AS [[NOT] MATERIALIZED] (select)}.
   *
   * @param columns empty if not given
   */
  public record CommonTable(
      Identifier name, List<Identifier> columns, Materialization materialization, Select select) {}
}
