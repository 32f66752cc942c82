package org.libsql4j.remote;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Streams over a WebSocket, which is opened again where it broke. */
final class WebSocketTransport implements HranaTransport {
  private final RemoteClient shared;
  private volatile RemoteClient client;
  private volatile @Nullable WebSocketLink link;
  private int version;

  private WebSocketTransport(RemoteClient client) {
    this.shared = client;
    this.client = client;
  }

  /**
   * @throws RemoteException if the server cannot be reached or refuses
   */
  static HranaTransport connect(RemoteClient client) {
    WebSocketTransport transport = new WebSocketTransport(client);
    transport.link();
    return transport;
  }

  @Override
  public void limitRequests(Duration limit) {
    client = shared.limitedTo(limit);
    WebSocketLink known = link;
    if (known != null) {
      known.setClient(client);
    }
  }

  @Override
  public int version() {
    return version;
  }

  private WebSocketLink link() {
    WebSocketLink known = link;
    if (known == null || known.isBroken()) {
      known = WebSocketLink.open(client);
      link = known;
      if (version != 0 && version != known.version()) {
        known.close();
        throw RemoteException.protocol("the server changed the version of its protocol");
      }
      version = known.version();
    }
    return known;
  }

  @Override
  public HranaStream newStream() {
    return new WebSocketStream(link());
  }

  @Override
  public void close() {
    WebSocketLink known = link;
    if (known != null) {
      known.close();
    }
  }
}
