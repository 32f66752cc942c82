package org.libsql4j.pager;

/**
 * A moment in the life of a database in WAL mode, to be read again as long as the log has it.
 *
 * <p>Comparable with other snapshots of the same database: the older one is less. Between two
 * checkpoints that emptied the log the order is right; beyond that it follows the log's salts.
 */
public interface WalSnapshot extends Comparable<WalSnapshot> {}
