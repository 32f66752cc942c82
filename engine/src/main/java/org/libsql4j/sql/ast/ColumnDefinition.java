package org.libsql4j.sql.ast;

import java.util.List;

/**
 * A column of {@code CREATE TABLE} or {@code ALTER TABLE}.
 *
 * @param typeName source text of the declared type, without {@code GENERATED ALWAYS}; empty if none
 * @param constraints in the order written
 * @param end end of the definition's last token, exclusive
 */
public record ColumnDefinition(
    Identifier name, String typeName, List<ColumnConstraint> constraints, int end) {}
