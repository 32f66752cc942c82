package org.libsql4j.connection;

/**
 * A prepared statement as sqlite_stmt shows it.
 *
 * @param columnCount of the result
 * @param running whether it has begun and not ended
 * @param recompilations how often it was prepared again by itself
 */
public record StatementInfo(
    String sql, int columnCount, boolean readOnly, boolean running, int recompilations) {}
