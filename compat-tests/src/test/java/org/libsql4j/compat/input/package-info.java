/** What cannot be opened, read or written: clear errors, and nothing is changed. */
@NullMarked
package org.libsql4j.compat.input;

import org.jspecify.annotations.NullMarked;
