package org.libsql4j.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code UPDATE}.
 *
 * @param assignments never empty
 * @param returning empty if not given
 * @param orderBy empty if not given
 */
public record Update(
    @Nullable With with,
    ConflictResolution conflict,
    QualifiedName table,
    @Nullable Identifier alias,
    @Nullable IndexHint hint,
    List<Assignment> assignments,
    @Nullable FromClause from,
    @Nullable Expr where,
    List<ResultColumn> returning,
    List<OrderingTerm> orderBy,
    @Nullable Limit limit)
    implements Statement {}
