/**
 * Marks that the build reads; nothing here has an effect at run time.
 *
 * <p>Any package of libsql4j may use them.
 */
@NullMarked
package org.libsql4j.annotation;

import org.jspecify.annotations.NullMarked;
