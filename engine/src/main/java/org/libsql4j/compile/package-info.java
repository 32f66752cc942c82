/**
 * From SQL text to a program: parses, loads schemas that are not loaded yet, and hands each
 * statement to the generator of its kind.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A schema is either loaded completely or empty; what a file says is checked on the way in,
 *       and the first row that makes no sense fails the load with "malformed database schema".
 *   <li>Reading a schema opens a read transaction only if there is none, and ends it again.
 * </ol>
 *
 * <p>The top of the compiler: it knows all generators and nobody below knows it, except through
 * {@link org.libsql4j.connection.StatementCompiler}.
 */
package org.libsql4j.compile;
