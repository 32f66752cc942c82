/**
 * Events of the JDK Flight Recorder for what the engine does: {@code libsql4j.Statement}, {@code
 * libsql4j.Prepare}, {@code libsql4j.Transaction}, {@code libsql4j.LockWait}, {@code
 * libsql4j.Checkpoint}, {@code libsql4j.Sync} and {@code libsql4j.Connection}.
 *
 * <p>Having this module on the class path or module path is all it needs: {@link
 * org.libsql4j.jfr.FlightRecorderListener} is a service. On a JVM without {@code jdk.jfr} the
 * engine passes over it.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>An event carries its own time: it is made when the thing is over, and Flight Recorder's
 *       start time is that moment. {@code elapsed} is how long the thing took, and what thresholds
 *       of one's own should be made of.
 *   <li>SQL is recorded as it was written, without the values of parameters.
 * </ol>
 *
 * <p>Nobody calls this package; it calls the engine's {@code observe} package only.
 */
@NullMarked
package org.libsql4j.jfr;

import org.jspecify.annotations.NullMarked;
