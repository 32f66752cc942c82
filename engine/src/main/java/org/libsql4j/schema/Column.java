package org.libsql4j.schema;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.Expr;

/**
 * A column of a table, view or subquery.
 *
 * @param declaredType as written, empty if none
 * @param collation name of the collation, or null for BINARY
 * @param notNull what happens on NULL; null if NULL is allowed
 * @param defaultValue null if none
 * @param defaultText source text of the default, or null
 * @param generated whether and how the value is computed
 * @param generatedExpr the expression of a generated column, else null
 * @param inPrimaryKey whether it is part of the declared primary key
 * @param hidden whether {@code *} leaves it out (hidden columns of virtual tables)
 */
public record Column(
    String name,
    String declaredType,
    Affinity affinity,
    @Nullable String collation,
    @Nullable ConflictResolution notNull,
    @Nullable Expr defaultValue,
    @Nullable String defaultText,
    Generated generated,
    @Nullable Expr generatedExpr,
    boolean inPrimaryKey,
    boolean hidden) {

  /** Kinds of generated columns. */
  public enum Generated {
    NO,
    /** Computed when read; takes no place in the record. */
    VIRTUAL,
    /** Computed when written. */
    STORED
  }

  public boolean isGenerated() {
    return generated != Generated.NO;
  }

  public boolean isVirtual() {
    return generated == Generated.VIRTUAL;
  }

  /** A plain column without constraints, as views and subqueries have them. */
  public static Column of(
      String name, String declaredType, Affinity affinity, @Nullable String collation) {
    return new Column(
        name,
        declaredType,
        affinity,
        collation,
        null,
        null,
        null,
        Generated.NO,
        null,
        false,
        false);
  }
}
