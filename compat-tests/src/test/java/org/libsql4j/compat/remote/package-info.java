/** Remote databases against the real server: every operation, failures, many clients. */
@NullMarked
package org.libsql4j.compat.remote;

import org.jspecify.annotations.NullMarked;
