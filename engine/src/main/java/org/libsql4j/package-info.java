/**
 * The engine's own API: a {@link org.libsql4j.Database} names a database, a {@link
 * org.libsql4j.Connection} works on it, a {@link org.libsql4j.Statement} runs SQL.
 *
 * <pre>{@code
 * try (Connection connection = Database.openLocal("notes.db").connect()) {
 *   connection.execute("CREATE TABLE IF NOT EXISTS note(id INTEGER PRIMARY KEY, text TEXT)");
 *   connection.execute("INSERT INTO note(text) VALUES (?)", "remember the milk");
 *   try (Rows rows = connection.query("SELECT id, text FROM note")) {
 *     while (rows.next()) {
 *       System.out.println(rows.getLong(0) + " " + rows.getString(1));
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>What belongs together is kept together:
 *
 * <pre>{@code
 * try (Transaction transaction = connection.transaction(TransactionMode.WRITE)) {
 *   transaction.execute("UPDATE account SET balance = balance - ? WHERE id = ?", 5, 1);
 *   transaction.execute("UPDATE account SET balance = balance + ? WHERE id = ?", 5, 2);
 *   transaction.commit();
 * }
 * Row row = connection.queryOne("SELECT count(*) AS n FROM account");
 * connection.backupTo("accounts-copy.db");
 * }</pre>
 *
 * <p>Objects become parameters by a {@link org.libsql4j.Binder}, and rows objects by a {@link
 * org.libsql4j.RowMapper}.
 *
 * <p>Beside these: {@link org.libsql4j.Backup} copies a database in use, {@link
 * org.libsql4j.IncrementalBlob} reads and writes values in pieces, {@link org.libsql4j.Pragmas}
 * names pragmas, {@link org.libsql4j.WalAccess} is for replication.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Parameters count from 1 and columns from 0, as in SQLite's C interface.
 *   <li>A connection and its statements may be handed from thread to thread; calls that run SQL
 *       exclude each other by the connection's lock. A row is read without the lock: one thread at
 *       a time uses a statement.
 *   <li>All failures are {@link org.libsql4j.error.LibsqlException}s. Closing twice is harmless;
 *       using something closed is a failure that says so.
 * </ol>
 */
@NullMarked
package org.libsql4j;

import org.jspecify.annotations.NullMarked;
