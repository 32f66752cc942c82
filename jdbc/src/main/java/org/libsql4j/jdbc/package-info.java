/**
 * The JDBC driver, for URLs that start with {@code jdbc:libsql:}.
 *
 * <p>A facade: it maps {@code java.sql} to the engine's own API and errors to {@code SQLException}
 * with SQLSTATE and result code, and holds no knowledge of SQL or storage.
 */
@NullMarked
package org.libsql4j.jdbc;

import org.jspecify.annotations.NullMarked;
