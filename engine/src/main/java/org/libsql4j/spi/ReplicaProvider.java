package org.libsql4j.spi;

import java.nio.file.Path;

/** Makes a local file a replica of a primary. Found by {@link java.util.ServiceLoader}. */
public interface ReplicaProvider {
  /**
   * A session for one more connection to a replica, which it opens if no other has. The last
   * session that is closed closes the replica.
   *
   * @param file the local database
   * @throws org.libsql4j.error.LibsqlException if the file is no replica, or nothing was ever
   *     fetched and the primary cannot be reached
   */
  RemoteSession newSession(Path file, ReplicaSettings settings);
}
