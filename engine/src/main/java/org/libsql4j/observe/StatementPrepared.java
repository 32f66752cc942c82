package org.libsql4j.observe;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;

/**
 * A statement was compiled, or found among those compiled before.
 *
 * @param connection whose statement it is
 * @param sql its text
 * @param nanos how long that took, waiting for locks to read the schema included
 * @param cached whether the program was there already
 * @param error why it could not be compiled, or null
 */
public record StatementPrepared(
    ConnectionInfo connection,
    String sql,
    long nanos,
    boolean cached,
    @Nullable LibsqlException error) {}
