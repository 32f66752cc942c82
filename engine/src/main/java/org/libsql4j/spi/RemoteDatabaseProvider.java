package org.libsql4j.spi;

import java.util.function.Supplier;

/** Opens databases that are on a server. Found by {@link java.util.ServiceLoader}. */
public interface RemoteDatabaseProvider {
  /**
   * What makes the session of each new connection.
   *
   * @throws org.libsql4j.error.LibsqlException MISUSE if the URL makes no sense; the server is not
   *     asked before there is a session
   */
  Supplier<RemoteSession> open(RemoteSettings settings);
}
