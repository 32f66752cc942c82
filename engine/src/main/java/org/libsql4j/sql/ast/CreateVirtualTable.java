package org.libsql4j.sql.ast;

import java.util.List;

/**
 * {@code CREATE VIRTUAL TABLE name USING module(arguments)}.
 *
 * @param arguments source texts between the commas, trimmed
 * @param schemaSql text for {@code sqlite_schema.sql}
 */
public record CreateVirtualTable(
    boolean ifNotExists,
    QualifiedName name,
    Identifier module,
    List<String> arguments,
    String schemaSql)
    implements Statement {}
