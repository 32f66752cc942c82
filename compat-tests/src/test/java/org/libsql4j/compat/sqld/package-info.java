/** The real server of libSQL, as a process of its own. */
@NullMarked
package org.libsql4j.compat.sqld;

import org.jspecify.annotations.NullMarked;
