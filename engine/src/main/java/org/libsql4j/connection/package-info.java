/**
 * The state of one connection: attached databases, transaction, counters, limits, settings, hooks.
 *
 * <p>What SQLite keeps in {@code struct sqlite3}. Compiler and virtual machine both stand on it;
 * the public API wraps it. A connection is used by one thread at a time; only {@link
 * org.libsql4j.connection.ConnectionState#interrupt()} may be called from another thread.
 */
@NullMarked
package org.libsql4j.connection;

import org.jspecify.annotations.NullMarked;
