/**
 * The driver for URLs that start with {@code jdbc:sqlite:}, for programs that were written for
 * sqlite-jdbc: they run with this artifact in place of that one.
 *
 * <p>Names and signatures are those that applications use; what they do is the work of {@link
 * org.libsql4j.jdbc}. Invariants:
 *
 * <ol>
 *   <li>Defaults are sqlite-jdbc's: foreign keys are not enforced, locks are waited for three
 *       seconds, options that are not known have no effect.
 *   <li>What fails in the engine is a {@link org.sqlite.SQLiteException}; other than there it has
 *       an SQLSTATE.
 *   <li>Nobody but applications depends on this module, and it must not be on a path together with
 *       sqlite-jdbc.
 * </ol>
 */
@NullMarked
package org.sqlite;

import org.jspecify.annotations.NullMarked;
