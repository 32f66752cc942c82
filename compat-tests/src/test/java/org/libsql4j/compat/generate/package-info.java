/** Random values and SQL, the same for the same seed. */
package org.libsql4j.compat.generate;
