/**
 * The virtual table module {@code csv}, an extension: files of comma-separated values as tables.
 *
 * <p>It reads any file that the process may read, so no connection has it unless the application
 * says so, by {@code connection.createModule("csv", new CsvModule())} or, where loading extensions
 * is allowed, by {@code SELECT load_extension('csv')}; and views and triggers cannot use its
 * tables.
 *
 * <p>Source: <a href="https://www.sqlite.org/csv.html">The CSV Virtual Table</a>; <a
 * href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>.
 */
@NullMarked
package org.libsql4j.vtab.csv;

import org.jspecify.annotations.NullMarked;
