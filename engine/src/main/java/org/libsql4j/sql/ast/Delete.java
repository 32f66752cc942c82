package org.libsql4j.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code DELETE}.
 *
 * @param returning empty if not given
 * @param orderBy empty if not given
 */
public record Delete(
    @Nullable With with,
    QualifiedName table,
    @Nullable Identifier alias,
    @Nullable IndexHint hint,
    @Nullable Expr where,
    List<ResultColumn> returning,
    List<OrderingTerm> orderBy,
    @Nullable Limit limit)
    implements Statement {}
