/**
 * The one exception type of all modules and the result codes it carries.
 *
 * <p>Lives in the lowest module so that every layer can throw it. Codes and names are those of <a
 * href="https://www.sqlite.org/rescode.html">SQLite's result codes</a>.
 */
@NullMarked
package org.libsql4j.error;

import org.jspecify.annotations.NullMarked;
