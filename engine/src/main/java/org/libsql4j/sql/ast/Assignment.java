package org.libsql4j.sql.ast;

import java.util.List;

/**
 * {@code column = value} or {@code (columns) = value}.
 *
 * @param columns one, or those of a row value
 * @param rowValue whether the columns were in parentheses
 */
public record Assignment(List<Identifier> columns, boolean rowValue, Expr value) {}
