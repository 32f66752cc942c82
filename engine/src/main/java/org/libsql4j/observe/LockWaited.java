package org.libsql4j.observe;

import org.libsql4j.pager.LockPurpose;

/**
 * A connection had to wait for a lock that another one held.
 *
 * @param connection that waited
 * @param file the database file; empty if it is not known
 * @param purpose what the lock was wanted for
 * @param nanos how long it waited; for a lock that was had in the end, up to the last attempt
 * @param acquired false if it gave up: {@code SQLITE_BUSY}, or {@code SQLITE_INTERRUPT}
 */
public record LockWaited(
    ConnectionInfo connection, String file, LockPurpose purpose, long nanos, boolean acquired) {}
