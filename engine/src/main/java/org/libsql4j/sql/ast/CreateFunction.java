package org.libsql4j.sql.ast;

/**
 * libSQL's {@code CREATE FUNCTION name LANGUAGE language AS body}.
 *
 * @param body a {@link Expr.StringLiteral} or {@link Expr.BlobLiteral}
 */
public record CreateFunction(boolean ifNotExists, Identifier name, Identifier language, Expr body)
    implements Statement {}
