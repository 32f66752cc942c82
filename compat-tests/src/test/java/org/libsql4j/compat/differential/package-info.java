/** The same statements on ours and on the real engine: rows, types, errors and counts are equal. */
package org.libsql4j.compat.differential;
