/** One write-ahead log used by several processes and threads, ours and the C library's. */
package org.libsql4j.compat.wal;
