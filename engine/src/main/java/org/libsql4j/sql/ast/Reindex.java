package org.libsql4j.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code REINDEX [target]}.
 *
 * @param target a collation, table or index; null for everything
 */
public record Reindex(@Nullable QualifiedName target) implements Statement {}
