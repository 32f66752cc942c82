package org.libsql4j;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What can be done with a replica besides reading and writing. Safe for use by many threads.
 *
 * <p>All methods throw {@link org.libsql4j.error.LibsqlException} if they fail, and MISUSE after
 * {@link #close()}.
 */
public interface ReplicaControl extends AutoCloseable {
  /** Brings the local file to where the server is; a synced database also sends its changes. */
  SyncResult sync();

  /**
   * Syncs until the local file has a frame of the primary's log; at once if it has. Between two
   * syncs it waits, longer each time.
   *
   * @throws org.libsql4j.error.LibsqlException BUSY_TIMEOUT if the primary does not reach it in
   *     time
   */
  SyncResult syncUntil(long frameNumber);

  /**
   * Puts frames into the file of a local replica. Those of a transaction whose last frame is still
   * to come are kept for the next call; those that the file has are passed over.
   *
   * @param frames as the primary's log has them, 4,120 bytes each, in ascending order
   */
  SyncResult syncFrames(List<byte[]> frames);

  /**
   * Puts a snapshot into the file of a local replica.
   *
   * @param snapshot a file that the primary has made of a part of its log
   */
  SyncResult syncSnapshot(Path snapshot);

  /** The last frame that the local file has, after all that was received is in it. */
  OptionalLong flushReplicator();

  /** The last frame of the primary's log that the local file has; empty if it has none. */
  OptionalLong replicationIndex();

  /** The greatest frame number that a write through this replica has led to; empty before any. */
  OptionalLong maxWriteReplicationIndex();

  /** How it is doing. */
  ReplicaHealth health();

  /** Ends syncing. Connections that are open can go on reading. Harmless when done twice. */
  @Override
  void close();
}
