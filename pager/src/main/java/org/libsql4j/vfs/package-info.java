/**
 * What the database engine needs from an operating system: files with SQLite's locks, a clock,
 * sleep and randomness.
 *
 * <p>Called by {@code pager} and {@code wal} only; nothing here knows what is in a file.
 *
 * <h2>Invariants</h2>
 *
 * <ol>
 *   <li>Every failure is a {@link org.libsql4j.error.LibsqlException} with an {@code IOERR_*},
 *       {@code CANTOPEN*}, {@code FULL} or {@code READONLY*} code. A lock that somebody else holds
 *       is no failure: {@link DatabaseFile#tryLock} answers false.
 *   <li>One {@code FileIdentity} exists per file and process. All locks that this JVM holds on a
 *       file are counted there.
 *   <li>No descriptor of a file is closed while the JVM holds a lock on that file, because POSIX
 *       drops all locks of the process when <em>any</em> descriptor of the file is closed.
 *   <li>Nothing on the I/O path can be closed by {@link Thread#interrupt()}: bytes travel through
 *       {@link java.io.RandomAccessFile}, and of the {@code FileChannel} only {@code tryLock} and
 *       {@code release} are used, which an interrupt does not touch.
 * </ol>
 *
 * <h2>Caveats</h2>
 *
 * An application that opens and closes a database file by its own means (to copy it, say) while the
 * engine has it open loses the engine's locks on systems with POSIX locks, exactly as with the C
 * library.
 *
 * <h2>Lock bytes</h2>
 *
 * <table>
 *   <caption>Byte ranges, relative to the pending byte (0x40000000 unless moved by a test)</caption>
 *   <tr><th>offset</th><th>bytes</th><th>meaning</th></tr>
 *   <tr><td>0</td><td>1</td><td>PENDING: held exclusively by who waits for readers to leave; held
 *       shared for a moment by who becomes a reader</td></tr>
 *   <tr><td>1</td><td>1</td><td>RESERVED: held exclusively by the one who means to write</td></tr>
 *   <tr><td>2</td><td>510</td><td>SHARED: held shared by readers, exclusively for EXCLUSIVE</td></tr>
 * </table>
 */
@NullMarked
package org.libsql4j.vfs;

import org.jspecify.annotations.NullMarked;
