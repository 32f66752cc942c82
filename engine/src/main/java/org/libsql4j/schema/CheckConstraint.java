package org.libsql4j.schema;

import org.libsql4j.sql.ast.Expr;

/**
 * A CHECK constraint.
 *
 * @param label its name, or its source text: what the error message shows
 */
public record CheckConstraint(String label, Expr expr) {}
