/**
 * Pages, the page cache, transactions and the rollback journal.
 *
 * <p>Called by {@code btree}; the {@code wal} module implements {@link
 * org.libsql4j.pager.WriteAheadLog}. Knows nothing of what is in a page, but for bytes 16..39 and
 * 92..99 of page 1 (versions, change counter). Everything here belongs to one connection and is
 * used by one thread at a time.
 *
 * <h2>A transaction</h2>
 *
 * <pre>
 *   sharedLock ─► get … release ─► unlockIfUnused                                  reading
 *   sharedLock ─► begin ─► write … ─► commitPhaseOne ─► commitPhaseTwo             writing
 *                                  └► rollback
 * </pre>
 *
 * <h2>States</h2>
 *
 * <table>
 *   <caption>What holds in each {@link org.libsql4j.pager.PagerState}</caption>
 *   <tr><th>state</th><th>lock</th><th>invariants</th></tr>
 *   <tr><td>OPEN</td><td>any</td><td>(1) No page is pinned and the cache is not trusted. (2) Sizes
 *       mean nothing.</td></tr>
 *   <tr><td>READER</td><td>at least SHARED</td><td>(3) Every clean page in the cache equals what is
 *       in the file or log. (4) {@code databaseSize} is the size of the database. (5) No hot journal
 *       exists.</td></tr>
 *   <tr><td>WRITER_LOCKED</td><td>at least RESERVED</td><td>(6) As READER, and nobody else writes. (7)
 *       {@code originalSize} and {@code fileSize} are the size of the database. (8) The journal is
 *       not begun.</td></tr>
 *   <tr><td>WRITER_CACHEMOD</td><td>at least RESERVED</td><td>(9) Every changed page that existed
 *       before has a journal record, or nobody needs its old content. (10) The database file is
 *       unchanged.</td></tr>
 *   <tr><td>WRITER_DBMOD</td><td>EXCLUSIVE</td><td>(11) Every page that differs in the file has a
 *       record in the synced part of the journal. (12) A page whose record is not synced has
 *       NEED_SYNC and is not written.</td></tr>
 *   <tr><td>WRITER_FINISHED</td><td>EXCLUSIVE</td><td>(13) The file is complete and synced; the journal
 *       is still hot. (14) All pages are clean, except in private databases.</td></tr>
 *   <tr><td>ERROR</td><td>any</td><td>(15) {@code failure} is set and every access to pages throws
 *       it. (16) The journal, if there is one on disk, is left alone: it is played back as hot when
 *       the next read transaction begins after all pins are gone.</td></tr>
 * </table>
 *
 * <p>With a write-ahead log there are neither WRITER_DBMOD nor WRITER_FINISHED nor a journal, and
 * the writer's lock is the log's.
 *
 * <h2>Order of syncs in a commit (journal mode DELETE)</h2>
 *
 * <table>
 *   <caption>Steps by {@code synchronous}</caption>
 *   <tr><th>step</th><th>OFF</th><th>NORMAL</th><th>FULL</th><th>EXTRA</th></tr>
 *   <tr><td>records are in the journal: sync it</td><td></td><td></td><td>x</td><td>x</td></tr>
 *   <tr><td>header counts them: sync journal (and its directory entry)</td><td></td><td>x</td>
 *       <td>x</td><td>x</td></tr>
 *   <tr><td>pages are in the file: sync it</td><td></td><td>x</td><td>x</td><td>x</td></tr>
 *   <tr><td>journal is deleted: sync directory</td><td></td><td></td><td></td><td>x</td></tr>
 * </table>
 *
 * <p>Mode TRUNCATE syncs the journal after cutting it (FULL, EXTRA); PERSIST after zeroing its
 * header (all but OFF).
 *
 * <h2>Encryption</h2>
 *
 * With a {@link org.libsql4j.pager.PageCodec} pages are plain in the cache and coded wherever they
 * are stored: {@link org.libsql4j.pager.PageCoding} is the only place that asks it. While it is
 * replaced, (17) every page that this transaction has written is coded in the new way, and all
 * others and all records of the journal in the old one; (18) page 1 is written last.
 *
 * <h2>Databases in WAL mode</h2>
 *
 * The log is opened by the first read transaction that finds one beside the file, or version 2 in
 * the header, and SHARED is held from then on until the pager is closed. Where there can be no log
 * - no {@link org.libsql4j.pager.WriteAheadLogProvider}, or a file opened without locks - such a
 * database cannot be opened: {@code CANTOPEN}. An immutable file is read as it is.
 */
@NullMarked
package org.libsql4j.pager;

import org.jspecify.annotations.NullMarked;
