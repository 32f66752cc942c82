/**
 * The dot commands, a class for each group of them.
 *
 * <p>A command takes the {@link org.libsql4j.cli.Shell} and its arguments; what is wrong with them
 * it throws as {@link org.libsql4j.cli.command.CommandException}. {@link
 * org.libsql4j.cli.command.Commands} knows them all. Names may be shortened to any beginning; the
 * first in the table wins.
 */
@NullMarked
package org.libsql4j.cli.command;

import org.jspecify.annotations.NullMarked;
