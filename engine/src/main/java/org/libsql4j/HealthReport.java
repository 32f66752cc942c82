package org.libsql4j;

import java.time.Duration;

/**
 * How a connection and its main database are; see {@link Connection#healthCheck}.
 *
 * @param latency how long it took to begin a read transaction and read the schema's first page
 * @param writeLocked somebody, this connection perhaps, is writing
 * @param inTransaction this connection is in a transaction
 * @param usesWal there is a write-ahead log
 * @param walFrames pages in the write-ahead log; 0 without one
 * @param pageCount pages of the database
 * @param freePageCount pages that are not used
 * @param cacheBytes memory that cached pages of the main database take
 */
public record HealthReport(
    Duration latency,
    boolean writeLocked,
    boolean inTransaction,
    boolean usesWal,
    int walFrames,
    long pageCount,
    long freePageCount,
    long cacheBytes) {}
