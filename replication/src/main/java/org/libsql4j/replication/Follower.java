package org.libsql4j.replication;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.libsql4j.ReplicaHealth;
import org.libsql4j.SyncResult;

/** What brings the frames of a primary's log into a local file. */
interface Follower extends AutoCloseable {
  /** From the primary. */
  SyncResult sync();

  /** See {@link #sync}; until a frame is there. */
  SyncResult syncUntil(long frameNumber);

  /** From the application. */
  SyncResult syncFrames(List<byte[]> frames);

  /** From a file. */
  SyncResult syncSnapshot(Path snapshot);

  /** The last frame of the last transaction that is in the local file; empty for none. */
  OptionalLong replicationIndex();

  ReplicaHealth health();

  /** Where statements run that do not run here. */
  Servers servers();

  @Override
  void close();
}
