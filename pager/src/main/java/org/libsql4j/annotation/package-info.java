/**
 * Marks that the build reads; nothing here has an effect at run time.
 *
 * <p>Any package of libsql4j may use them.
 */
package org.libsql4j.annotation;
