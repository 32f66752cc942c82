package org.libsql4j.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code ATTACH file AS schema [KEY key]}. A single name stands for a string.
 *
 * @param key null if not given
 */
public record Attach(Expr file, Expr schema, @Nullable Expr key) implements Statement {}
