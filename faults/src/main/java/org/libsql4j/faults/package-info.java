/**
 * File systems that misbehave, to find out what a database, or an application on it, makes of that.
 *
 * <p>Give one of them to {@code Database.builder(path).vfs(...)} and run a workload:
 *
 * <ul>
 *   <li>{@link org.libsql4j.faults.RecordingVfs} records every write, sync and deletion, and {@link
 *       org.libsql4j.faults.PowerCut} makes what a power failure after any of them may leave:
 *       writes that were not synced are lost, torn or reordered, and names may lag behind; it also
 *       tells which files are open and which locks are held;
 *   <li>{@link org.libsql4j.faults.FailingVfs} makes the k-th operation fail, or the k-th
 *       allocation of a page;
 *   <li>{@link org.libsql4j.faults.CorruptingVfs} damages bytes that are read;
 *   <li>{@link org.libsql4j.faults.Schedule} runs the steps of several connections in an order made
 *       of a seed.
 * </ul>
 *
 * <p>Invariants: nothing here depends on time or threads; whatever is random is made of a seed, and
 * every failure that is reported through {@link org.libsql4j.faults.Replay} names the seed and how
 * to run with it again. May be called by tests and applications, not by the engine.
 */
@NullMarked
package org.libsql4j.faults;

import org.jspecify.annotations.NullMarked;
