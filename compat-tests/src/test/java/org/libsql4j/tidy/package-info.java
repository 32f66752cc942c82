/**
 * The project's own rules as tests over its source tree and its class files.
 *
 * <p>An exception to a rule is a line in the test, with its reason; there is no other way around.
 */
package org.libsql4j.tidy;
