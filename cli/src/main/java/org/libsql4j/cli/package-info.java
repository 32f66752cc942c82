/**
 * A shell that people know from {@code sqlite3}: its options, its prompts, its messages.
 *
 * <p>A line goes from a {@link org.libsql4j.cli.LineSource} to the {@link
 * org.libsql4j.cli.ScriptRunner}, which hands dot commands to the {@link
 * org.libsql4j.cli.CommandTable} and complete SQL to the {@link org.libsql4j.cli.StatementRunner}.
 * All of them share one {@link org.libsql4j.cli.Shell}. Everything goes through {@code java.sql}:
 * nothing here knows the engine but for the place of an error in a statement.
 */
@NullMarked
package org.libsql4j.cli;

import org.jspecify.annotations.NullMarked;
