/**
 * What happens in the engine, told to whoever watches it: metrics, logs, tracing.
 *
 * <p>A {@link org.libsql4j.observe.EngineListener} is given to {@link
 * org.libsql4j.Database.Builder#listener} for the connections of one database, or is a service (see
 * {@link java.util.ServiceLoader}) for all connections of the JVM. Every event is a record.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Without a listener nothing is measured and nothing is allocated: the cost is a comparison
 *       with null.
 *   <li>A listener cannot make what it watches fail: its exceptions go to its own {@link
 *       org.libsql4j.observe.EngineListener#listenerFailed}, and no further.
 * </ol>
 *
 * <p>Any layer of the engine may call this package; it calls nobody.
 */
@NullMarked
package org.libsql4j.observe;

import org.jspecify.annotations.NullMarked;
