/**
 * Meters of Micrometer for what the engine does.
 *
 * <p>With this module on the class path or module path the meters are in Micrometer's global
 * registry ({@link org.libsql4j.metrics.EngineMeters} is a service), which frameworks like Spring
 * Boot connect with theirs. For a registry that has nothing to do with the global one, give an
 * {@code EngineMeters} to {@code Database.Builder.listener}.
 *
 * <pre>
 *   NAME                              KIND     TAGS
 *   libsql4j.statements               timer    database operation outcome
 *   libsql4j.statements.rows          counter  database
 *   libsql4j.statements.changes       counter  database
 *   libsql4j.statements.prepared      timer    database cached outcome
 *   libsql4j.transactions             timer    database outcome (committed, rolled_back)
 *   libsql4j.transactions.open        gauge    database
 *   libsql4j.connections.open         gauge    database
 *   libsql4j.locks.waits              timer    database purpose outcome (acquired, given_up)
 *   libsql4j.checkpoints              timer    database mode outcome
 *   libsql4j.wal.frames               gauge    database: in the log after its last checkpoint
 *   libsql4j.syncs                    timer    database outcome
 *   libsql4j.syncs.frames             counter  database
 * </pre>
 *
 * <p>{@code outcome} is {@code ok}, {@code busy} (of a checkpoint that was in somebody's way), or
 * the name of the primary result code, like {@code SQLITE_CONSTRAINT}; {@code error} for what has
 * none. {@code operation} is the statement's first word; {@code database} the name of the file.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>There is a bounded number of meters: at most {@link
 *       org.libsql4j.metrics.EngineMeters#MAX_DATABASES} databases have their own, the others share
 *       those of {@code other}.
 *   <li>No SQL, no value and no error text is in a tag.
 *   <li>An event looks its meters up in maps of its own and registers each only once.
 * </ol>
 *
 * <p>Nobody calls this package; it calls the engine's {@code observe} package only.
 */
@NullMarked
package org.libsql4j.metrics;

import org.jspecify.annotations.NullMarked;
