package org.libsql4j.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code LIMIT limit [OFFSET offset]}.
 *
 * @param offset null if not given; the first number of {@code LIMIT a, b}
 */
public record Limit(Expr limit, @Nullable Expr offset) {}
