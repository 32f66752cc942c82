package org.libsql4j.spi;

import org.libsql4j.ReplicaControl;

/** A replica as the database that connects to it needs it. */
public interface OpenReplica extends ReplicaControl {
  /** Tells for one connection where its statements run. */
  RemoteSession newSession();

  /** Whether the file can become an ordinary database. */
  boolean canFreeze();
}
