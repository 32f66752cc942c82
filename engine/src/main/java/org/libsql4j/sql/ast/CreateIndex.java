package org.libsql4j.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE [UNIQUE] INDEX}.
 *
 * @param table in the same schema as the index
 * @param using libSQL's {@code USING name, ...}; empty if not given
 * @param columns never empty
 * @param schemaSql text for {@code sqlite_schema.sql}
 */
public record CreateIndex(
    boolean unique,
    boolean ifNotExists,
    QualifiedName name,
    Identifier table,
    List<Identifier> using,
    List<OrderingTerm> columns,
    @Nullable Expr where,
    String schemaSql)
    implements Statement {}
