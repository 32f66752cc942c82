/**
 * How the rows of a result become text: one class for each of the shell's output modes.
 *
 * <p>Invariants: a printer belongs to one result; {@code begin} is called once, before the first
 * row, and never for an empty result; printers only read {@link
 * org.libsql4j.cli.format.DisplaySettings} and write to a {@link org.libsql4j.cli.format.TextSink}.
 * Nothing here knows of connections or commands.
 *
 * <p>The formats are those of the {@code sqlite3} shell, 3.40: <a
 * href="https://sqlite.org/cli.html#changing_output_formats">Changing Output Formats</a>.
 */
@NullMarked
package org.libsql4j.cli.format;

import org.jspecify.annotations.NullMarked;
