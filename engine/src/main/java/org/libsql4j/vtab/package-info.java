/**
 * Virtual tables: what an application implements to make anything look like a table, and what the
 * engine keeps of the tables in use.
 *
 * <p>An application registers a {@link org.libsql4j.vtab.Module}. {@code CREATE VIRTUAL TABLE}
 * makes a {@link org.libsql4j.vtab.VirtualTable} of it; a query asks {@link
 * org.libsql4j.vtab.VirtualTable#bestIndex} how it would look rows up, and reads them with a {@link
 * org.libsql4j.vtab.VirtualCursor}. Values are {@link org.libsql4j.record.Mem} cells, as in
 * functions: those given are only to be read, and only during the call.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Everything here belongs to one connection and is called while its lock is held.
 *   <li>A table that a cursor or a transaction still needs is disconnected only after it.
 *   <li>What goes wrong is a {@link org.libsql4j.error.LibsqlException}; its message and code are
 *       what the statement fails with.
 * </ol>
 *
 * <p>{@link org.libsql4j.vtab.TableInstance}, {@link org.libsql4j.vtab.VirtualTransactions} and
 * {@link org.libsql4j.vtab.ModuleRegistry} are the engine's side.
 *
 * <p>Source: <a href="https://www.sqlite.org/vtab.html">The Virtual Table Mechanism Of SQLite</a>.
 */
@NullMarked
package org.libsql4j.vtab;

import org.jspecify.annotations.NullMarked;
