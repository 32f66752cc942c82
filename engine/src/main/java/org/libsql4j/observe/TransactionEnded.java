package org.libsql4j.observe;

/**
 * A transaction has ended.
 *
 * @param connection whose transaction it was
 * @param nanos since it began
 * @param committed false if it was undone: by ROLLBACK, by an error such as a full disk, or because
 *     the connection was closed
 */
public record TransactionEnded(ConnectionInfo connection, long nanos, boolean committed) {}
