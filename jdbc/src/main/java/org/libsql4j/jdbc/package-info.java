/**
 * The JDBC driver, for URLs that start with {@code jdbc:libsql:}.
 *
 * <p>A facade: it maps {@code java.sql} to the engine's own API and errors to {@code SQLException}
 * with SQLSTATE and result code. Of SQL it reads no more than the first words of a statement
 * ({@code SqlVerb}) and the names of constraints, which no pragma tells. Only this package's public
 * types and {@code java.sql} are for applications; {@code unwrap} leads to the engine.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Executing a query steps to its first row, so that failures show there. A result set that is
 *       at its end or closed holds no locks and no place in a tree; a large {@code Blob} of it
 *       does, until it is freed or its transaction ends.
 *   <li>One statement has one open result set; executing it again closes that one. Closing a
 *       connection closes all its statements. Closing twice is harmless.
 *   <li>Values of parameters are kept in the driver and bound at execution.
 *   <li>Nothing is locked, looked up or allocated to read a number from the current row; the engine
 *       locks once for each step.
 *   <li>Everything that fails in the engine reaches the application as an exception that implements
 *       {@link org.libsql4j.jdbc.EngineFailure}.
 *   <li>Statements of a text are all run, or an exception says why not.
 * </ol>
 */
@NullMarked
package org.libsql4j.jdbc;

import org.jspecify.annotations.NullMarked;
