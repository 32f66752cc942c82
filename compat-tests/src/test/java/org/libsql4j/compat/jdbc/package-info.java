/** The driver beside sqlite-jdbc: what both do with the same calls. */
@NullMarked
package org.libsql4j.compat.jdbc;

import org.jspecify.annotations.NullMarked;
