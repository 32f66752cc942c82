package org.libsql4j.observe;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;

/**
 * A statement has run: to its end, until it was reset or closed, or until it failed.
 *
 * @param connection that ran it
 * @param sql its text, without the values of parameters
 * @param nanos from its start to its end: the time in which the caller looked at the rows included
 * @param rows how many rows it gave
 * @param changes how many rows it changed, triggers and foreign key actions included
 * @param error why it failed, or null
 */
public record StatementExecuted(
    ConnectionInfo connection,
    String sql,
    long nanos,
    long rows,
    long changes,
    @Nullable LibsqlException error) {}
