/** What queries cost in memory. */
@NullMarked
package org.libsql4j.compat.allocation;

import org.jspecify.annotations.NullMarked;
