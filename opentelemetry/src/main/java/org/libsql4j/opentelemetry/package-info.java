/**
 * Spans and metrics of OpenTelemetry for what the engine does, named as the <a
 * href="https://opentelemetry.io/docs/specs/semconv/db/sql/">semantic conventions for SQL
 * databases</a> ask for.
 *
 * <p>With this module on the class path or module path everything goes to the global OpenTelemetry,
 * as soon as the application has set that ({@link org.libsql4j.opentelemetry.EngineTelemetry} is a
 * service). For another one, give an {@code EngineTelemetry} to {@code Database.Builder.listener}.
 *
 * <pre>
 *   SPAN                  KIND      OF
 *   SELECT shop.db        CLIENT    a statement that has run, or could not be compiled
 *   lock wait             INTERNAL  a wait for a lock
 *   checkpoint            INTERNAL  a checkpoint of a write-ahead log
 *   sync                  CLIENT    a sync of an embedded replica
 *
 *   ATTRIBUTE                   OF STATEMENTS
 *   db.system.name              sqlite
 *   db.namespace                name of the database's file
 *   db.operation.name           first word of the statement
 *   db.query.text               only if asked for: see QueryText
 *   db.response.returned_rows   how many rows it gave
 *   libsql4j.changed_rows       how many rows it changed
 *   db.response.status_code     of failures: the extended result code, SQLITE_CONSTRAINT_UNIQUE
 *   error.type                  of failures: the same
 *
 *   METRIC                         KIND
 *   db.client.operation.duration   histogram of the seconds that statements took
 *   db.client.response.returned_rows   histogram of the rows that queries gave
 * </pre>
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A span is made when the thing is over, with its start in the past, in the context that is
 *       current then: the parent of a statement's span is what its thread was doing. A statement
 *       lasts until it is at its end, reset or closed, so it includes the time in which the
 *       application looked at rows.
 *   <li>Values never leave unless {@link org.libsql4j.opentelemetry.QueryText#VERBATIM} was asked
 *       for: no bound value is known here, texts of statements are off at first, and a failure's
 *       status has no text of its own but the name of the result code.
 * </ol>
 *
 * <p>Nobody calls this package; it calls the engine's {@code observe} package only.
 */
@NullMarked
package org.libsql4j.opentelemetry;

import org.jspecify.annotations.NullMarked;
