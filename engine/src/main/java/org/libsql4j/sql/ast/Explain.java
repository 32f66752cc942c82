package org.libsql4j.sql.ast;

/**
 * {@code EXPLAIN [QUERY PLAN] statement}.
 *
 * @param statement never an {@code Explain}
 */
public record Explain(boolean queryPlan, Statement statement) implements Statement {}
