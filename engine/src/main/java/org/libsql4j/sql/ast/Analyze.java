package org.libsql4j.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code ANALYZE [target]}.
 *
 * @param target a schema, table or index; null for everything
 */
public record Analyze(@Nullable QualifiedName target) implements Statement {}
