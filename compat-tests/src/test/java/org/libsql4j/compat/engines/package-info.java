/**
 * Our engine and the real one behind one interface, so that a test can do the same to both and
 * compare.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>One file is never open in both engines of one JVM at a time: POSIX locks belong to the
 *       process, and the engines would drop each other's. Each engine has its own copy.
 *   <li>Values are compared by storage class and bits, never through conversions.
 * </ol>
 */
package org.libsql4j.compat.engines;
