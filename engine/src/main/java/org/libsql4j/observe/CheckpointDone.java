package org.libsql4j.observe;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.pager.CheckpointResult;

/**
 * A checkpoint has moved pages from a write-ahead log to its database file, or has tried to.
 *
 * @param connection that made it
 * @param database main, or as it was attached
 * @param mode how hard it tried
 * @param nanos how long it took
 * @param result how far it came; null if it failed
 * @param error why it failed, or null
 */
public record CheckpointDone(
    ConnectionInfo connection,
    String database,
    CheckpointMode mode,
    long nanos,
    @Nullable CheckpointResult result,
    @Nullable LibsqlException error) {}
