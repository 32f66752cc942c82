package org.libsql4j.spi;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Makes a local file a replica. Found by {@link ServiceLoader}. */
public interface ReplicaProvider {
  /**
   * The provider that is there.
   *
   * @throws LibsqlException ERROR if the module that brings one is not there
   */
  static ReplicaProvider find() {
    ClassLoader loader = ReplicaProvider.class.getClassLoader();
    Iterator<ReplicaProvider> found = ServiceLoader.load(ReplicaProvider.class, loader).iterator();
    if (!found.hasNext()) {
      throw new LibsqlException(
          ResultCode.ERROR, "replicas need the module libsql4j-replication, which is not there");
    }
    return found.next();
  }

  /**
   * Opens a replica.
   *
   * @param file the local database, created if it does not exist
   * @throws LibsqlException if the file is no replica
   */
  OpenReplica open(Path file, ReplicaOptions options);

  /**
   * A session for one more connection to a replica that all who ask with the same options share. It
   * is opened and synced for the first of them; the last session that is closed closes it.
   *
   * @throws LibsqlException if the file is no replica, or nothing was ever fetched and the primary
   *     cannot be reached
   */
  RemoteSession newSession(Path file, ReplicaOptions options);
}
