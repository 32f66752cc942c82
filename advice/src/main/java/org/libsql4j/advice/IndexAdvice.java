package org.libsql4j.advice;

import org.jspecify.annotations.Nullable;

/**
 * An index that does not exist.
 *
 * @param table that it is an index of
 * @param name made of the table's name and a number that depends on the columns
 * @param sql the statement that creates it, without semicolon
 * @param reason what it is good for
 * @param statistics what ANALYZE is expected to say of it, as in {@code sqlite_stat1}; null if
 *     nothing is known
 */
public record IndexAdvice(
    String table, String name, String sql, String reason, @Nullable String statistics) {}
