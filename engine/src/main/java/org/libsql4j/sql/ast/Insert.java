package org.libsql4j.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code INSERT} and {@code REPLACE}.
 *
 * @param conflict {@link ConflictResolution#REPLACE} for {@code REPLACE}
 * @param alias null if not given
 * @param columns empty if not given
 * @param upserts in the order written
 * @param returning empty if not given
 */
public record Insert(
    @Nullable With with,
    ConflictResolution conflict,
    QualifiedName table,
    @Nullable Identifier alias,
    List<Identifier> columns,
    Source source,
    List<Upsert> upserts,
    List<ResultColumn> returning)
    implements Statement {

  /** Where the new rows come from. */
  public sealed interface Source {
    /** {@code VALUES} or any other query. */
    record Query(Select select) implements Source {}

    /** {@code DEFAULT VALUES}. */
    record DefaultValues() implements Source {}
  }
}
