package org.libsql4j.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code VACUUM [schema] [INTO file]}.
 *
 * @param schema null if not given
 * @param into null if not given
 */
public record Vacuum(@Nullable Identifier schema, @Nullable Expr into) implements Statement {}
