/**
 * Runs the files of SQLite's sqllogictest, as the artifact {@code net.hydromatic:sql-logic-test}
 * carries them, through the JDBC driver.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>What a query must give stands in the file. The real engine is asked only about what fails
 *       on ours: if it fails there as well, the file is about something else.
 *   <li>Files are independent: each starts with an empty database in memory.
 * </ol>
 */
@NullMarked
package org.libsql4j.compat.sqllogictest;

import org.jspecify.annotations.NullMarked;
