package org.libsql4j.sql.ast;

import java.util.List;

/**
 * {@code CREATE VIEW}.
 *
 * @param columns empty if not given
 * @param schemaSql text for {@code sqlite_schema.sql}
 */
public record CreateView(
    boolean temporary,
    boolean ifNotExists,
    QualifiedName name,
    List<Identifier> columns,
    Select select,
    String schemaSql)
    implements Statement {}
