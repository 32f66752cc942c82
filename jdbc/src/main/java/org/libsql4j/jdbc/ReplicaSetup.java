package org.libsql4j.jdbc;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.libsql4j.Database;
import org.libsql4j.spi.ReplicaProvider;
import org.libsql4j.spi.ReplicaSettings;

/** Makes the database of a URL with {@code syncUrl} an embedded replica. */
final class ReplicaSetup {
  private final ReplicaSettings settings;

  ReplicaSetup(ReplicaSettings settings) {
    this.settings = settings;
  }

  /**
   * @throws SQLException if the module that does it is not there
   */
  void apply(Database.Builder builder, String path) throws SQLException {
    Path file = Paths.get(path);
    ReplicaProvider provider = provider();
    builder.remote(() -> provider.newSession(file, settings));
  }

  private static ReplicaProvider provider() throws SQLException {
    ClassLoader loader = ReplicaSetup.class.getClassLoader();
    Iterator<ReplicaProvider> found = ServiceLoader.load(ReplicaProvider.class, loader).iterator();
    if (!found.hasNext()) {
      throw SqlErrors.unsupported("syncUrl without the module libsql4j-replication");
    }
    return found.next();
  }
}
