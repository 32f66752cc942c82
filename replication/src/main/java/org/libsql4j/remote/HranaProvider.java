package org.libsql4j.remote;

import java.util.function.Supplier;
import org.libsql4j.spi.RemoteDatabaseProvider;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.RemoteSettings;

/** Opens remote databases; see {@code Database.openRemote} for how they are used. */
public final class HranaProvider implements RemoteDatabaseProvider {
  /** For the service loader. */
  public HranaProvider() {}

  @Override
  public Supplier<RemoteSession> open(RemoteSettings settings) {
    RemoteClient client = new RemoteClient(settings, RemoteUrl.parse(settings.url()));
    return () -> HranaSession.open(client);
  }
}
