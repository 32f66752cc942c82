/**
 * From bound trees to programs.
 *
 * <p>One class per kind of statement or clause; {@link org.libsql4j.codegen.CodeContext} is what
 * they share while one program is made. The programs have SQLite's shape: an Init that jumps to the
 * end, where transactions are opened and constants are set, and back to the body.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A row source is read only through its {@link org.libsql4j.codegen.RowLocation}.
 *   <li>A register given to a generated expression as target belongs to the caller; registers that
 *       a generator returns as "where the value is" must not be written to.
 *   <li>What is evaluated once (constants, uncorrelated subqueries) is guarded by Once or stands in
 *       the initialisation.
 * </ol>
 */
package org.libsql4j.codegen;
