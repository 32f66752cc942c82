/**
 * Values and keys: the mutable value cell ({@link org.libsql4j.record.Mem}), the record format, and
 * how keys compare.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A {@code Mem} is owned by one register, parameter or function result and never changes its
 *       place: owners copy values between cells, they do not exchange cells.
 *   <li>Bytes reached through a {@code Mem} that are not in its own buffer are immutable.
 *   <li>Text in a record, in a register and in a key has the encoding of the database connection;
 *       functions convert what they read with {@link org.libsql4j.record.Mem#text()}.
 *   <li>Storage classes order as NULL, numbers, text, blobs.
 * </ol>
 *
 * Used by the B-tree layer and everything above it; knows nothing of pages.
 *
 * <p>Source: <a href="https://www.sqlite.org/fileformat2.html#record_format">Record Format</a>.
 */
@NullMarked
package org.libsql4j.record;

import org.jspecify.annotations.NullMarked;
