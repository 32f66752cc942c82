/**
 * The write-ahead log in SQLite's format, so that C processes and this one use a database together.
 *
 * <p>Called by {@code pager} through {@link org.libsql4j.pager.WriteAheadLog}. Everything belongs
 * to one connection; what connections and processes share is in the files. Source: <a
 * href="https://www.sqlite.org/walformat.html">WAL-mode File Format</a>.
 *
 * <h2>The log: {@code <database>-wal}</h2>
 *
 * <table>
 *   <caption>Header, 32 bytes; all numbers big-endian</caption>
 *   <tr><th>offset</th><th>size</th><th>meaning</th></tr>
 *   <tr><td>0</td><td>4</td><td>0x377f0682, or ...83 where checksums read big-endian words</td></tr>
 *   <tr><td>4</td><td>4</td><td>format version, 3007000</td></tr>
 *   <tr><td>8</td><td>4</td><td>page size in bytes</td></tr>
 *   <tr><td>12</td><td>4</td><td>how often the log has started over</td></tr>
 *   <tr><td>16</td><td>8</td><td>two salts: the first grows, the second is random, each time the log
 *       starts over</td></tr>
 *   <tr><td>24</td><td>8</td><td>checksum of bytes 0..23</td></tr>
 * </table>
 *
 * <table>
 *   <caption>Frame, 24 bytes and a page</caption>
 *   <tr><th>offset</th><th>size</th><th>meaning</th></tr>
 *   <tr><td>0</td><td>4</td><td>page number</td></tr>
 *   <tr><td>4</td><td>4</td><td>size of the database in pages if the frame ends a transaction, else
 *       0</td></tr>
 *   <tr><td>8</td><td>8</td><td>the salts of the header</td></tr>
 *   <tr><td>16</td><td>8</td><td>checksum of everything so far: header, and of each frame bytes 0..7
 *       and the page</td></tr>
 *   <tr><td>24</td><td></td><td>the page</td></tr>
 * </table>
 *
 * <p>A frame is valid if its salts are the header's and the chain of checksums is unbroken up to
 * it. The log ends with the last valid frame that ends a transaction.
 *
 * <h2>The index: {@code <database>-shm}</h2>
 *
 * Mapped memory in regions of 32 KiB and the byte order of the machine; lost without harm, because
 * it can be made again from the log.
 *
 * <table>
 *   <caption>Beginning of region 0</caption>
 *   <tr><th>offset</th><th>size</th><th>meaning</th></tr>
 *   <tr><td>0</td><td>48</td><td>{@link org.libsql4j.wal.IndexHeader}</td></tr>
 *   <tr><td>48</td><td>48</td><td>its copy: a reader believes them only when they are equal</td></tr>
 *   <tr><td>96</td><td>4</td><td>nBackfill: so many frames are in the database file and synced</td></tr>
 *   <tr><td>100</td><td>20</td><td>read marks 0..4: readers who hold lock READ(i) use no frame behind
 *       mark i; mark 0 is always 0: its readers use the database file alone</td></tr>
 *   <tr><td>120</td><td>8</td><td>the bytes that are locked: WRITE, CHECKPOINT, RECOVER, READ(0) to
 *       READ(4)</td></tr>
 *   <tr><td>128</td><td>4</td><td>nBackfillAttempted: so many frames may be in the database
 *       file</td></tr>
 *   <tr><td>132</td><td>4</td><td>unused</td></tr>
 * </table>
 *
 * <p>As long as the log is empty that is all there is to know, and it is read in the file: a
 * mapping, and with it the file, stays until the garbage collector finds it. The index is mapped
 * when somebody writes, or has read a little while.
 *
 * <p>Behind that, and from offset 0 in other regions, page numbers of frames, 4 bytes each: 4,062
 * in region 0, 4,096 in others. At offset 16,384 a hash table of 8,192 slots of 2 bytes with linear
 * probing: page number times 383 leads to the place of a frame in its region, from 1; 0 is empty.
 *
 * <h2>Who may do what</h2>
 *
 * <ol>
 *   <li>Frames are appended, and the index header is changed, with WRITE held.
 *   <li>Frames 1 to nBackfill are in the database file; who moves more of them holds CHECKPOINT,
 *       and moves no frame behind the mark of a reader.
 *   <li>While anybody holds READ(0), the database file is not changed.
 *   <li>The log starts over only if all frames are in the database file, and READ(1) to READ(4)
 *       could be had exclusively: nobody uses a frame.
 *   <li>A reader sets a mark only with READ(i) held exclusively for a moment, and looks at mark and
 *       header again once it holds READ(i) shared; if one has changed it begins anew.
 *   <li>The index is made anew with WRITE, CHECKPOINT and RECOVER held.
 *   <li>Everybody who has the log open holds SHARED on the database file; who can get EXCLUSIVE is
 *       the last one.
 * </ol>
 */
package org.libsql4j.wal;
